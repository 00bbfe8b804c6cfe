"""The locked values beside the chain, opened for those whose keys are still there."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from alongside.apps.base.bridge import CannotOpen, Vault, get_vault
from alongside.apps.base.models import AuditValue, PersonKey


@dataclass(frozen=True)
class OpenedValues:
    """The personal values of one change, before and after; both empty where the key was destroyed."""

    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    is_open: bool = False


def open_values(change_ids: Collection[int]) -> dict[int, OpenedValues]:
    """Return what lies locked beside these changes. Whoever shows it to somebody writes that down first."""
    found = list(AuditValue.objects.filter(change_id__in=change_ids))
    keys = PersonKey.objects.in_bulk({one.subject_id for one in found})
    return {one.change_id: _open(one, keys.get(one.subject_id)) for one in found}


def _open(value: AuditValue, key: PersonKey | None) -> OpenedValues:
    if key is None or key.locked_key is None:
        return OpenedValues()
    try:
        own = Vault([get_vault().open(bytes(key.locked_key), place=f"base_person_key:{key.subject_id}")])
        words = own.open(bytes(value.locked), place=f"base_audit_value:{value.change_id}")
    except CannotOpen:
        return OpenedValues()
    sides = json.loads(words)
    return OpenedValues(sides["old"], sides["new"], is_open=True)
