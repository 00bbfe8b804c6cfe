"""Words, tones and rows of payments: the list's filters, what a page lets its reader do, the export."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.rules.payments import (
    CATEGORIES,
    FOR_PEOPLE,
    MOVES,
    Pace,
    check_may_approve,
    find_why_not_pay,
)

State = Payment.State
TONES = {
    State.ASKED: "waiting",
    State.APPROVED_ONCE: "waiting",
    State.APPROVED: "info",
    State.PAID: "good",
    State.QUERIED: "warning",
    State.FAILED: "bad",
    State.CANCELLED: "neutral",
}
EXPORT_COLUMNS = (
    "reference", "state", "payee", "category", "in_kind", "amount", "currency", "vat", "vat_amount", "description",
    "agreement", "due_on", "asked_on", "paid_on", "days_to_pay", "finance_reference", "affiliate",
)  # fmt: skip


@dataclass(frozen=True)
class PaymentFiltersShown:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    scopes: list[dict[str, object]]
    states: list[dict[str, object]]
    years: list[dict[str, object]]
    categories: list[dict[str, object]]
    chips: list[Chip]


@dataclass(frozen=True)
class PaymentDoings:
    """What the reader of one payment's page may do, and why not, in words, where only they may not."""

    may_approve: bool = False
    why_not_approve: str = ""
    may_pay: bool = False
    why_not_pay: str = ""
    may_query: bool = False
    may_answer: bool = False
    may_cancel: bool = False
    may_fail: bool = False

    @property
    def has_any(self) -> bool:
        """Return whether there is anything beside approving and paying."""
        return self.may_query or self.may_answer or self.may_cancel or self.may_fail


def draw_payment_filters(query: QueryDict, years: Sequence[int], payee: str) -> PaymentFiltersShown:
    """Return the filters with what is chosen marked."""
    scopes = {"mine": _("waiting for me"), "late": _("late")}
    states = {value: str(label) for value, label in State.choices}
    categories = {value: str(label) for value, label in Payment.Category.choices}
    by_year = {str(year): str(year) for year in years}
    return PaymentFiltersShown(
        scopes=_options(scopes, query.get("scope", "")),
        states=_options(states, query.get("state", "")),
        years=_options(by_year, query.get("year", "")),
        categories=_options(categories, query.get("category", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "scope": (_("Show"), scopes),
                "state": (_("State"), states),
                "payee": (_("Payee"), {query.get("payee", ""): payee}),
                "agreement": (_("Agreement"), {}),
                "year": (_("Year"), by_year),
                "category": (_("Kind"), categories),
            },
        ),
    )


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def payment_tone(state: str) -> str:
    """Return the tone of a state."""
    return TONES[State(state)]


def get_payee(payment: Payment) -> str:
    """Return the name of whoever is paid."""
    payee = payment.organisation or payment.person
    return payee.name if payee else ""


def list_categories(kind: str, capacity: str) -> list[tuple[str, str]]:
    """Return what may be paid under an agreement of this kind, with words."""
    allowed = [one for one in CATEGORIES.get(kind, ()) if capacity != "themselves" or one in FOR_PEOPLE]
    return [(one, str(Payment.Category(one).label).capitalize()) for one in allowed]


def list_doings(viewer: Viewer, payment: Payment) -> PaymentDoings:
    """Return what this reader may do with a payment now."""
    next_states = MOVES[payment.state]
    asks, approves, pays = (viewer.may(one) for one in ("ask_for_payments", "approve_payments", "pay"))
    to_approve = approves and State.APPROVED in next_states
    why_not_approve = find_why_not_approve(payment, viewer) if to_approve else ""
    to_pay = pays and State.PAID in next_states
    why_not_pay = find_why_not_pay(payment, viewer) if to_pay else ""
    return PaymentDoings(
        may_approve=to_approve and not why_not_approve,
        why_not_approve=why_not_approve,
        may_pay=to_pay and not why_not_pay,
        why_not_pay=why_not_pay,
        may_query=(approves or pays) and State.QUERIED in next_states,
        may_answer=asks and payment.state == State.QUERIED,
        may_cancel=(asks or approves) and State.CANCELLED in next_states,
        may_fail=pays and State.FAILED in next_states,
    )


def find_why_not_approve(payment: Payment, viewer: Viewer) -> str:
    """Return why this person may not approve a payment, or ""."""
    try:
        check_may_approve(payment, viewer)
    except Refused as refusal:
        return refusal.reason
    return ""


def describe_pace(pace: Pace) -> str:
    """Return the pace of payments as one short sentence; empty where nothing was paid."""
    if pace.median_days is None:
        return ""
    days = f"{pace.median_days:g}"
    return _("Half of payments were made within %(days)s days; %(share)s%% within %(limit)s days.") % {
        "days": days,
        "share": pace.within_percent,
        "limit": pace.limit_days,
    }


def export_payment_rows(payments: Iterable[Payment]) -> Iterable[list[str]]:
    """Yield a row for each payment, as text."""
    for one in payments:
        yield [
            one.reference,
            one.get_state_display(),
            get_payee(one),
            one.get_category_display(),
            "yes" if one.is_in_kind else "no",
            _pounds(one.amount_pence),
            one.currency,
            one.get_vat_display(),
            _pounds(one.vat_pence) if one.vat_pence else "",
            one.description,
            one.agreement.reference,
            one.due_on.isoformat(),
            one.asked_at.date().isoformat(),
            one.paid_on.isoformat() if one.paid_on else "",
            "" if one.days_to_pay is None else str(one.days_to_pay),
            one.finance_reference,
            one.affiliate,
        ]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence // 100}.{pence % 100:02}"
