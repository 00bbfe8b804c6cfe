"""What was asked for and paid, in sums: what an agreement still allows, and how fast we pay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.payment_terms import get_payment_terms
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.rules.payments import OPEN, Pace, UsedAmounts, measure_pace

PACE_OVER = timedelta(days=365)


@dataclass(frozen=True)
class AgreementPayments:
    """What became of an agreement's money, in pence: paid, asked for and not paid yet; how many payments in all."""

    agreement_id: UUID
    paid_pence: int
    waiting_pence: int
    payments: int


def get_used_amounts(agreement_id: UUID, *, currency: str) -> UsedAmounts:
    """Return what was already asked for under an agreement and not cancelled; used by the checks, unscoped."""
    counted = Payment.objects.filter(agreement_id=agreement_id, currency=currency).exclude(
        state=Payment.State.CANCELLED
    )
    sums = counted.aggregate(
        money=Sum("amount_pence", filter=Q(is_in_kind=False)),
        in_kind=Sum("amount_pence", filter=Q(is_in_kind=True)),
    )
    return UsedAmounts(sums["money"] or 0, sums["in_kind"] or 0)


def sum_by_agreement(viewer: Viewer, agreement_ids: Collection[UUID]) -> dict[UUID, AgreementPayments]:
    """Return for each of these agreements what the viewer may see of its money; none without payments."""
    rows = (
        Payment.objects.for_viewer(viewer)
        .filter(agreement_id__in=agreement_ids)
        .order_by()
        .values("agreement_id")
        .annotate(
            paid=Sum("amount_pence", filter=Q(state=Payment.State.PAID, is_in_kind=False)),
            waiting=Sum("amount_pence", filter=Q(state__in=OPEN, is_in_kind=False)),
            number=Count("id"),
        )
    )
    return {
        row["agreement_id"]: AgreementPayments(
            row["agreement_id"], row["paid"] or 0, row["waiting"] or 0, row["number"]
        )
        for row in rows
    }


def get_pace(viewer: Viewer, on: date) -> Pace:
    """Return how fast the payments the viewer may see were made in the year before a day."""
    paid = Payment.objects.for_viewer(viewer).filter(
        paid_on__gt=on - PACE_OVER, paid_on__lte=on, state=Payment.State.PAID, days_to_pay__isnull=False
    )
    counts = paid.order_by().values_list("days_to_pay").annotate(Count("id"))
    return measure_pace(dict(counts), get_payment_terms(on).pay_within_days)
