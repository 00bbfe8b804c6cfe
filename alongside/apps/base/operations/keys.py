"""Lock words under a person's own key, open them, and destroy the key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.bridge import CannotOpen, Vault, get_vault, make_key
from alongside.apps.base.models import PersonKey


class KeyDestroyed(Exception):
    """This person's key was destroyed, so nothing can be locked for them any more."""


@dataclass(frozen=True)
class ToLock:
    """Words of one data subject, and the place they will lie in, such as "engagement_original:<id>"."""

    subject_id: UUID
    words: str
    place: str


@transaction.atomic
def lock_for(things: Sequence[ToLock], *, at: datetime) -> list[bytes]:
    """Return each text locked with its person's key, in order; people without a key get one.

    Raise KeyDestroyed where somebody was erased.
    """
    vaults = _find_vaults({thing.subject_id for thing in things}, at)
    return [vaults[thing.subject_id].lock(thing.words.encode(), place=thing.place) for thing in things]


def open_for(subject_id: UUID, locked: bytes | memoryview, *, place: str) -> str | None:
    """Return what was locked for a person, or None where their key was destroyed."""
    key = PersonKey.objects.filter(subject_id=subject_id).first()
    if key is None or key.locked_key is None:
        return None
    try:
        return _open_key(key).open(bytes(locked), place=place).decode()
    except CannotOpen:
        return None


@transaction.atomic
def destroy_keys(subject_ids: Collection[UUID], *, at: datetime) -> int:
    """Destroy the keys of these people; return how many. The caller audits it."""
    PersonKey.objects.bulk_create(
        [PersonKey(subject_id=one, destroyed_at=at, made_at=at) for one in sorted(subject_ids)],
        ignore_conflicts=True,
    )
    # Held in one order, so that two who destroy some of the same keys do not wait for each other.
    held = PersonKey.objects.select_for_update().filter(subject_id__in=subject_ids).order_by("subject_id")
    PersonKey.objects.filter(subject_id__in=[key.pk for key in held], destroyed_at=None).update(
        locked_key=None, destroyed_at=at
    )
    return len(set(subject_ids))


def _find_vaults(subject_ids: Collection[UUID], at: datetime) -> dict[UUID, Vault]:
    here = PersonKey.objects.in_bulk(list(subject_ids))
    master = get_vault()
    missing = [
        PersonKey(
            subject_id=one, locked_key=master.lock(make_key(), place=f"base_person_key:{one}"), made_at=at
        )
        for one in sorted(set(subject_ids) - set(here))
    ]
    if missing:
        PersonKey.objects.bulk_create(missing, ignore_conflicts=True)
        here = PersonKey.objects.in_bulk(list(subject_ids))
    return {one: _open_key(key) for one, key in here.items()}


def _open_key(key: PersonKey) -> Vault:
    if key.locked_key is None:
        raise KeyDestroyed
    return Vault([get_vault().open(bytes(key.locked_key), place=f"base_person_key:{key.subject_id}")])
