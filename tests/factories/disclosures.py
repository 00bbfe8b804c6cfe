"""Payments made and years disclosed, for tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureRow, Payment
from alongside.apps.partnership.operations.disclosures.checking import ask_partners, send_to_approval
from alongside.apps.partnership.operations.disclosures.collecting import begin_year, finish_collecting
from alongside.apps.partnership.operations.disclosures.correcting import correct_row
from alongside.apps.partnership.operations.disclosures.publishing import (
    approve_disclosure,
    publish_disclosure,
)
from tests.factories.agreements import make_agreement
from tests.factories.numbers import make_numbers
from tests.factories.people import NOW, make_viewer

YEAR = 2025
SPRING = datetime(2026, 3, 2, 10, tzinfo=UTC)
_numbers = make_numbers()


def make_paid(
    organisation_id: UUID | None = None,
    *,
    person_id: UUID | None = None,
    category: str = "grant",
    amount_pence: int | None = 500_000,
    paid_on: date = date(YEAR, 5, 6),
    description: str = "A year of phone friends for people who live alone",
    is_in_kind: bool = False,
    state: str = "paid",
    agreement_id: UUID | None = None,
    currency: str = "GBP",
    affiliate: str = "",
) -> Payment:
    """Return a stored payment, made where nothing else is said."""
    number = next(_numbers)
    capacity = "themselves" if person_id else "organisation"
    if agreement_id is None:
        agreement_id = make_agreement(
            kind="service" if person_id else "grant",
            organisation_id=organisation_id,
            person_id=person_id,
            capacity=capacity,
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR, 12, 31),
        ).id
    return Payment.objects.create(
        reference=f"PAY-TEST-{number:06}",
        agreement_id=agreement_id,
        organisation_id=organisation_id,
        person_id=person_id,
        category=category,
        is_in_kind=is_in_kind,
        amount_pence=amount_pence,
        currency=currency,
        affiliate=affiliate,
        description=description,
        capacity=capacity,
        request_key=uuid4(),
        state=state,
        due_on=paid_on,
        paid_on=paid_on if state == "paid" else None,
        asked_at=NOW,
    )


def make_lead() -> Viewer:
    """Return somebody who prepares disclosures."""
    return make_viewer("engagement_lead", name="Ruth Lead")


def make_certifier() -> Viewer:
    """Return somebody who approves them."""
    return make_viewer("certifier", name="Lionel Certifier")


def make_year(
    lead: Viewer, *, until: str = "published", certifier: Viewer | None = None, year: int = YEAR
) -> Disclosure:
    """Return a year's disclosure in a state: collecting, reconciling, checking, to_approve, approved, published."""
    another = certifier or make_certifier()
    year_id, at = begin_year(year=year, by=lead, at=SPRING), SPRING
    steps: dict[str, Callable[[], object]] = {
        "reconciling": lambda: finish_collecting(disclosure_id=year_id, by=lead, at=at),
        "checking": lambda: ask_partners(disclosure_id=year_id, by=lead, at=at),
        "to_approve": lambda: send_to_approval(disclosure_id=year_id, by=lead, at=at + timedelta(days=30)),
        "approved": lambda: approve_disclosure(disclosure_id=year_id, by=another, at=at + timedelta(days=31)),
        "published": lambda: publish_disclosure(
            disclosure_id=year_id, by=another, at=at + timedelta(days=32)
        ),
    }
    for name, step in steps.items():
        if until == "collecting":
            break
        step()
        if name == until:
            break
    return Disclosure.objects.get(id=year_id)


def get_check(disclosure: Disclosure, organisation_id: UUID) -> DisclosureCheck:
    """Return what an organisation is asked now."""
    return DisclosureCheck.objects.get(
        disclosure=disclosure, organisation_id=organisation_id, is_current=True
    )


def make_disclosed(organisation_id: UUID, year: int = YEAR) -> dict[str, object]:
    """Return a published year in which one organisation stands, with a check and a correction that waits, by id."""
    lead = make_lead()
    make_paid(organisation_id, paid_on=date(year, 5, 6))
    made = make_year(lead, year=year)
    row = DisclosureRow.objects.get(disclosure=made)
    correction = correct_row(row_id=row.id, right=None, reason="Paid back in June.", by=lead, at=NOW)
    return {
        "disclosure_id": made.id,
        "check_id": get_check(made, organisation_id).id,
        "correction_id": correction,
        "disclosure row_row_id": row.id,
        "year": year,
    }
