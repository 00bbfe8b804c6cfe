"""How long it takes from a claim to the money: over a year for the team, over everything for one person."""

from datetime import date, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.payment_terms import get_payment_terms
from alongside.apps.partnership.models import Payment, ServiceClaim
from alongside.apps.partnership.rules.services import DaysToPay, measure_days

YEAR = timedelta(days=365)


def get_days_to_pay(viewer: Viewer, on: date) -> DaysToPay:
    """Return the days from claim to paid of the claims sent in the year before a day that this viewer may see."""
    counted = Payment.objects.filter(source_kind="service_claim", source_id=OuterRef("id"))
    payments = counted.exclude(state=Payment.State.CANCELLED).order_by().values("source_id")
    found = (
        ServiceClaim.objects.for_viewer(viewer)
        .filter(sent_at__date__gt=on - YEAR, sent_at__date__lte=on)
        .annotate(
            last_paid=Subquery(payments.annotate(last=Max("paid_on")).values("last")),
            unpaid=Subquery(payments.annotate(open=Count("id", filter=Q(paid_on=None))).values("open")),
        )
        .values_list("sent_at", "last_paid", "unpaid")
    )
    spans = [
        (timezone.localdate(sent_at), last_paid if unpaid == 0 else None)
        for sent_at, last_paid, unpaid in found
    ]
    return measure_days(spans, promised_days=get_payment_terms(on).pay_within_days, on=on)
