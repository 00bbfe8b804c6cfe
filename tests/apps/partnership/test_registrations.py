"""Places at events: asked for, waited for, offered, given back; calendars that follow; what is erased."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import override_settings
from icalendar import Calendar

from alongside.apps.base.models import Job
from alongside.apps.base.operations.jobs import claim_job
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused, Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.partnership.models import CalendarFeed, Event, Registration
from alongside.apps.partnership.operations import feeds
from alongside.apps.partnership.operations.event_moves import move_event
from alongside.apps.partnership.operations.events import change_event
from alongside.apps.partnership.operations.feeds import end_feed, open_feed
from alongside.apps.partnership.operations.registrations import (
    accept_offer,
    end_offers,
    give_back,
    list_events_with_late_offers,
    register_for_somebody,
    register_guest,
    register_self,
)
from alongside.apps.partnership.operations.telling_guests import write_to_guest
from alongside.apps.partnership.queries.attending import (
    find_feed_owner,
    has_feed,
    list_open_events,
    make_own_feed,
    make_public_feed,
)
from alongside.apps.partnership.queries.registrations import (
    find_by_code,
    get_opened_place,
    get_own_registration,
    get_waiting_number,
    list_guests,
    list_own_places,
    list_registrations,
    make_place_lines,
    summarise_needs,
)
from alongside.apps.people.operations.needs import add_need
from alongside.apps.people.queries.needs import NeedSubject
from alongside.apps.people.rules.needs import NeedTerms
from tests.factories.events import PLAN, guest_terms, make_event, make_guest
from tests.factories.partners import make_organisation, make_partner_user
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


def work(at: datetime) -> None:
    """Do the next job, as the worker does at a moment."""
    claimed = claim_job(clock=lambda: at)
    assert claimed is not None
    resolve(registry.job_kinds[claimed.kind].handler)(claimed)


def state_of(registration: Registration) -> str:
    return Registration.objects.get(id=registration.id).state


def test_the_last_place_is_held_and_the_next_waits(event: Event) -> None:
    first, code = make_guest(event)
    second, _code = make_guest(event, "Bea Example", LATER)
    third, _code = make_guest(event, "Cy Example", LATER + timedelta(hours=1))

    assert [state_of(one) for one in (first, second, third)] == ["registered", "waiting", "waiting"]
    assert [get_waiting_number(one) for one in (second, third)] == [1, 2]
    assert Event.objects.get(id=event.id).state == "full"
    found = find_by_code(code.lower())
    assert found is not None
    assert found.id == first.id
    assert find_by_code("WRONG") is None
    assert find_by_code(" - ") is None
    assert get_opened_place(first.id) is not None


def test_the_same_form_sent_twice_keeps_one_place_under_one_code(event: Event) -> None:
    terms = guest_terms(event)
    code = register_guest(event_id=event.id, terms=terms, by=PUBLIC, at=NOW)

    assert register_guest(event_id=event.id, terms=replace(terms, code=code), by=PUBLIC, at=NOW) == code
    with pytest.raises(Refused):
        register_guest(event_id=event.id, terms=terms, by=PUBLIC, at=NOW)
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": ""}, "email"),
        ({"consent_text_id": None}, "agrees"),
        ({"consent_text_id": uuid4()}, "agrees"),
        ({"brings_carer": True}, "brings_carer"),
    ],
)  # fmt: skip
def test_what_a_guest_leaves_out_is_asked_for(event: Event, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_guest(event, **change)
    assert refusal.value.field == field
    assert Registration.objects.count() == 0


def test_nobody_registers_for_what_is_not_open_or_has_begun(lead: Viewer, event: Event) -> None:
    idea = make_event(lead, state="idea")
    for one, at in ((idea, NOW), (event, event.starts_at)):
        with pytest.raises(Refused):
            make_guest(one, at=at)


def test_an_account_registers_once_and_may_come_back(event: Event) -> None:
    patient = make_viewer("patient_partner")
    terms = guest_terms(event)
    first = register_self(event_id=event.id, terms=terms, by=patient, at=NOW)
    assert register_self(event_id=event.id, terms=guest_terms(event), by=patient, at=NOW) == first
    give_back(registration_id=first, by=patient, at=LATER)
    give_back(registration_id=first, by=patient, at=LATER)
    second = register_self(event_id=event.id, terms=guest_terms(event), by=patient, at=LATER)

    assert first != second
    own = get_own_registration(patient, event.id)
    assert own is not None
    assert own.id == second
    assert own.side == "patient"
    assert get_own_registration(PUBLIC, event.id) is None
    assert [one.id for one in list_own_places(patient, NOW)] == [second]
    with pytest.raises(Refused):
        register_self(event_id=event.id, terms=guest_terms(event), by=PUBLIC, at=NOW)


def test_a_free_place_is_offered_to_the_first_who_waits_and_lapses_to_the_next(event: Event) -> None:
    first, _code = make_guest(event)
    second, _code = make_guest(event, "Bea Example", LATER)
    third, _code = make_guest(event, "Cy Example", LATER)
    give_back(registration_id=first.id, by=PUBLIC, at=LATER)
    assert [state_of(one) for one in (first, second, third)] == ["cancelled", "offered", "waiting"]
    assert list_events_with_late_offers(LATER) == []

    assert list_events_with_late_offers(TOO_LATE) == [event.id]
    with pytest.raises(Refused, match="ended"):
        accept_offer(registration_id=second.id, by=PUBLIC, at=TOO_LATE)
    assert end_offers(event_id=event.id, by=SYSTEM, at=TOO_LATE) == 1
    assert [state_of(one) for one in (second, third)] == ["lapsed", "offered"]
    accept_offer(registration_id=third.id, by=PUBLIC, at=TOO_LATE)
    accept_offer(registration_id=third.id, by=PUBLIC, at=TOO_LATE)
    assert state_of(third) == "registered"
    assert end_offers(event_id=event.id, by=SYSTEM, at=TOO_LATE) == 0
    with pytest.raises(Refused):
        accept_offer(registration_id=first.id, by=PUBLIC, at=TOO_LATE)
    with pytest.raises(Refused):
        accept_offer(registration_id=uuid4(), by=PUBLIC, at=TOO_LATE)


def test_the_event_is_open_again_when_nobody_waits_for_the_free_place(event: Event) -> None:
    first, _code = make_guest(event)
    give_back(registration_id=first.id, by=PUBLIC, at=LATER)

    assert Event.objects.get(id=event.id).state == "open"


def test_a_place_given_back_after_the_beginning_is_offered_to_nobody(event: Event) -> None:
    first, _code = make_guest(event)
    second, _code = make_guest(event, "Bea Example", LATER)
    give_back(registration_id=first.id, by=PUBLIC, at=event.starts_at)

    assert state_of(second) == "waiting"


def test_without_a_free_carer_place_somebody_waits_and_others_pass(lead: Viewer) -> None:
    event = make_event(lead, capacity=3, carer_places=1)
    first, _code = make_guest(event, brings_carer=True)
    second, _code = make_guest(event, "Bea Example", LATER, brings_carer=True)
    third, _code = make_guest(event, "Cy Example", LATER)
    assert [state_of(one) for one in (first, second, third)] == ["registered", "waiting", "registered"]
    give_back(registration_id=first.id, by=PUBLIC, at=LATER)
    assert state_of(second) == "offered"


def test_who_runs_events_registers_somebody_who_rang(lead: Viewer, event: Event) -> None:
    terms = guest_terms(event, email="", consent_text_id=None)
    code = register_for_somebody(event_id=event.id, terms=terms, by=lead, at=NOW)
    assert find_by_code(code) is not None
    with pytest.raises(Refused):
        register_for_somebody(event_id=event.id, terms=terms, by=lead, at=NOW)
    with pytest.raises(Refused):
        register_for_somebody(event_id=event.id, terms=terms, by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused):
        register_for_somebody(event_id=event.id, terms=guest_terms(event, " "), by=lead, at=NOW)


def test_what_must_be_arranged_is_summed_up_for_who_runs_events_alone(lead: Viewer) -> None:
    event = make_event(lead, capacity=5, carer_places=2)
    patient = make_viewer("patient_partner")
    terms = NeedTerms("breaks", "must", "team", NOW.date(), NOW.date(), words="Every hour")
    add_need(subject=NeedSubject("person", patient.own_id, is_own=True), terms=terms, by=patient, at=NOW)
    register_self(event_id=event.id, terms=guest_terms(event, dietary="No nuts"), by=patient, at=NOW)
    make_guest(event, needs_words="A chair with arms", dietary="No nuts", brings_carer=True)
    lines = make_place_lines(lead, list_registrations(lead, event.id))
    summary = summarise_needs(lines)

    assert summary.kinds == (("breaks", 1),)
    assert summary.dietary == (("No nuts", 2),)
    assert summary.words == ("A chair with arms", "Every hour")
    assert summary.carers == 1
    assert list_registrations(patient, event.id).count() == 0
    assert make_place_lines(lead, []) == []


def test_each_sees_the_events_that_are_for_them(lead: Viewer) -> None:
    mine, theirs = make_organisation(), make_organisation()
    words: dict[str, Any] = {"acknowledgement": "We hold it together.", "acknowledged_where": "Invitation"}
    common: dict[str, Any] = {"kind": "joint", "visibility": "invited", **words}
    joint = make_event(lead, partner_ids=(mine.id,), title="Ours", **common)
    other = make_event(lead, partner_ids=(theirs.id,), title="Theirs", **common)
    public = make_event(lead, title="Everybody's")
    make_event(lead, title="The team's", visibility="team")

    def seen(viewer: Viewer) -> set[UUID]:
        return {one.id for one in list_open_events(viewer, NOW)}

    assert seen(PUBLIC) == {public.id}
    assert seen(make_partner_user(mine.id)) == {public.id, joint.id}
    assert seen(make_viewer("patient_partner")) == {public.id, joint.id, other.id}
    user = make_partner_user(mine.id)
    with pytest.raises(Refused):
        register_self(event_id=other.id, terms=guest_terms(other), by=user, at=NOW)
    place = register_self(event_id=joint.id, terms=guest_terms(joint), by=user, at=NOW)
    assert Registration.objects.get(id=place).organisation_id == mine.id


def read(feed: bytes) -> list[tuple[str, int, str, str]]:
    return [
        (str(one["UID"]), int(str(one["SEQUENCE"])), str(one["STATUS"]), str(one["SUMMARY"]))
        for one in Calendar.from_ical(feed).walk("VEVENT")
    ]


def test_the_public_calendar_follows_changes_and_cancellations_under_neutral_titles(lead: Viewer) -> None:
    event = make_event(lead, title="A morning about psoriasis", venue="Skin clinic, psoriasis wing")
    make_event(lead, visibility="team")
    (before,) = read(make_public_feed(NOW))
    plan = replace(PLAN, title="A morning about psoriasis", capacity=9)
    change_event(event_id=event.id, plan=plan, reason="", by=lead, at=NOW)
    (after,) = read(make_public_feed(NOW))
    move_event(event_id=event.id, to="cancelled", words="Nobody could come", by=lead, at=NOW)
    (gone,) = read(make_public_feed(NOW))

    assert before == (f"{event.id}@alongside", event.sequence, "CONFIRMED", "Partnership day")
    assert after[:2] == (before[0], before[1] + 1)
    assert gone[:3] == (before[0], before[1] + 2, "CANCELLED")
    assert b"psoriasis" not in make_public_feed(NOW).lower()


def test_ones_own_calendar_holds_ones_own_events_and_drops_what_was_given_back(
    lead: Viewer, event: Event
) -> None:
    patient = make_viewer("patient_partner")
    token = open_feed(by=patient, at=NOW)
    owner = find_feed_owner(token)
    assert owner is not None
    assert owner.own_id == patient.own_id
    assert read(make_own_feed(patient, NOW)) == []
    place = register_self(event_id=event.id, terms=guest_terms(event), by=patient, at=NOW)
    steps = [read(make_own_feed(patient, NOW))]
    give_back(registration_id=place, by=patient, at=NOW)
    steps.append(read(make_own_feed(patient, NOW)))
    register_self(event_id=event.id, terms=guest_terms(event), by=patient, at=NOW)
    steps.append(read(make_own_feed(patient, NOW)))

    assert [one[2] for (one,) in steps] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    sequences = [one[1] for (one,) in steps]
    assert sequences == sorted(set(sequences))
    assert len(read(make_own_feed(lead, NOW))) == 1  # who runs events sees all of them


def test_a_private_calendar_address_is_replaced_and_ended() -> None:
    person = make_viewer("patient_partner")
    first = open_feed(by=person, at=NOW)
    second = open_feed(by=person, at=LATER)
    assert find_feed_owner(first) is None
    assert find_feed_owner(second) is not None
    assert has_feed(person)
    end_feed(by=person, at=LATER)
    end_feed(by=person, at=LATER)
    assert find_feed_owner(second) is None
    assert not has_feed(person)
    assert first not in str(list(CalendarFeed.objects.values()))
    with pytest.raises(Refused):
        open_feed(by=PUBLIC, at=NOW)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", DEMO=False)
def test_letters_to_guests_say_nothing_of_what_or_who(
    event: Event, django_capture_on_commit_callbacks: object
) -> None:
    guest, _code = make_guest(event)
    make_guest(event, "Bea Example", LATER)
    assert [one.id for one in list_guests(event.id, guest.id)] == [guest.id]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        write_to_guest(guest)
    guest.email = ""
    assert write_to_guest(guest) is False
    for word in ("Living", "Ann", event.neutral_title, str(event.id)):
        assert word not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"


def test_the_worker_ends_late_offers_and_writes_to_those_who_are_next(event: Event) -> None:
    first, _code = make_guest(event)
    make_guest(event, "Bea Example", LATER)
    give_back(registration_id=first.id, by=PUBLIC, at=LATER)
    work(TOO_LATE)
    job = Job.objects.get(kind="partnership.tell_guests")
    assert (job.state, job.result["people"]) == ("done", 1)
    Job.objects.create(kind="partnership.look_at_offers", created_at=NOW, run_after=NOW)
    work(TOO_LATE)
    assert Job.objects.get(kind="partnership.look_at_offers").result == {"ended": 1}


def test_two_windows_that_make_an_address_at_once_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_viewer("patient_partner")
    open_feed(by=person, at=NOW)
    monkeypatch.setattr(feeds, "_end", lambda _by, _at: 0)  # the other window has not been seen yet
    with pytest.raises(Refused, match="another window"):
        open_feed(by=person, at=NOW)
    assert CalendarFeed.objects.filter(ended_at=None).count() == 1


def test_more_registrations_at_once_than_people_send_are_asked_to_wait(
    event: Event,
) -> None:
    from_now = NOW
    Registration.objects.bulk_create(
        Registration(
            event=event, subject_id=uuid4(), side="public", name="x", state="waiting", request_key=uuid4(),
            created_at=from_now, changed_at=from_now, code_sha256=uuid4().hex,
        )
        for _number in range(60)
    )  # fmt: skip
    with pytest.raises(Refused, match="ten minutes"):
        make_guest(event)
