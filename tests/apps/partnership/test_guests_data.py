"""What guests of events are told we hold, and how it goes: found, erased, emptied and still counted."""

from datetime import timedelta

import pytest

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import CalendarFeed, Event, Registration
from alongside.apps.partnership.operations.event_personal import erase
from alongside.apps.partnership.operations.feeds import open_feed
from alongside.apps.partnership.operations.registrations import (
    register_self,
)
from alongside.apps.partnership.queries import event_personal
from alongside.apps.partnership.queries.registrations import (
    find_by_code,
)
from tests.factories.events import guest_terms, make_event, make_guest
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
TOO_LATE = NOW + timedelta(days=3)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def event(lead: Viewer) -> Event:
    return make_event(lead, capacity=1)


def test_somebody_is_found_told_and_erased_and_their_place_goes_to_the_next(event: Event) -> None:
    guest, code = make_guest(event, needs_words="A chair with arms")
    waiting, _code = make_guest(event, "Bea Example", LATER)
    (match,) = event_personal.find("ANN@example.org", "")
    assert event_personal.find("", "ann ex") == [match]
    assert event_personal.find("", " ") == []
    assert event_personal.find_by_code(code) == [match]
    subject = Subject(speaker_ids=frozenset({match.id}))
    assert event_personal.names(subject) == {"Ann Example", "ann@example.org"}
    (record,) = event_personal.collect(subject)
    assert "A chair with arms" in str(record.fields)

    for _twice in range(2):
        rows = {one.table: one for one in erase(subject, by=SYSTEM, at=LATER)}
    assert rows["partnership_registration"].kept == 1
    guest.refresh_from_db()
    assert (guest.name, guest.email, guest.needs_words) == ("", "", "")
    assert Registration.objects.get(id=waiting.id).state == "offered"
    assert find_by_code(code) is None


def test_whoever_came_is_emptied_and_still_counted(event: Event, lead: Viewer) -> None:
    guest, _code = make_guest(event)
    Registration.objects.filter(id=guest.id).update(state="attended")
    erase(Subject(speaker_ids=frozenset({guest.subject_id})), by=SYSTEM, at=LATER)
    guest.refresh_from_db()
    assert (guest.state, guest.name) == ("attended", "")


def test_an_account_is_told_of_its_places_feeds_and_work(lead: Viewer, event: Event) -> None:
    register_self(event_id=event.id, terms=guest_terms(event), by=lead, at=NOW)
    open_feed(by=lead, at=NOW)
    subject = Subject(person_ids=frozenset({lead.own_id}))
    assert {one.table for one in event_personal.collect(subject)} == {
        "partnership_registration", "partnership_calendar_feed", "partnership_event",
    }  # fmt: skip
    erase(subject, by=SYSTEM, at=LATER)
    assert CalendarFeed.objects.count() == 0
