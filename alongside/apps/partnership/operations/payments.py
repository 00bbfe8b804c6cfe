"""Asking for a payment, approving it, sending it back, paying it: each by another person, each once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.apps.agreements.operations.holding import hold_agreement
from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.models import new_id
from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import check_may_start
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.bank_details import check_no_bank_details
from alongside.apps.base.rules.starting import Starting
from alongside.apps.partnership.bridge.payment_terms import get_field_rule, get_payment_terms
from alongside.apps.partnership.models import Payment, PaymentEvent, PaymentNumber
from alongside.apps.partnership.queries.payment_sums import get_used_amounts
from alongside.apps.partnership.rules.payments import (
    PaymentPlan,
    check_may_approve,
    check_move,
    check_paid_on,
    check_plan,
    count_days_to_pay,
    find_blockers,
    find_payee,
    find_why_not_pay,
)

__all__ = [
    "Approval",
    "PaymentPlan",
    "answer_query",
    "approve_payment",
    "approve_payments",
    "ask_for_payment",
    "cancel_payment",
    "record_failed",
    "record_paid",
    "send_back",
]
State = Payment.State


@transaction.atomic
def ask_for_payment(*, plan: PaymentPlan, request_key: UUID, by: Viewer, at: datetime) -> UUID:
    """Ask for a payment under an agreement and return its id; the same key again returns the same payment.

    Refuse it, with every rule in the way, why, and what would do, where the agreement does not allow it.
    """
    check_may(by, "ask_for_payments")
    check_plan(plan)
    for field, words in (("description", plan.description), ("affiliate", plan.affiliate)):
        check_no_bank_details(words, field=field)
    agreement = hold_agreement(agreement_id=plan.agreement_id, by=by)
    # Looked for once the agreement is held: a second click waits there and finds what the first one made.
    known = Payment.objects.filter(request_key=request_key).values_list("id", flat=True).first()
    if known is not None:
        return known
    payment_id = new_id()
    check_allowed(plan, agreement)
    title = f"{agreement.reference}: {plan.description.strip()[:80]}"
    check_may_start(by, Starting("payment", payment_id, title, plan.due_on))
    organisation_id, person_id = find_payee(plan, agreement)
    payment = Payment.objects.create(
        id=payment_id,
        reference=_draw_reference(timezone.localdate(at).year),
        agreement_id=agreement.id,
        organisation_id=organisation_id,
        person_id=person_id,
        category=plan.category,
        is_in_kind=plan.is_in_kind,
        amount_pence=plan.amount_pence,
        currency=plan.currency,
        vat=plan.vat,
        vat_pence=plan.vat_pence,
        description=plan.description.strip(),
        is_event_related=plan.is_event_related,
        affiliate=plan.affiliate.strip(),
        capacity=agreement.capacity,
        source_kind=plan.source_kind,
        source_id=plan.source_id,
        request_key=request_key,
        due_on=plan.due_on,
        asked_by_id=by.person_id,
        asked_at=at,
        claimed_on=plan.claimed_on,
    )
    _step(payment, "", "", by, at)
    record_audit(by=by, at=at, operation="ask_for_payment", on=payment, detail={"category": plan.category})
    return payment.id


def check_allowed(plan: PaymentPlan, agreement: AgreementLine) -> None:
    """Refuse a payment its agreement does not allow, with every rule, why, and what would do."""
    used = get_used_amounts(agreement.id, currency=agreement.currency)
    blockers = find_blockers(plan, agreement, used)
    if blockers:
        named = [replace(one, rule=get_field_rule(one.rule).words) for one in blockers]
        reasons = " ".join(one.words for one in named)
        raise Refused(f"This payment cannot be asked for. {reasons}")


@transaction.atomic
def approve_payment(*, payment_id: UUID, by: Viewer, at: datetime) -> str:
    """Approve a payment somebody else asked for, and return its state; above our limit it takes two people."""
    check_may(by, "approve_payments")
    payment, agreement = lock_payment(payment_id, by)
    check_may_approve(payment, by)
    terms = get_payment_terms(timezone.localdate(at))
    is_first = payment.state == State.ASKED
    needs_two = (payment.amount_pence or 0) > terms.second_approval_above_pence
    became = State.APPROVED_ONCE if is_first and needs_two else State.APPROVED
    check_move(payment.state, became)
    _check_still_allowed(payment, agreement, by)
    if is_first:
        payment.first_approved_by_id, payment.first_approved_at = by.person_id, at
    else:
        payment.second_approved_by_id, payment.second_approved_at = by.person_id, at
    _move(payment, became, "", by, at, "approve_payment")
    return became


@dataclass(frozen=True)
class Approval:
    """What became of one of several payments: its new state, or why it was not approved."""

    payment_id: UUID
    state: str = ""
    why_not: str = ""


def approve_payments(*, payment_ids: Sequence[UUID], by: Viewer, at: datetime) -> list[Approval]:
    """Approve several payments, each by itself: one that may not be approved keeps no other from it."""
    check_may(by, "approve_payments")
    done = []
    for payment_id in payment_ids:
        try:
            done.append(Approval(payment_id, approve_payment(payment_id=payment_id, by=by, at=at)))
        except Refused as refusal:
            done.append(Approval(payment_id, why_not=refusal.reason))
    return done


@transaction.atomic
def send_back(*, payment_id: UUID, question: str, by: Viewer, at: datetime) -> None:
    """Send a payment back with a question; approvals given so far no longer count."""
    check(by.may("approve_payments") or by.may("pay"), "Your role does not let you send payments back.")
    payment, _agreement = lock_payment(payment_id, by)
    check_move(payment.state, State.QUERIED)
    words = _check_words(question, "Write what you need to know.")
    payment.first_approved_by_id = payment.first_approved_at = None
    payment.second_approved_by_id = payment.second_approved_at = None
    _move(payment, State.QUERIED, words, by, at, "send_back_payment")


@transaction.atomic
def answer_query(*, payment_id: UUID, answer: str, by: Viewer, at: datetime) -> None:
    """Answer the question a payment came back with; it waits for approval again."""
    check_may(by, "ask_for_payments")
    payment, _agreement = lock_payment(payment_id, by)
    check_move(payment.state, State.ASKED)
    _move(payment, State.ASKED, _check_words(answer, "Write your answer."), by, at, "answer_payment_query")


@transaction.atomic
def cancel_payment(*, payment_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Cancel a payment that was not made; what it would have cost is free again under its agreement."""
    check(
        by.may("ask_for_payments") or by.may("approve_payments"),
        "Your role does not let you cancel payments.",
    )
    payment, _agreement = lock_payment(payment_id, by)
    check_move(payment.state, State.CANCELLED)
    _move(
        payment, State.CANCELLED, _check_words(reason, "Say why it is cancelled."), by, at, "cancel_payment"
    )


