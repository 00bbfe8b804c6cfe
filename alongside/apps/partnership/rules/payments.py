"""What a payment must be before it is asked for, approved and paid: pure checks over values, each with its remedy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.base.rules.money import SYMBOLS, write_money
from alongside.apps.base.rules.starting import Blocker
from alongside.apps.partnership.models import Payment

State = Payment.State
Category = Payment.Category

# What may be paid under each kind of agreement.
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "donation": (Category.DONATION,),
    "grant": (Category.GRANT,),
    "sponsorship": (Category.SPONSORSHIP, Category.EXPENSE),
    "service": (Category.FEE, Category.EXPENSE),
    "joint": (Category.JOINT, Category.FEE, Category.EXPENSE),
    "membership": (Category.MEMBERSHIP,),
    "confidentiality": (),
}
FOR_PEOPLE = (Category.FEE, Category.EXPENSE)
# From each state, where a payment may go.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.ASKED: (State.APPROVED_ONCE, State.APPROVED, State.QUERIED, State.CANCELLED),
    State.APPROVED_ONCE: (State.APPROVED, State.QUERIED, State.CANCELLED),
    State.APPROVED: (State.PAID, State.FAILED, State.QUERIED, State.CANCELLED),
    State.QUERIED: (State.ASKED, State.CANCELLED),
    State.FAILED: (State.PAID, State.CANCELLED),
    State.PAID: (State.FAILED,),
    State.CANCELLED: (),
}
WAITS_FOR_APPROVAL = (State.ASKED, State.APPROVED_ONCE)
MAY_BE_PAID = (State.APPROVED, State.FAILED)
OPEN = (*WAITS_FOR_APPROVAL, State.APPROVED, State.QUERIED, State.FAILED)

_TAKES_IN = r"\b(?:incl(?:\.|uding|uded|usive of|udes)?|plus|and|with|\+|&)\s*(?:\w+\s+){0,2}"
_COSTS = r"(?:expenses?|travel(?:\s+costs?)?|fares?|mileage|hotels?|parking|subsistence)\b"
_FEES = r"(?:fees?|honorari(?:um|a))\b"
# A fee whose words take the costs in ("two days, including travel"), and expenses that take in a fee.
_MIXED: Mapping[str, re.Pattern[str]] = {
    Category.FEE: re.compile(_TAKES_IN + _COSTS, re.IGNORECASE),
    Category.EXPENSE: re.compile(_TAKES_IN + _FEES, re.IGNORECASE),
}


@dataclass(frozen=True)
class PaymentPlan:
    """What is to be paid or given, to whom, under which agreement. Amounts are pence; no payee means the agreement's.

    `amount_pence` is what is paid in all, VAT with it; something in kind may have none. `claimed_on` is the day the
    payee asked for it, where they did so before anybody asked here.
    """

    agreement_id: UUID
    category: str
    description: str
    due_on: date
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    amount_pence: int | None = None
    is_in_kind: bool = False
    currency: str = "GBP"
    vat: str = "none"
    vat_pence: int = 0
    is_event_related: bool = False
    affiliate: str = ""
    source_kind: str = ""
    source_id: UUID | None = None
    claimed_on: date | None = None


@dataclass(frozen=True)
class UsedAmounts:
    """What was already asked for under an agreement, in its currency, in pence: as money, and as value in kind."""

    money_pence: int = 0
    in_kind_pence: int = 0


def find_payee(plan: PaymentPlan, agreement: AgreementLine) -> tuple[UUID | None, UUID | None]:
    """Return organisation and person as the plan names them, or as the capacity of the agreement says."""
    if plan.organisation_id is not None or plan.person_id is not None:
        return plan.organisation_id, plan.person_id
    if agreement.capacity == "themselves":
        return None, agreement.person_id
    return agreement.organisation_id, None


def find_blockers(plan: PaymentPlan, agreement: AgreementLine, used: UsedAmounts) -> list[Blocker]:
    """Return every rule in the way of a payment. `rule` is a key of the content that says where it stands."""
    found = [
        _not_in_force(agreement),
        _too_early(plan, agreement),
        _wrong_payee(plan, agreement),
        _wrong_kind(plan, agreement),
        _mixed(plan),
        _in_kind(plan, agreement, used) if plan.is_in_kind else _too_much(plan, agreement, used),
    ]
    return [one for one in found if one is not None]


def _not_in_force(agreement: AgreementLine) -> Blocker | None:
    if agreement.is_in_force:
        return None
    return Blocker(
        "in_force",
        f"The agreement {agreement.reference} is “{agreement.state_words}”, so it is not in force.",
        "Have it certified by a second person and signed by both sides, or choose another agreement.",
    )


def _too_early(plan: PaymentPlan, agreement: AgreementLine) -> Blocker | None:
    begins = max(agreement.starts_on, agreement.signed_on or agreement.starts_on)
    if plan.due_on >= begins:
        return None
    return Blocker(
        "prospective",
        f"It is due on {plan.due_on:%-d %B %Y}, before the agreement holds ({begins:%-d %B %Y}).",
        "Choose a later date; what came before an agreement cannot be paid under it.",
    )


def _wrong_payee(plan: PaymentPlan, agreement: AgreementLine) -> Blocker | None:
    organisation_id, person_id = find_payee(plan, agreement)
    if agreement.capacity == "themselves":
        if organisation_id is None and person_id == agreement.person_id:
            return None
        why = "The agreement is with a person who speaks for themselves, so that person is paid and nobody else."
        return Blocker(
            "payee", why, f"Pay {agreement.payee}, or make an agreement with whoever is to be paid."
        )
    if person_id is None and organisation_id == agreement.organisation_id:
        return None
    if agreement.capacity == "representing" and person_id is not None:
        why = "This person speaks for their organisation, so the organisation is paid, never the person."
    else:
        why = "The agreement is with another payee."
    return Blocker("payee", why, f"Pay {agreement.payee}, or make an agreement with whoever is to be paid.")


def _wrong_kind(plan: PaymentPlan, agreement: AgreementLine) -> Blocker | None:
    words = Category(plan.category).label
    if agreement.capacity == "themselves" and (plan.category not in FOR_PEOPLE or plan.is_in_kind):
        return Blocker(
            "people",
            f"A person is paid a fee or expenses, never a {words} and nothing in kind.",
            "Choose fee or expenses, or make the agreement with an organisation.",
        )
    if plan.category in CATEGORIES[agreement.kind]:
        return None
    may = " or ".join(str(Category(one).label) for one in CATEGORIES[agreement.kind]) or "no payment at all"
    return Blocker(
        "kind",
        f"The agreement is for {agreement.kind_words}; under it goes {may}, not “{words}”.",
        "Choose what was agreed, or an agreement of the right kind.",
    )


def _mixed(plan: PaymentPlan) -> Blocker | None:
    pattern = _MIXED.get(plan.category)
    found = pattern.search(plan.description) if pattern else None
    if found is None:
        return None
    return Blocker(
        "apart",
        f"Its words (“{found.group().strip()}”) put fee and expenses into one payment.",
        "Ask for two payments, one for the fee and one for the expenses, each with its own words.",
    )


def _too_much(plan: PaymentPlan, agreement: AgreementLine, used: UsedAmounts) -> Blocker | None:
    if agreement.amount_pence is None:
        return Blocker(
            "amount",
            "The agreement names no amount of money.",
            "Write the amount into the agreement and have it certified and signed, or choose another.",
        )
    if plan.currency != agreement.currency:
        return Blocker(
            "amount",
            f"The agreement is in {agreement.currency}, this payment in {plan.currency}.",
            f"Ask for it in {agreement.currency}.",
        )
    left = agreement.amount_pence - used.money_pence
    if (plan.amount_pence or 0) <= left:
        return None
    money = write_money(max(left, 0), agreement.currency)
    return Blocker(
        "amount",
        f"The agreement still allows {money}, and this is {write_money(plan.amount_pence, plan.currency)}.",
        "Ask for less, cancel a payment that is no longer wanted, or agree a higher amount.",
    )


def _in_kind(plan: PaymentPlan, agreement: AgreementLine, used: UsedAmounts) -> Blocker | None:
    agreed = agreement.in_kind_value_pence
    if not agreement.in_kind_description and agreed is None:
        return Blocker(
            "in_kind",
            "The agreement says nothing about giving in kind.",
            "Write into the agreement what is given, or give money.",
        )
    if agreed is None or plan.amount_pence is None:
        return None
    if plan.currency == agreement.currency and plan.amount_pence <= agreed - used.in_kind_pence:
        return None
    left = write_money(max(agreed - used.in_kind_pence, 0), agreement.currency)
    return Blocker(
        "in_kind",
        f"The agreement still allows {left} in kind, and this is worth "
        f"{write_money(plan.amount_pence, plan.currency)}.",
        "Give less, or agree a higher value in kind.",
    )


def check_plan(plan: PaymentPlan) -> None:
    """Refuse a plan that no agreement could allow: without words, amount or a currency we know, or an odd VAT."""
    check(plan.category in Category.values, "Say what kind of payment this is.", field="category")
    check(bool(plan.description.strip()), "Say what this is for, in a few words.", field="description")
    check(len(plan.description) <= 500, "Say it in at most 500 characters.", field="description")
    check(
        plan.is_in_kind or plan.amount_pence is not None,
        "Say how much. Only what is given in kind may have no value.",
        field="amount",
    )
    check(
        plan.amount_pence is None or plan.amount_pence > 0,
        "The amount must be more than nothing. Leave the value of something in kind empty if nobody knows it.",
        field="amount",
    )
    check(plan.currency in SYMBOLS, f"Choose one of: {', '.join(SYMBOLS)}.", field="currency")
    check(plan.vat in Payment.Vat.values, "Say whether there is VAT.", field="vat")
    vat_fits = plan.vat_pence == 0 if plan.vat == "none" else 0 <= plan.vat_pence < (plan.amount_pence or 0)
    check(
        vat_fits,
        "VAT is a part of the amount; say how much of it, and none where there is none.",
        field="vat_pence",
    )


def check_move(state: str, to: str) -> None:
    """Refuse a change of state that the table does not hold."""
    if to not in MOVES[state]:
        label = State(state).label
        if state == to:
            raise Refused(f"This payment is already “{label}”.")
        raise Refused(f"This payment is “{label}”; it cannot become “{State(to).label}” from there.")


def check_may_approve(payment: Payment, by: Viewer) -> None:
    """Refuse whoever asked for a payment, whoever approved it before, and nobody in particular."""
    check(by.is_known, "A person approves, never the system.")
    check(
        payment.asked_by_id != by.person_id,
        "You asked for this payment, so somebody else approves it.",
    )
    check(
        payment.first_approved_by_id != by.person_id,
        "You approved this payment already. It is above our limit, so a second person looks at it too.",
    )


def find_why_not_pay(payment: Payment, by: Viewer) -> str:
    """Return why somebody may not say that a payment was made, or ""."""
    if not by.is_known:
        return "A person says that it was paid, never the system."
    if payment.asked_by_id == by.person_id:
        return "You asked for this payment, so somebody else says that it was paid."
    if payment.second_approved_at is None and payment.first_approved_by_id == by.person_id:
        return "You alone approved this payment, so somebody else says that it was paid."
    return ""


def check_paid_on(paid_on: date, agreement: AgreementLine, on: date) -> None:
    """Refuse a day of payment that has not come, or that lies before the agreement holds."""
    check(paid_on <= on, "This day has not come yet. Write the day it was paid.", field="paid_on")
    begins = max(agreement.starts_on, agreement.signed_on or agreement.starts_on)
    check(
        paid_on >= begins,
        f"The agreement holds from {begins:%-d %B %Y}. Check the date; nothing is paid before that.",
        field="paid_on",
    )


def count_days_to_pay(payment: Payment, asked_on: date, paid_on: date) -> int:
    """Return the days from the claim, or else from asking, to payment; a claim dated later counts as none."""
    return max((paid_on - (payment.claimed_on or asked_on)).days, 0)


@dataclass(frozen=True)
class Pace:
    """How fast payments were made: how many, the median of days, the share in percent within the limit."""

    payments: int
    median_days: float | None
    within_percent: int | None
    limit_days: int


def measure_pace(counts: Mapping[int, int], limit_days: int) -> Pace:
    """Return the pace of payments from how many took how many days."""
    total = sum(counts.values())
    if not total:
        return Pace(0, None, None, limit_days)
    low, high = _nth(counts, (total - 1) // 2), _nth(counts, total // 2)
    within = sum(number for days, number in counts.items() if days <= limit_days)
    return Pace(total, (low + high) / 2, round(100 * within / total), limit_days)


def _nth(counts: Mapping[int, int], place: int) -> int:
    """Return the days of the payment at a 0-based place in order."""
    seen, found = 0, 0
    for days in sorted(counts):
        if seen <= place:
            found = days
        seen += counts[days]
    return found
