"""Offers: made under an approved need, answered after the notice, worked only once the paper is in force."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.agreements.operations import AgreementPlan, draft_agreement, give_paper, need_paper
from alongside.apps.agreements.queries import get_agreement_line
from alongside.apps.agreements.queries.papers import list_paper_fields
from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import check_may_start
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.partnership.models import RateLine, ServiceEvent, ServiceOffer
from alongside.apps.partnership.operations.services.needs import lock_need
from alongside.apps.partnership.operations.services.references import draw_reference
from alongside.apps.partnership.queries.services.people import list_people_to_ask
from alongside.apps.partnership.rules.services import (
    OfferTerms,
    check_can_offer,
    check_fee_fits,
    check_move,
    check_offer,
    check_words,
)
from alongside.apps.people.queries import select_partners

KIND = "service"
PAPER_FIRST = "Work with people needs an agreement that is certified and signed before it begins."
State = ServiceOffer.State


@transaction.atomic
def offer_work(*, terms: OfferTerms, need_id: UUID, by: Viewer, at: datetime, on: date) -> UUID:
    """Offer work to a person under a need that somebody else approved; the need cannot change afterwards."""
    check_may(by, "offer_paid_work")
    need = lock_need(need_id, by)
    accepted = need.offers.filter(state__in=ServiceOffer.TAKEN).count()
    check_can_offer(need_state=need.state, accepted=accepted, most_people=need.most_people)
    check_offer(terms, on=on, standings=ServiceOffer.Standing.values)
    line = _find_line(terms, on)
    line_pence = line.amount_pence if line else None
    check_fee_fits(fee_pence=terms.fee_pence, line_pence=line_pence, reason=terms.fee_reason)
    _check_who(terms, by)
    check(
        not need.offers.filter(person_id=terms.person_id, state__in=ServiceOffer.LIVE).exists(),
        "This person has an offer under this need already.",
        field="person",
    )
    offer = ServiceOffer.objects.create(
        reference=draw_reference("OF", at),
        need=need,
        person_id=terms.person_id,
        organisation_id=terms.organisation_id,
        capacity=terms.capacity,
        standing=terms.standing,
        title=check_words(terms.title, what="a short title", field="title", most=200),
        ask=check_words(terms.ask, what="what you ask", field="ask", most=4000),
        time_words=check_words(terms.time_words, what="how long it takes", field="time_words", most=200),
        support=check_words(terms.support, what="the support", field="support", needed=False),
        expenses=check_words(terms.expenses, what="the expenses", field="expenses", needed=False),
        expenses_most_pence=terms.expenses_most_pence,
        fee_pence=terms.fee_pence,
        rate_line=line,
        fee_reason=check_words(terms.fee_reason, what="the reason", field="fee_reason", needed=False),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        answer_by=terms.answer_by,
        offered_by_id=by.person_id,
        offered_at=at,
    )
    need_paper(subject_kind=KIND, subject_id=offer.id, kinds=("service",), why=PAPER_FIRST, by=by, at=at)
    note_step(offer, "", by, at)
    record_audit(by=by, at=at, operation="offer_work", on=offer, detail={"capacity": terms.capacity})
    return offer.id


@transaction.atomic
def withdraw_offer(*, offer_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Take an offer back, or end work before it is done, with a reason the person reads."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check_move(offer.state, State.WITHDRAWN)
    offer.state = State.WITHDRAWN
    offer.save(update_fields=["state"])
    kept = check_words(words, what="the reason; the person reads it", field="words", most=500)
    note_step(offer, kept, by, at)
    record_audit(by=by, at=at, operation="withdraw_offer", on=offer)


@transaction.atomic
def draft_offer_agreement(*, offer_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Draft the agreement of an accepted offer, with the person or with the organisation they represent."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check(offer.state == State.ACCEPTED, "An agreement follows a yes. This work waits for none.")
    check(offer.agreement_id is None, "There is an agreement for this work already.")
    agreement_id = draft_agreement(plan=_plan_agreement(offer, at.date()), by=by, at=at)
    _put_under(offer, agreement_id, by, at)
    return agreement_id


@transaction.atomic
def use_agreement(*, offer_id: UUID, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Put accepted work under an agreement that is there already, with the very party it must be with."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check(offer.state == State.ACCEPTED, "An agreement follows a yes. This work waits for none.")
    check(offer.agreement_id is None, "There is an agreement for this work already.")
    line = get_agreement_line(by, agreement_id)
    fits = (line.kind, line.capacity, line.person_id, line.organisation_id) == (
        "service",
        offer.capacity,
        offer.person_id,
        offer.organisation_id,
    )
    check(
        fits,
        f"{line.reference} is no service agreement with {offer.payee_name} in this capacity.",
        field="agreement",
    )
    _put_under(offer, agreement_id, by, at)


def _put_under(offer: ServiceOffer, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    offer.agreement_id = agreement_id
    offer.save(update_fields=["agreement"])
    give_paper(subject_kind=KIND, subject_id=offer.id, agreement_id=agreement_id, by=by, at=at)
    record_audit(by=by, at=at, operation="give_offer_its_agreement", on=offer)


@transaction.atomic
def start_work(*, offer_id: UUID, by: Viewer, at: datetime, on: date) -> None:
    """Let work begin: the guards are asked, and the agreement must be in force."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check_move(offer.state, State.WORKING)
    if offer.agreement_id is None:
        raise Refused(
            "There is no agreement for this work yet. Draft it, have it certified and signed, then begin."
        )
    agreement = get_agreement_line(by, offer.agreement_id)
    check(
        agreement.is_in_force,
        f"The agreement {agreement.reference} is “{agreement.state_words}”. Work begins once it is certified and "
        "signed.",
    )
    check_may_start(by, Starting(KIND, offer.id, offer.title, on))
    offer.state = State.WORKING
    offer.save(update_fields=["state"])
    note_step(offer, "", by, at)
    record_audit(by=by, at=at, operation="start_work", on=offer)


