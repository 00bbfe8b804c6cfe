"""Pages of events and joint projects: the whole way on foot, and what each page must not show."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC
from alongside.apps.partnership.models import Event, JointProject, Registration
from alongside.apps.partnership.operations.event_moves import move_event
from alongside.apps.partnership.operations.registrations import give_back
from alongside.apps.people.models import Person
from alongside.apps.people.queries import get_viewer
from tests.factories.events import hold, make_event, make_guest, make_project, name_agreement
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.django_db
DAY = {"day_day": "3", "day_month": "12", "day_year": "2027"}
PLAN = {
    "title": "A morning together", "neutral_title": "Partnership day", "kind": "own", "purpose": "To learn.",
    "starts": "10:00", "ends": "12:00", "place": "in_person", "venue": "The Corn Hall", "venue_reason": "Step-free",
    "access_plan": "Step-free", "capacity": "1", "carer_places": "0", "visibility": "public", **DAY,
}  # fmt: skip


def sign_in(person_id: UUID | None) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=person_id))
    return client


@pytest.fixture
def lead() -> Person:
    return make_person("engagement_lead")


@pytest.fixture
def staff(lead: Person) -> Client:
    return sign_in(lead.id)


def post(client: Client, page: str, /, *ids: object, **data: object) -> str:
    answer = client.post(reverse(page, args=ids), data)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return str(answer["Location"])


def read(client: Client, name: str, *ids: object) -> str:
    answer = client.get(reverse(name, args=ids))
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(body).decode()


def test_an_event_goes_from_an_idea_to_its_report_on_foot(staff: Client) -> None:
    where = post(staff, "events:new", **PLAN)
    event = Event.objects.get()
    assert where == reverse("events:event", args=[event.id])
    post(
        staff,
        "events:agenda",
        event.id,
        starts="10:00",
        ends="11:00",
        title="Talk",
        is_educational="on",
        **DAY,
    )
    post(staff, "events:agenda", event.id, starts="11:00", ends="12:00", title="Tea", **DAY)
    post(staff, "events:costs", event.id, category="food", words="Tea and cake", per_head="4.50")
    assert "£4.50" in read(staff, "events:costs", event.id)
    assert "Partnership day" in read(staff, "events:event", event.id)
    post(staff, "events:move", event.id, "approved")
    post(staff, "events:move", event.id, "open")

    # A guest without an account asks for the last place, another waits
    guest, other = Client(), Client()
    assert "A morning together" in read(guest, "attend:list")
    codes = []
    for client, name in ((guest, "Ann Example"), (other, "Bea Example")):
        page = client.get(reverse("attend:register", args=[event.id])).content.decode()
        key = page.split('name="key" value="')[1].split('"')[0]
        words = {"name": name, "email": "a@example.org", "agrees": "on", "key": key, "dietary": "No nuts"}
        refused = client.post(
            reverse("attend:register", args=[event.id]), {**words, "website": "x", "agrees": ""}
        )
        assert "Tick the box if you agree" in refused.content.decode()
        post(client, "attend:register", event.id, **words)
        codes.append(client.session[f"placed-{event.id}"])
        assert codes[-1] in read(client, "attend:registered", event.id)
    first, second = Registration.objects.order_by("created_at", "id")
    assert [first.state, second.state] == ["registered", "waiting"]

    # The place is given back with the code, and the other takes it
    assert "do not know this code" in guest.post(reverse("attend:place"), {"code": "nope"}).content.decode()
    fresh = Client()
    assert fresh.post(reverse("attend:give_back", args=[first.id])).status_code == 404
    post(fresh, "attend:place", code=codes[0])
    post(fresh, "attend:give_back", first.id)
    post(other, "attend:place", code=codes[1])
    assert "A place came free for you" in read(other, "attend:place")
    post(other, "attend:accept", second.id)
    second.refresh_from_db()
    assert second.state == "registered"

    # It is held, who came is written down, and it is reported
    page = read(staff, "events:registrations", event.id)
    assert "Bea Example" in page
    assert "No nuts" in page
    assert AuditLine.objects.filter(operation="read_registrations").exists()
    assert "Bea Example" in read(staff, "events:export_registrations", event.id, "csv")
    Event.objects.filter(id=event.id).update(
        starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1)
    )
    post(staff, "events:move", event.id, "held")
    post(staff, "events:mark", event.id, second.id, "came")
    cost = event.costs.get()
    wrong = staff.post(
        reverse("events:report", args=[event.id]), {"what_happened": "We met", f"cost_{cost.id}": "6"}
    )
    assert "More than was agreed" in wrong.content.decode()
    post(
        staff,
        "events:report",
        event.id,
        what_happened="We met",
        costs_because="More cake",
        **{f"cost_{cost.id}": "6"},
    )
    assert "£6" in read(staff, "events:event", event.id)
    post(staff, "events:move", event.id, "closed")
    assert "Bea Example" not in read(staff, "events:registrations", event.id)


def test_a_blocked_step_keeps_what_was_typed_and_says_what_would_unblock_it(staff: Client) -> None:
    wrong = {**PLAN, "neutral_title": "Psoriasis evening", "starts": "25:99"}
    page = staff.post(reverse("events:new"), wrong).content.decode()
    assert "hours and minutes" in page
    assert "Psoriasis evening" in page
    page = staff.post(reverse("events:new"), {**wrong, "starts": "10:00"}).content.decode()
    assert "Choose neutral words" in page
    assert "A morning together" in page
    post(staff, "events:new", **{**PLAN, "venue_reason": ""})
    event = Event.objects.get()
    assert "Say why this venue" in read(staff, "events:event", event.id)
    post(staff, "events:move", event.id, "approved")
    page = staff.post(reverse("events:move", args=[event.id, "open"])).content.decode()
    assert "Nothing is on the agenda" in page
    assert staff.get(reverse("events:move", args=[event.id, "reported"])).status_code == 404


def test_the_public_page_says_who_supports_it_and_carries_structured_data(lead: Person) -> None:
    group = make_organisation("Second Stair").id
    words = {"acknowledgement": "Merrowdale pays for the hall.", "acknowledged_where": "Invitation"}
    event = make_event(get_viewer(lead), kind="sponsored", partner_ids=(group,), **words)
    client = Client()
    page = read(client, "attend:event", event.id)
    assert "Merrowdale pays for the hall." in page
    assert 'itemtype="https://schema.org/Event"' in page
    assert "ld+json" not in page
    data = json.loads(read(client, "attend:data", event.id))
    assert (data["@type"], data["organizer"][0]["name"]) == ("Event", "Second Stair")
    assert data["sponsor"]
    assert data["startDate"].endswith("+00:00")
    for name in ("attend:feed",):
        assert len(Calendar.from_ical(read(client, name)).walk("VEVENT")) == 1
    assert "SUMMARY:Partnership day" in read(client, "attend:file", event.id)
    move_event(event_id=event.id, to="cancelled", words="Flooded", by=get_viewer(lead), at=NOW)
    assert "Flooded" in read(client, "attend:event", event.id)
    assert "EventCancelled" in read(client, "attend:data", event.id)


def test_an_account_registers_follows_its_calendar_and_ends_the_address(lead: Person) -> None:
    event = make_event(
        get_viewer(lead), visibility="invited", place="online", venue="", joining="Ring 01632 960123"
    )
    client = sign_in(make_person("patient_partner").id)
    assert "01632 960123" not in read(client, "attend:event", event.id)
    page = read(client, "attend:register", event.id)
    post(client, "attend:register", event.id, key=page.split('name="key" value="')[1].split('"')[0])
    assert "01632 960123" in read(client, "attend:event", event.id)
    assert "01632 960123" in read(client, "attend:place")
    post(client, "attend:make_feed")
    address = read(client, "attend:calendar").split("8000/events/calendar/")[1].split(".ics")[0]
    assert address not in read(client, "attend:calendar")
    assert "Partnership day" in read(Client(), "attend:own_feed", address)
    post(client, "attend:stop_feed")
    assert Client().get(reverse("attend:own_feed", args=[address])).status_code == 404
    assert Client().get(reverse("attend:event", args=[event.id])).status_code == 404


def test_a_joint_project_goes_its_way_on_foot_with_its_partner(staff: Client) -> None:
    group = make_organisation("Side Door")
    user = sign_in(make_partner_user(group.id).person_id)
    days = {f"{name}_{part}": value for name, year in (("starts_on", "2026"), ("ends_on", "2028"))
            for part, value in (("day", "1"), ("month", "12"), ("year", year))}  # fmt: skip
    post(staff, "projects:new", title="A diary", patient_benefit="It fits", partners=str(group.id), **days)
    project = JointProject.objects.get()
    assert user.get(reverse("ours:project", args=[project.id])).status_code == 404
    post(staff, "projects:move", project.id, "co_design")
    post(staff, "projects:aim", project.id, words="Fits a pocket")
    for side in ("ours", str(group.id)):
        post(
            staff,
            "projects:contribution",
            project.id,
            side=side,
            kind="money",
            words="Printing",
            amount="120",
        )
    assert "A diary" in read(user, "ours:projects")
    aim = project.aims.get()
    assert "We agree to this aim" in read(user, "ours:project", project.id)
    post(user, "ours:agree_aim", project.id, aim.id)
    post(staff, "projects:move", project.id, "agreed")
    assert "public before the work begins" in read(staff, "projects:project", project.id)
    page = staff.post(reverse("projects:move", args=[project.id, "running"])).content.decode()
    assert "public before the work begins" in page
    assert "formal written agreement" in page
    post(staff, "projects:summary", project.id, summary="We make a diary together.")
    assert "We make a diary together." in read(Client(), "projects:public", project.id)
    assert "£120" in read(Client(), "projects:public", project.id)
    name_agreement("project", project.id, group.id)
    post(staff, "projects:move", project.id, "running")
    post(staff, "projects:measure", project.id, outcome="Fewer lost", measure="Count", target="None")
    when = {"on_day": "1", "on_month": "11", "on_year": "2026"}
    post(staff, "projects:result", project.id, project.measures.get().id, result="Two lost", **when)
    held = {"held_on_day": "1", "held_on_month": "11", "held_on_year": "2026"}
    post(staff, "projects:meeting", project.id, notes="Ours alone", decisions="Go on", **held)
    post(staff, "projects:evaluation", project.id, aim="Why we did it")
    assert "Why we did it" in read(staff, "projects:evaluation_print", project.id)
    page = read(user, "ours:project", project.id)
    assert "Go on" in page
    assert "Ours alone" not in page
    assert "Two lost" in page
    assert read(user, "ours:events")
    assert "A diary" in read(staff, "projects:export", "csv")


@pytest.mark.parametrize("name", ["events:list", "projects:list", "events:registrations", "attend:list"])
def test_a_page_asks_no_more_of_the_database_with_more_rows(staff: Client, lead: Person, name: str) -> None:
    by = get_viewer(lead)
    event = make_event(by, capacity=500)
    args = [event.id] if name == "events:registrations" else []

    def grow(number: int) -> int:
        for one in range(number):
            if name == "projects:list":
                make_project(by, make_organisation().id, title=f"Diary {one}")
            elif args:
                make_guest(event, f"Ann{one} Example", at=NOW + timedelta(minutes=20 * one))
            else:
                make_event(
                    by,
                    state="open" if name == "attend:list" else "idea",
                    partner_ids=(make_organisation().id,),
                )
        with CaptureQueriesContext(connection) as seen:
            staff.get(reverse(name, args=args))
        return len(seen)

    assert grow(3) == grow(12)


def test_lists_say_what_to_do_when_they_are_empty(staff: Client) -> None:
    assert "No events yet" in read(staff, "events:list")
    assert "No joint projects yet" in read(staff, "projects:list")
    assert "Nothing is on right now" in read(Client(), "attend:list")
    answer = staff.get(reverse("events:list"), {"state": "open", "partner": "no-id"})
    assert "No event fits these filters" in answer.content.decode()


def test_held_events_and_offers_stand_in_the_day(lead: Person, staff: Client) -> None:
    by = get_viewer(lead)
    event = make_event(by, capacity=1)
    place, _code = make_guest(event)
    give_back(registration_id=place.id, by=PUBLIC, at=NOW)
    hold(make_event(by), by)
    assert staff.get(reverse("home:start")).status_code == 200
