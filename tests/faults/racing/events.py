"""Races about places at events: the last one, one that came free, the same form twice."""

from uuid import UUID, uuid4

from alongside.apps.base.rules import PUBLIC, SYSTEM
from alongside.apps.partnership.models import CalendarFeed, Event, Registration
from alongside.apps.partnership.operations.feeds import open_feed
from alongside.apps.partnership.operations.registrations import (
    accept_offer,
    end_offers,
    give_back,
    register_guest,
)
from tests.factories.events import guest_terms, make_event, make_guest
from tests.factories.insight import as_person, make_lead
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of


def _event(capacity: int = 1) -> Event:
    return make_event(make_lead(), capacity=capacity, at=AT)


def _one_place() -> Given:
    return {"event": str(_event().id)}


def _ask(given: Given, place: int) -> None:
    event = Event.objects.get(id=as_id(given, "event"))
    register_guest(event_id=event.id, terms=guest_terms(event, f"Ann{place} Example"), by=PUBLIC, at=AT)


def _held(given: Given) -> str:
    found = Registration.objects.filter(event_id=as_id(given, "event"))
    held = differs("places held", found.filter(state__in=Registration.HOLD).count(), 1)
    waiting = differs("people waiting", found.filter(state="waiting").count(), RACERS - 1)
    state = differs("state", Event.objects.get(id=as_id(given, "event")).state, "full")
    return held or waiting or state


def _one_form() -> Given:
    return {"event": str(_event().id), "key": str(uuid4()), "code": "ACDE-FGHJ-KLMN-PQRT"}


def _ask_once(given: Given, _place: int) -> None:
    event = Event.objects.get(id=as_id(given, "event"))
    terms = guest_terms(event, request_key=UUID(given["key"]), code=given["code"] + given["key"])
    register_guest(event_id=event.id, terms=terms, by=PUBLIC, at=AT)


def _kept_once(given: Given) -> str:
    return differs("places", Registration.objects.filter(event_id=as_id(given, "event")).count(), 1)


def _full_with_queue() -> Given:
    event = _event(capacity=2)
    names = [f"Ann{number} Example" for number in range(6)]
    ids = [make_guest(event, name, at=AT)[0].id for name in names]
    return {"event": str(event.id), **{str(number): str(one) for number, one in enumerate(ids)}}


def _give_back_or_take(given: Given, place: int) -> None:
    """Two give their places back, the others take what is offered to them, at one moment."""
    one = as_id(given, str(place % 6))
    if place % 6 < 2:
        give_back(registration_id=one, by=PUBLIC, at=AT)
    elif place % 6 == 5:
        end_offers(event_id=as_id(given, "event"), by=SYSTEM, at=AT)
    else:
        accept_offer(registration_id=one, by=PUBLIC, at=AT)


def _never_more_than_there_are(given: Given) -> str:
    found = Registration.objects.filter(event_id=as_id(given, "event"))
    return differs("places held", found.filter(state__in=Registration.HOLD).count(), 2)


def _person() -> Given:
    return {"by": str(as_person(make_lead()).id)}


def _feeds(given: Given) -> str:
    return differs(
        "feeds", CalendarFeed.objects.filter(person_id=as_id(given, "by"), ended_at=None).count(), 1
    )


RACES = (
    Race("the last place at an event", _one_place, _ask, _held, RACERS),
    Race("one form, one place", _one_form, _ask_once, _kept_once, RACERS),
    Race(
        "places given back and taken at once",
        _full_with_queue,
        _give_back_or_take,
        _never_more_than_there_are,
        None,
    ),
    Race(
        "one calendar address a person",
        _person,
        lambda given, _: open_feed(by=viewer_of(given), at=AT),
        _feeds,
        None,
    ),
)