@transaction.atomic
def record_paid(*, payment_id: UUID, paid_on: date, finance_reference: str, by: Viewer, at: datetime) -> None:
    """Write down that finance paid, on which day and under which reference of theirs."""
    check_may(by, "pay")
    payment, agreement = lock_payment(payment_id, by)
    check_move(payment.state, State.PAID)
    why_not = find_why_not_pay(payment, by)
    check(not why_not, why_not)
    check(
        agreement.is_in_force,
        f"The agreement {agreement.reference} is “{agreement.state_words}”, so nothing may be paid under it. "
        "Cancel this payment, or have the agreement put in force.",
    )
    check_paid_on(paid_on, agreement, timezone.localdate(at))
    reference = finance_reference.strip()
    check(
        len(reference) <= 60,
        "Write the finance reference in at most 60 characters.",
        field="finance_reference",
    )
    check_no_bank_details(reference, field="finance_reference")
    payment.paid_on, payment.finance_reference, payment.paid_by_id = paid_on, reference, by.person_id
    payment.days_to_pay = count_days_to_pay(payment, timezone.localdate(payment.asked_at), paid_on)
    _move(payment, State.PAID, "", by, at, "record_paid")


@transaction.atomic
def record_failed(*, payment_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Write down that a payment did not arrive, or came back; it may be paid again or cancelled."""
    check_may(by, "pay")
    payment, _agreement = lock_payment(payment_id, by)
    check_move(payment.state, State.FAILED)
    words = _check_words(reason, "Say what went wrong, without any bank details.")
    payment.paid_on = payment.days_to_pay = payment.paid_by_id = None
    _move(payment, State.FAILED, words, by, at, "record_payment_failed")


def lock_payment(payment_id: UUID, by: Viewer) -> tuple[Payment, AgreementLine]:
    """Return a payment the viewer may see and its agreement, both held until the transaction ends."""
    visible = Payment.objects.for_viewer(by).filter(id=payment_id)
    agreement_id = visible.values_list("agreement_id", flat=True).first()
    if agreement_id is None:
        raise Refused("There is no such payment, or it is not yours to see.")
    # The agreement first, as whoever asks for a payment does, so that nobody waits for each other.
    agreement = hold_agreement(agreement_id=agreement_id, by=by)
    return Payment.objects.select_for_update().get(id=payment_id), agreement


def _check_still_allowed(payment: Payment, agreement: AgreementLine, by: Viewer) -> None:
    check(
        agreement.is_in_force,
        f"The agreement {agreement.reference} is “{agreement.state_words}”, so this cannot be approved. "
        f"Cancel it, or have the agreement put in force. ({get_field_rule('in_force').words})",
    )
    check_may_start(by, Starting("payment", payment.id, payment.reference, payment.due_on))


def _check_words(words: str, advice: str) -> str:
    kept = words.strip()
    check(bool(kept), advice, field="words")
    check(len(kept) <= 1000, "Say it in at most 1,000 characters.", field="words")
    check_no_bank_details(kept, field="words")
    return kept


def _move(payment: Payment, to: str, words: str, by: Viewer, at: datetime, operation: str) -> None:
    was, payment.state = payment.state, to
    payment.save()
    _step(payment, was, words, by, at)
    record_audit(by=by, at=at, operation=operation, on=payment, detail={"was": was, "to": to})


def _step(payment: Payment, was: str, words: str, by: Viewer, at: datetime) -> None:
    PaymentEvent.objects.create(
        payment=payment, was=was, became=payment.state, words=words, by_id=by.person_id, at=at
    )


def _draw_reference(year: int) -> str:
    """Return the next reference of a year; its row is held until the transaction ends, so none is lost or doubled."""
    PaymentNumber.objects.get_or_create(year=year)
    PaymentNumber.objects.filter(year=year).update(last=F("last") + 1)
    number = PaymentNumber.objects.values_list("last", flat=True).get(year=year)
    return f"PAY-{year}-{number:05}"
