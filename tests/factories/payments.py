"""Payments, brought to the state they are asked for through the operations."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.operations.payments import (
    approve_payment,
    ask_for_payment,
    cancel_payment,
    record_failed,
    record_paid,
    send_back,
)
from alongside.apps.partnership.rules.payments import PaymentPlan
from tests.factories.agreements import make_agreement
from tests.factories.numbers import make_numbers
from tests.factories.partners import make_organisation
from tests.factories.people import make_viewer

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = make_numbers()


def make_plan(agreement_id: UUID, **changes: object) -> PaymentPlan:
    """Return a plan for a grant's first part, changed as wanted."""
    plan: dict[str, object] = {
        "category": "grant",
        "description": "First half of the grant for the phone friends",
        "due_on": date(2026, 3, 20),
        "amount_pence": 100_000,
    }
    return PaymentPlan(agreement_id=agreement_id, **{**plan, **changes})  # type: ignore[arg-type]


def make_payment(
    *,
    state: str = "asked",
    agreement_id: UUID | None = None,
    organisation_id: UUID | None = None,
    at: datetime = AT,
    paid_on: date | None = None,
    finance_reference: str = "",
    lead: Viewer | None = None,
    certifier: Viewer | None = None,
    finance: Viewer | None = None,
    **changes: object,
) -> Payment:
    """Return a payment in a state, walked there by a lead, a certifier and somebody of finance."""
    asker = lead or make_viewer("engagement_lead")
    if agreement_id is None:
        partner = organisation_id or make_organisation().id
        agreement_id = make_agreement(organisation_id=partner).id
    payment_id = ask_for_payment(
        plan=make_plan(agreement_id, **changes), request_key=uuid4(), by=asker, at=at
    )
    if state == "asked":
        return Payment.objects.get(id=payment_id)
    if state == "cancelled":
        cancel_payment(payment_id=payment_id, reason="No longer needed", by=asker, at=at)
        return Payment.objects.get(id=payment_id)
    approver = certifier or make_viewer("certifier")
    if state == "queried":
        send_back(payment_id=payment_id, question="Which half is this?", by=approver, at=at)
        return Payment.objects.get(id=payment_id)
    became = approve_payment(payment_id=payment_id, by=approver, at=at + timedelta(hours=1))
    payer = finance or make_viewer("finance")
    if became == "approved_once" and state != "approved_once":
        approve_payment(payment_id=payment_id, by=payer, at=at + timedelta(hours=2))
    if state == "paid":
        day = paid_on or (at + timedelta(days=5)).date()
        later = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        reference = finance_reference or f"FIN-{next(_numbers):05}"
        record_paid(payment_id=payment_id, paid_on=day, finance_reference=reference, by=payer, at=later)
    if state == "failed":
        record_failed(payment_id=payment_id, reason="The bank sent it back", by=payer, at=at)
    return Payment.objects.get(id=payment_id)
