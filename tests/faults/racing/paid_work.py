"""Races about paid work: places of a need, rate cards of one scheme, a claim that is sent and checked."""

from datetime import timedelta
from itertools import count
from uuid import UUID

from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.models import Payment, RateCard, ServiceClaim, ServiceOffer
from alongside.apps.partnership.operations.services.answers import accept_offer, record_notice_shown
from alongside.apps.partnership.operations.services.claims import check_claim, send_claim
from alongside.apps.partnership.operations.services.rates import add_rate_card
from alongside.apps.partnership.rules.services import CardTerms, Choice, LineWords
from tests.factories.paid_work import (
    TODAY,
    make_claim,
    make_done,
    make_lead,
    make_need,
    make_offer,
    make_patient,
)
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of

PLACES = 3
_numbers = count(1)


def _offered() -> Given:
    lead = make_lead()
    need_id = make_need(lead, most=PLACES)
    given = {"need": str(need_id)}
    for place in range(RACERS):
        person = make_patient(f"Person {place}")
        offer_id = make_offer(lead, person, need_id=need_id)
        record_notice_shown(offer_id=offer_id, by=person, at=AT)
        given |= {f"person{place}": str(person.own_id), f"offer{place}": str(offer_id)}
    return given


def _accept(given: Given, place: int) -> None:
    by = viewer_of(given, f"person{place}")
    accept_offer(offer_id=as_id(given, f"offer{place}"), choice=Choice("all"), by=by, at=AT)


def _count_yes(given: Given) -> str:
    found = ServiceOffer.objects.filter(need_id=as_id(given, "need"), state="accepted").count()
    return differs("people who said yes", found, PLACES)


def _scheme() -> Given:
    return {"scheme": f"Raced {next(_numbers)} {UUID(int=next(_numbers))}"[:60]}


def _add_card(given: Given, place: int) -> None:
    first = TODAY + timedelta(days=place)
    lines = (LineWords("hour", "An hour", 2750),)
    terms = CardTerms(given["scheme"], f"Card {place}", "us.example", first, None, lines)
    add_rate_card(terms=terms, by=SYSTEM, at=AT)


def _count_cards(given: Given) -> str:
    return differs("cards", RateCard.objects.filter(scheme__name=given["scheme"]).count(), 1)


def _done() -> Given:
    person = make_patient()
    return {"offer": str(make_done(make_lead(), person)), "by": str(person.own_id)}


def _sent() -> Given:
    lead = make_lead()
    offer_id, claim_id = make_claim(lead, make_patient())
    return {"offer": str(offer_id), "claim": str(claim_id), "by": str(lead.own_id)}


RACES = (
    Race("no more people than are needed", _offered, _accept, _count_yes, PLACES),
    Race("one rate card of a scheme on one day", _scheme, _add_card, _count_cards, 1),
    Race(
        "a claim sent once",
        _done,
        lambda given, _: send_claim(offer_id=as_id(given, "offer"), by=viewer_of(given), at=AT),
        lambda given: differs(
            "claims", ServiceClaim.objects.filter(offer_id=as_id(given, "offer")).count(), 1
        ),
        1,
    ),
    Race(
        "a claim checked once and paid once",
        _sent,
        lambda given, _: check_claim(claim_id=as_id(given, "claim"), seen=[], by=viewer_of(given), at=AT),
        lambda given: differs("payments", Payment.objects.filter(source_id=as_id(given, "claim")).count(), 2),
        1,
    ),
)
