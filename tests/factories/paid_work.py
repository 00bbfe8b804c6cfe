"""Needs, offers and claims, made through the operations where a state matters."""

from datetime import date, timedelta
from uuid import UUID

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import (
    ExpenseLine,
    RateCard,
    RateScheme,
    ServiceClaim,
    ServiceNeed,
    ServiceOffer,
)
from alongside.apps.partnership.operations.services.answers import accept_offer, record_notice_shown
from alongside.apps.partnership.operations.services.claims import add_expense, check_claim, send_claim
from alongside.apps.partnership.operations.services.needs import approve_need, write_need
from alongside.apps.partnership.operations.services.offers import finish_work, offer_work, start_work
from alongside.apps.partnership.rules.services import Choice, LineTerms, NeedTerms, OfferTerms
from alongside.apps.people.models import Person
from tests.factories.agreements import make_agreement
from tests.factories.numbers import make_numbers
from tests.factories.people import NOW, make_viewer

TODAY = NOW.date()
SOON = timedelta(days=14)
ALL = Choice("all")
_numbers = make_numbers()


def need_terms(
    title: str = "Read a leaflet", most: int = 3, what: str = "Two people to read a leaflet."
) -> NeedTerms:
    """Return a need as somebody would write it."""
    return NeedTerms(
        title, what, "So that it is clear.", "Lives with the condition.", "Ruth, who ran ten reviews.", most
    )


def offer_terms(person_id: UUID, **more: object) -> OfferTerms:
    """Return an offer as somebody would write it: £55 for two hours."""
    known: dict[str, object] = {
        "person_id": person_id,
        "capacity": "themselves",
        "standing": "patient",
        "title": "Read a leaflet with us",
        "ask": "Please read four pages and mark what is not clear.",
        "time_words": "about two hours, at home",
        "starts_on": TODAY,
        "ends_on": TODAY + SOON,
        "answer_by": TODAY,
        "fee_pence": 5500,
        "fee_reason": "Two hours with preparation",
        "expenses": "Travel and a sitter",
        "expenses_most_pence": 10_000,
    }
    return OfferTerms(**{**known, **more})  # type: ignore[arg-type]


def make_need(by: Viewer, *, most: int = 3, is_approved: bool = True, title: str = "") -> UUID:
    """Return a need written by one and approved by another."""
    made = write_need(terms=need_terms(title or f"Read a leaflet {next(_numbers)}", most), by=by, at=NOW)
    if is_approved:
        approve_need(need_id=made, by=SYSTEM, at=NOW)
    return made


def make_offer(by: Viewer, person: Viewer, *, need_id: UUID | None = None, **more: object) -> UUID:
    """Return an offer nobody answered yet."""
    terms = offer_terms(person.own_id, **more)
    return offer_work(terms=terms, need_id=need_id or make_need(by), by=by, at=NOW, on=TODAY)


def say_yes(person: Viewer, offer_id: UUID, choice: Choice = ALL) -> None:
    """Let somebody read the notice and say yes."""
    record_notice_shown(offer_id=offer_id, by=person, at=NOW)
    accept_offer(offer_id=offer_id, choice=choice, by=person, at=NOW)


def give_agreement(offer_id: UUID, *, state: str = "active", starts_on: date = date(2026, 1, 1)) -> None:
    """Put an agreement in the state asked for under an offer."""
    offer = ServiceOffer.objects.get(id=offer_id)
    agreement = make_agreement(
        kind="service",
        capacity=offer.capacity,
        person_id=offer.person_id,
        organisation_id=offer.organisation_id,
        state=state,
        starts_on=starts_on,
        title=offer.title,
        amount_pence=(offer.taken_pence or 0) + (offer.expenses_most_pence or 0) or None,
    )
    ServiceOffer.objects.filter(id=offer_id).update(agreement_id=agreement.id)
    NeededPaper = offer._meta.apps.get_model("agreements", "NeededPaper")
    NeededPaper.objects.filter(subject_id=offer_id).update(agreement_id=agreement.id)


def make_done(by: Viewer, person: Viewer, choice: Choice = ALL, **more: object) -> UUID:
    """Return an offer whose work is done."""
    offer_id = make_offer(by, person, **more)  # type: ignore[arg-type]
    say_yes(person, offer_id, choice)
    give_agreement(offer_id)
    start_work(offer_id=offer_id, by=by, at=NOW, on=TODAY)
    finish_work(offer_id=offer_id, done_on=TODAY, by=by, at=NOW, on=TODAY)
    return offer_id


def line_terms(**more: object) -> LineTerms:
    """Return an expense as somebody would type it."""
    known: dict[str, object] = {
        "kind": "travel",
        "happened_on": TODAY,
        "words": "Train to Larkmoor and back",
        "amount_pence": 1240,
        "has_receipt": True,
    }
    return LineTerms(**{**known, **more})  # type: ignore[arg-type]


def make_claim(by: Viewer, person: Viewer, choice: Choice = ALL) -> tuple[UUID, UUID]:
    """Return an offer and its claim of the fee and a train fare, sent."""
    offer_id = make_done(by, person, choice)
    add_expense(offer_id=offer_id, terms=line_terms(), by=person, at=NOW, on=TODAY)
    return offer_id, send_claim(offer_id=offer_id, by=person, at=NOW)


def make_checked(by: Viewer, person: Viewer, choice: Choice = ALL) -> tuple[UUID, list[UUID]]:
    """Return an offer and the payments that were asked for under it."""
    offer_id, claim_id = make_claim(by, person, choice)
    return offer_id, check_claim(claim_id=claim_id, seen=[], by=by, at=NOW)


def make_lead(name: str = "Ruth Adeyemi") -> Viewer:
    """Return somebody who offers work."""
    return make_viewer("engagement_lead", name=name)


def make_patient(name: str = "Farah Lodhi") -> Viewer:
    """Return somebody who takes paid work."""
    return make_viewer("patient_partner", name=name)


PAID_WORK = ("service_need_id", "offer_id", "claim_id", "expense_id", "card_id")


def make_paid_work(person: Person) -> dict[str, UUID]:
    """Return one of everything about one person's paid work, written straight to the tables."""
    number = next(_numbers)
    need = ServiceNeed.objects.create(
        reference=f"NE-TEST-{number}", title="Read a leaflet", what="x", why="x", criteria="x", selector="x",
        most_people=2, state="approved", written_at=NOW, approved_at=NOW,
    )  # fmt: skip
    offer = ServiceOffer.objects.create(
        reference=f"OF-TEST-{number}", need=need, person=person, capacity="themselves", standing="patient",
        title="Read a leaflet with us", ask="Please read.", time_words="two hours", fee_pence=5500, taken_pence=2000,
        given_pence=3500, charity_name="Halfpenny", notice_version="benefits/1", starts_on=TODAY, ends_on=TODAY,
        answer_by=TODAY, state="done", done_on=TODAY, offered_at=NOW, answered_at=NOW,
    )  # fmt: skip
    claim = ServiceClaim.objects.create(offer=offer, state="sent", fee_pence=2000, begun_at=NOW, sent_at=NOW)
    line = ExpenseLine.objects.create(
        claim=claim, kind="travel", happened_on=TODAY, words="Train", amount_pence=1240, added_at=NOW
    )
    scheme = RateScheme.objects.create(name=f"Scheme {number}", created_at=NOW)
    card = RateCard.objects.create(
        scheme=scheme, title="Rates", source="us.example", valid_from=TODAY, added_at=NOW
    )
    made = (need.id, offer.id, claim.id, line.id, card.id)
    return dict(zip(PAID_WORK, made, strict=True))