@transaction.atomic
def finish_work(*, offer_id: UUID, done_on: date, by: Viewer, at: datetime, on: date) -> None:
    """Write down that the work was done, so that it can be claimed."""
    check_may(by, "offer_paid_work")
    offer = lock_offer(offer_id, by)
    check_move(offer.state, State.DONE)
    check(done_on <= on, "This day is still to come.", field="done_on")
    offer.state, offer.done_on = State.DONE, done_on
    offer.save(update_fields=["state", "done_on"])
    note_step(offer, "", by, at)
    record_audit(by=by, at=at, operation="finish_work", on=offer)


def note_step(offer: ServiceOffer, words: str, by: Viewer, at: datetime, became: str = "") -> None:
    """Write a line into an offer's history; call inside a transaction."""
    ServiceEvent.objects.create(
        offer=offer, became=became or offer.state, words=words, by_id=by.person_id, at=at
    )


def lock_offer(offer_id: UUID, by: Viewer) -> ServiceOffer:
    """Return an offer the viewer may see, held until the transaction ends."""
    visible = ServiceOffer.objects.for_viewer(by).filter(id=offer_id).values("id")
    offer = ServiceOffer.objects.select_for_update().filter(id__in=visible).first()
    if offer is None:
        raise Refused(_("There is no such offer, or it is not yours to see."))
    return offer


def _find_line(terms: OfferTerms, on: date) -> RateLine | None:
    if terms.rate_line_id is None:
        return None
    line = RateLine.objects.select_related("card").filter(id=terms.rate_line_id).first()
    if line is None or line.card.valid_from > on or (line.card.valid_to and line.card.valid_to < on):
        raise Refused("This rate does not hold today. Choose one that does.", field="rate_line")
    return line


def _check_who(terms: OfferTerms, by: Viewer) -> None:
    people = {person_id for person_id, _name in list_people_to_ask(by)}
    check(
        terms.person_id in people,
        "Choose a patient partner, or somebody who speaks for a partner.",
        field="person",
    )
    if terms.organisation_id is not None:
        is_partner = select_partners(by).filter(id=terms.organisation_id).exists()
        check(is_partner, "Name an organisation that is a partner of ours.", field="organisation")


def _plan_agreement(offer: ServiceOffer, on: date) -> AgreementPlan:
    most = (offer.taken_pence or 0) + (offer.expenses_most_pence or 0)
    basis = offer.rate_line.task if offer.rate_line else offer.fee_reason
    is_themselves = offer.capacity == ServiceOffer.Capacity.THEMSELVES
    # What the paper asks is content; what this room can answer of it goes in, and a person writes the rest.
    known = {one.key for one in list_paper_fields(KIND, offer.capacity, on)}
    answers = {
        "services": f"{offer.ask}\n{offer.time_words}",
        "need": offer.need.what,
        "use_made": offer.need.why,
        "selection": f"{offer.need.criteria}\n{offer.need.selector}",
        "payment_basis": basis or "Nothing is paid.",
        "expenses": offer.expenses or "None.",
        "paid_to": "person" if is_themselves else "organisation",
    }
    return AgreementPlan(
        kind="service",
        capacity=offer.capacity,
        title=offer.title,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        organisation_id=offer.organisation_id,
        person_id=offer.person_id,
        amount_pence=most or None,
        currency=offer.currency,
        fields={key: words for key, words in answers.items() if key in known},
    )
