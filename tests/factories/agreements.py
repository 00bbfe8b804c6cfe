"""Agreements for tests of other rooms, in the state they are asked for."""

from datetime import date
from uuid import UUID, uuid4

from alongside.apps.agreements.models import Agreement
from tests.factories.numbers import make_numbers
from tests.factories.people import NOW

_numbers = make_numbers()


def make_agreement(
    *,
    kind: str = "grant",
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    capacity: str = "organisation",
    state: str = "active",
    title: str = "Phone friends for another year",
    amount_pence: int | None = 500_000,
    starts_on: date = date(2026, 1, 1),
    ends_on: date = date(2026, 12, 31),
    author_id: UUID | None = None,
    in_kind_description: str = "",
    in_kind_value_pence: int | None = None,
) -> Agreement:
    """Return a stored agreement."""
    in_force = state in Agreement.IN_FORCE
    return Agreement.objects.create(
        reference=f"AG-TEST-{next(_numbers):05}",
        kind=kind,
        capacity=capacity,
        organisation_id=organisation_id,
        person_id=person_id,
        title=title,
        state=state,
        starts_on=starts_on,
        ends_on=ends_on,
        amount_pence=amount_pence,
        in_kind_description=in_kind_description,
        in_kind_value_pence=in_kind_value_pence,
        author_id=author_id or uuid4(),
        created_at=NOW,
        shown_at=NOW,
        certified_at=NOW if in_force or state == "certified" else None,
        signed_on=starts_on if in_force else None,
    )
