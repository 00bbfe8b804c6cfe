"""What payments add to a partner's timeline, to how a relationship stands, to a person's day and to search."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.partnering import HealthReason, TimelineEntry
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.payments import (
    PaymentFilters,
    count_waiting,
    list_late_payments,
    list_payments,
    list_waiting,
)
from alongside.science.values.trail import DayItem, SearchHit

DAY_LINES = 5


def list_timeline(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return what was paid or given to these organisations since a day, as far as the viewer may see it."""
    paid = Payment.objects.for_viewer(viewer).filter(
        state=Payment.State.PAID, organisation_id__in=organisation_ids, paid_on__gte=since
    )
    is_partner = viewer.partner_id is not None
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=one.paid_on,
            kind=_("payment"),
            title=_title(one),
            words=one.description,
            url=reverse("ours:payments") if is_partner else reverse("payments:payment", args=[one.id]),
            is_shared=True,
        )
        for one in paid.order_by("-paid_on", "-id")
        if one.organisation_id is not None and one.paid_on is not None
    ]


def _title(payment: Payment) -> str:
    if payment.amount_pence is None:
        return _("Given in kind, without a value")
    return f"{write_money(payment.amount_pence, payment.currency)}: {payment.get_category_display()}"


def judge_health(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[HealthReason]:
    """Return which of these relationships late payments strain."""
    late = list_late_payments(viewer, organisation_ids, on).order_by().values("organisation_id")
    return [
        HealthReason(
            organisation_id=row["organisation_id"],
            words=ngettext("%(n)s payment late", "%(n)s payments late", row["n"]) % {"n": row["n"]},
            weight=2,
            url=f"{reverse('payments:list')}?scope=late&payee={row['organisation_id']}",
        )
        for row in late.annotate(n=Count("id"))
    ]


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the payments that wait for this person: to approve, to pay or to answer."""
    if not viewer.may("see_payments"):
        return []
    items = [
        DayItem(
            group="late" if one.due_on < on else "needs_you",
            title=f"{_payee(one)}: {_title(one)}",
            url=reverse("payments:payment", args=[one.id]),
            detail=f"{one.reference}, {one.get_state_display()}, {_('due')}",
            on=one.due_on,
        )
        for one in list_waiting(viewer, DAY_LINES)
    ]
    more = count_waiting(viewer) - len(items) if len(items) == DAY_LINES else 0
    if more > 0:
        words = ngettext("%(n)s more payment waits for you", "%(n)s more payments wait for you", more)
        items.append(DayItem("needs_you", words % {"n": more}, f"{reverse('payments:list')}?scope=mine"))
    return items


def find_payments(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return payments in which these words stand."""
    if not viewer.may("see_payments"):
        return []
    found = list_payments(viewer, PaymentFilters(words=words), date.min)
    return [
        SearchHit(
            _("Payment"),
            f"{_payee(one)}: {_title(one)}",
            reverse("payments:payment", args=[one.id]),
            f"{one.reference}: {one.description[:120]}",
            one.paid_on or one.due_on,
        )
        for one in found[:limit]
    ]


def _payee(payment: Payment) -> str:
    payee = payment.organisation or payment.person
    return payee.name if payee else ""
