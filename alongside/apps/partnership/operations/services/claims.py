"""Claims: filled in and sent by the person, checked by another, then asked for as payments: fee and expenses apart."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.paid_work import get_paying_terms
from alongside.apps.partnership.bridge.payment_terms import get_payment_terms
from alongside.apps.partnership.models import ExpenseLine, ServiceClaim, ServiceOffer
from alongside.apps.partnership.operations.payments import PaymentPlan, ask_for_payment
from alongside.apps.partnership.operations.services.answers import lock_own_offer
from alongside.apps.partnership.operations.services.offers import lock_offer, note_step
from alongside.apps.partnership.queries.services.claims import has_need_on_record
from alongside.apps.partnership.rules.services import (
    LineTerms,
    check_another_person,
    check_can_claim_fee,
    check_can_send,
    check_line,
    check_takes_work,
    check_words,
)

CLAIM, GIFT = "service_claim", "service_gift"
State = ServiceClaim.State
OPEN_TO_CLAIM = (ServiceOffer.State.ACCEPTED, ServiceOffer.State.WORKING, ServiceOffer.State.DONE)


@transaction.atomic
def add_expense(*, offer_id: UUID, terms: LineTerms, by: Viewer, at: datetime, on: date) -> UUID:
    """Add one expense to the claim somebody fills in; before the work is done too, so that nobody is out of pocket."""
    check_takes_work(by)
    claim = _hold_claim(offer_id, by, at)
    paying = get_paying_terms()
    words, amount, need = check_line(
        terms,
        kinds=ExpenseLine.Kind.values,
        fee_words=paying.fee_words,
        pence_a_mile=paying.pence_a_mile,
        on=on,
        has_need=has_need_on_record(by),
    )
    line = ExpenseLine.objects.create(
        claim=claim,
        kind=terms.kind,
        happened_on=terms.happened_on,
        words=words,
        miles=terms.miles,
        amount_pence=amount,
        need_words=need,
        is_need_withheld=terms.is_need_withheld,
        has_receipt=terms.has_receipt,
        added_at=at,
    )
    record_audit(by=by, at=at, operation="add_expense", on=line, detail={"kind": terms.kind})
    return line.id


@transaction.atomic
def drop_expense(*, expense_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Take an expense out of a claim that is still being filled in; return the offer's id."""
    check_takes_work(by)
    own = ExpenseLine.objects.filter(id=expense_id, claim__offer__person_id=by.own_id)
    found = own.values_list("claim__offer_id", flat=True).first()
    if found is None:
        raise Refused(_("There is no such expense, or it is not yours to see."))
    offer = lock_own_offer(found, by)
    line = ExpenseLine.objects.select_related("claim").filter(id=expense_id).first()
    if line is None or line.claim.state not in (State.DRAFT, State.QUERIED):
        raise Refused(_("This claim has been sent, so nothing can be taken out. Tell us if it is wrong."))
    record_audit(by=by, at=at, operation="drop_expense", on=line)
    line.delete()
    return offer.id


