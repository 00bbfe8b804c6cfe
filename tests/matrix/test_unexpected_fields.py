"""Fields that a form does not have change nothing, whatever they are called."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from tests.matrix.asking import HOLES, Asker, undone
from tests.matrix.language import OPEN, Row
from tests.matrix.rooms import ROWS
from tests.matrix.world import NOBODY_ID, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SENT = [row for row in ROWS if row.name in HOLES and "POST" in row.methods]
WRITERS = ("engagement_lead", "administrator", "governance_lead", "safety_officer", "patient_partner")
YEARS_AGO = datetime(2001, 1, 1, tzinfo=UTC).isoformat()
# What somebody would try: columns that no form lets anybody set.
UNEXPECTED = {
    "id": str(NOBODY_ID), "pk": str(NOBODY_ID), "is_staff": "on", "is_superuser": "on", "is_active": "",
    "created_at": YEARS_AGO, "created_by_id": str(NOBODY_ID), "by": str(NOBODY_ID), "by_id": str(NOBODY_ID),
    "at": YEARS_AGO, "closed_at": YEARS_AGO, "done_at": YEARS_AGO, "is_public": "on", "published_at": YEARS_AGO,
    "sent_at": YEARS_AGO, "opened_at": YEARS_AGO, "joined_at": YEARS_AGO, "granted_at": YEARS_AGO,
    "demo_purpose": "mine", "permissions": "manage_people", "set_by_id": str(NOBODY_ID), "subject_id": str(NOBODY_ID),
    "as_patient": "on", "may_quote_public": "on", "may_analyse": "", "is_moderator": "on", "stored_name": "../x",
    "sha256": "0" * 64, "import_key": "mine", "what_came_of_it": "Nothing", "retired_because": "Nothing",
    "erased_at": YEARS_AGO, "confirmed_at": YEARS_AGO, "triaged_at": YEARS_AGO, "withdrawn_at": YEARS_AGO,
}  # fmt: skip
_RANDOM = re.compile(r"^[0-9a-f]{32,}$|^[\w.-]{32,}$|^[a-z0-9]{4,}-[a-z0-9-]{4,}$|^\$?(md5|argon2)")
_TIME = re.compile(r"^20(0[2-9]|[1-9]\d)-\d\d-\d\d[ T]\d\d:")


def picture(known: frozenset[UUID]) -> dict[str, list[str]]:
    """Return every table as text, without what differs between any two runs: new ids, the time, random words."""
    return {
        model._meta.label: sorted(
            " ".join(_as_text(value, known) for value in row)
            for row in model._default_manager.using("default").values_list()
        )
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def _as_text(value: Any, known: frozenset[UUID]) -> str:
    if isinstance(value, UUID):
        return str(value) if value in known or value == NOBODY_ID else "new"
    if isinstance(value, datetime):
        return "now" if value.year > 2020 else str(value)
    if isinstance(value, bytes | memoryview):
        return "locked"
    if isinstance(value, float) and value > 1e9:  # seconds since 1970
        return "now"
    if isinstance(value, dict):
        return " ".join(f"{name}={_as_text(one, known)}" for name, one in sorted(value.items()))
    if isinstance(value, str) and _TIME.match(value):
        return "now"
    return "random" if isinstance(value, str) and _RANDOM.match(value) else str(value)


def list_ids() -> frozenset[UUID]:
    ids: set[UUID] = set()
    for model in apps.get_models():
        ids |= {one for one in model._default_manager.values_list("pk", flat=True) if isinstance(one, UUID)}
    return frozenset(ids)


def find_writer(row: Row) -> str | None:
    return next((role for role in WRITERS if row.expect(role, "own", "POST") == OPEN), None)


def test_no_form_takes_a_field_it_does_not_have(world: World) -> None:
    known, askers, taken, changing = list_ids(), {role: Asker(world, role) for role in WRITERS}, [], 0
    before = picture(known)
    for row in SENT:
        role = find_writer(row)
        if role is None:
            continue
        address, pictures = askers[role].find(row, "own"), []
        hostile = {name: value for name, value in UNEXPECTED.items() if name not in row.post}
        for data in (row.post, {**row.post, **hostile}):
            with undone():
                askers[role].post(address, data)
                pictures.append(picture(known))
        if pictures[0] != pictures[1]:
            taken.append((row.name, _difference(pictures[0], pictures[1])))
        changing += pictures[0] != before

    assert taken == []
    assert changing >= 15, "too few forms were filled in well enough to change anything"


def _difference(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    return [line for label in one for line in set(one[label]) ^ set(other[label])][:4]