@transaction.atomic
def send_claim(*, offer_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Send a claim to be checked, with the fee where the work is done and nobody claimed it; return its id."""
    check_takes_work(by)
    claim = _hold_claim(offer_id, by, at)
    offer = claim.offer
    fee_is_due = check_can_claim_fee(
        state=offer.state,
        taken_pence=offer.taken_pence,
        has_claimed_fee=offer.claims.exclude(id=claim.id).filter(fee_pence__isnull=False).exists(),
    )
    claim.fee_pence = offer.taken_pence if fee_is_due else None
    check_can_send(
        fee_pence=claim.fee_pence,
        lines_pence=_sum_lines(claim.lines.all()),
        most_pence=offer.expenses_most_pence,
        claimed_before_pence=_sum_lines(ExpenseLine.objects.filter(claim__offer=offer).exclude(claim=claim)),
        currency=offer.currency,
    )
    claim.state, claim.sent_at = State.SENT, claim.sent_at or at
    claim.save(update_fields=["state", "sent_at", "fee_pence"])
    note_step(offer, "", by, at, became="claimed")
    record_audit(by=by, at=at, operation="send_claim", on=claim, detail={"lines": claim.lines.count()})
    return claim.id


@transaction.atomic
def send_claim_back(*, claim_id: UUID, question: str, by: Viewer, at: datetime) -> None:
    """Send a claim back to its person with a question."""
    check_may(by, "ask_for_payments")
    claim = _hold_sent(claim_id, by)
    claim.question = check_words(
        question, what="what is not clear; the person reads it", field="question", most=1000
    )
    claim.state = State.QUERIED
    claim.save(update_fields=["question", "state"])
    note_step(claim.offer, "", by, at, became="queried")
    record_audit(by=by, at=at, operation="send_claim_back", on=claim)


@transaction.atomic
def check_claim(*, claim_id: UUID, seen: Collection[UUID], by: Viewer, at: datetime) -> list[UUID]:
    """Check a claim and ask for its payments, the fee in one and the expenses in another; return their ids.

    `seen` are the expenses whose receipts somebody saw. Finance approves and pays: neither is done by who checks.
    """
    check_may(by, "ask_for_payments")
    claim = _hold_sent(claim_id, by)
    offer = claim.offer
    check_another_person(by.person_id, offer.person_id)
    claim.lines.filter(id__in=seen, has_receipt=True).update(is_receipt_seen=True)
    claim.state, claim.checked_at, claim.checked_by_id = State.CHECKED, at, by.person_id or UUID(int=0)
    claim.save(update_fields=["state", "checked_at", "checked_by_id"])
    note_step(offer, "", by, at, became="checked")
    record_audit(by=by, at=at, operation="check_claim", on=claim)
    amounts = (("fee", claim.fee_pence or 0), ("expense", _sum_lines(claim.lines.all())))
    return [
        ask_for_payment(
            plan=_plan(claim, category, amount, at), request_key=uuid5(claim.id, category), by=by, at=at
        )
        for category, amount in amounts
        if amount
    ]


@transaction.atomic
def give_to_charity(*, offer_id: UUID, agreement_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Ask for the payment of what somebody asked us to give, as our donation under our agreement with that charity.

    The person is never paid it, and it stands in no sum of theirs.
    """
    check_may(by, "ask_for_payments")
    offer = lock_offer(offer_id, by)
    check(offer.given_pence > 0, "Nobody asked us to give a part of this fee.")
    check(offer.state == ServiceOffer.State.DONE, "A gift follows the work. It is not done yet.")
    check(offer.gift_payment_id is None, "This gift was asked for already.")
    if offer.charity_id is None:
        raise Refused(
            f"“{offer.charity_name}” is not among our partners. Add it as a partner, choose it here, and make a "
            "donation agreement with it."
        )
    on = timezone.localdate(at)
    payment_id = ask_for_payment(
        plan=PaymentPlan(
            agreement_id=agreement_id,
            category="donation",
            description="A gift that somebody asked us to make in place of a fee",
            due_on=on + timedelta(days=get_payment_terms(on).pay_within_days),
            organisation_id=offer.charity_id,
            amount_pence=offer.given_pence,
            currency=offer.currency,
            source_kind=GIFT,
            source_id=offer.id,
        ),
        request_key=uuid5(offer.id, "gift"),
        by=by,
        at=at,
    )
    offer.gift_payment_id = payment_id
    offer.save(update_fields=["gift_payment"])
    note_step(offer, "", by, at, became="gift")
    record_audit(by=by, at=at, operation="give_to_charity", on=offer)
    return payment_id


@transaction.atomic
def choose_charity(*, offer_id: UUID, charity_id: UUID, by: Viewer, at: datetime) -> None:
    """Say which of our partners the charity is that somebody named in their own words."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check(offer.given_pence > 0 and offer.charity_id is None, "No charity waits to be found for this work.")
    offer.charity_id = charity_id
    offer.save(update_fields=["charity"])
    record_audit(by=by, at=at, operation="choose_charity", on=offer)


def _hold_claim(offer_id: UUID, by: Viewer, at: datetime) -> ServiceClaim:
    """Return the claim of an offer that is being filled in, begun where there is none; its offer is held."""
    offer = lock_own_offer(offer_id, by)
    check(offer.state in OPEN_TO_CLAIM, _("There is nothing to claim for this work."))
    if offer.agreement_id is None:
        raise Refused(_("The agreement for this work comes first. As soon as it is signed you can claim."))
    claim = offer.claims.filter(state__in=ServiceClaim.OPEN).first()
    if claim is None:
        return ServiceClaim.objects.create(offer=offer, begun_at=at)
    check(
        claim.state != State.SENT,
        _("Your claim is being checked. You can add to it if it comes back, or claim again after."),
    )
    return claim


def _hold_sent(claim_id: UUID, by: Viewer) -> ServiceClaim:
    """Return a claim that waits to be checked; it and its offer are held until the transaction ends."""
    visible = ServiceClaim.objects.for_viewer(by).filter(id=claim_id).values("id")
    claim = (
        ServiceClaim.objects.select_for_update(of=("self",))
        .select_related("offer")
        .filter(id__in=visible)
        .first()
    )
    if claim is None:
        raise Refused("There is no such claim, or it is not yours to see.")
    check(claim.state == State.SENT, "Somebody checked this claim already, or sent it back.")
    return claim


def _sum_lines(lines: "QuerySet[ExpenseLine]") -> int:
    return lines.aggregate(total=Sum("amount_pence"))["total"] or 0


def _plan(claim: ServiceClaim, category: str, amount_pence: int, at: datetime) -> PaymentPlan:
    offer = claim.offer
    claimed_on = timezone.localdate(claim.sent_at or at)
    is_themselves = offer.capacity == ServiceOffer.Capacity.THEMSELVES
    words = "Fee" if category == "fee" else "Expenses"
    if offer.agreement_id is None:
        raise Refused("There is no agreement for this work, so nothing can be paid.")
    return PaymentPlan(
        agreement_id=offer.agreement_id,
        category=category,
        description=f"{words}: {offer.title}",
        due_on=claimed_on + timedelta(days=get_payment_terms(claimed_on).pay_within_days),
        organisation_id=None if is_themselves else offer.organisation_id,
        person_id=offer.person_id if is_themselves else None,
        amount_pence=amount_pence,
        currency=offer.currency,
        source_kind=CLAIM,
        source_id=claim.id,
        claimed_on=claimed_on,
    )
