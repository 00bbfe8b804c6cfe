"""Events: planned, changed, opened past the rules of the field, held, reported, closed."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from alongside.apps.agreements.models import CheckResult, NeededPaper
from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Event, EventChange, EventCost, Registration
from alongside.apps.partnership.operations.event_moves import ReportWords, move_event, report_event
from alongside.apps.partnership.operations.events import (
    AgendaTerms,
    add_agenda_item,
    add_cost,
    change_event,
    drop_agenda_item,
    drop_cost,
    plan_event,
)
from alongside.apps.partnership.operations.registrations import mark_attendance
from alongside.apps.partnership.queries.event_day import list_day
from alongside.apps.partnership.queries.events import (
    EventFilters,
    count_places,
    get_event,
    list_event_history,
    list_events,
    sum_costs,
)
from tests.factories.events import PLAN, guest_terms, hold, make_event, make_guest, name_agreement
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def test_an_event_is_planned_and_its_history_begins(lead: Viewer) -> None:
    event_id = plan_event(plan=PLAN, by=lead, at=NOW)
    event = get_event(lead, event_id)

    assert event is not None
    assert (event.state, event.sequence, event.has_neutral_venue) == ("idea", 0, True)
    assert [line.label for line in list_event_history(lead, event)] == ["idea"]
    assert list_event_history(make_viewer(), event) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"kind": "party"}, "kind"),
        ({"place": "moon"}, "place"),
        ({"visibility": "nobody"}, "visibility"),
        ({"capacity": 0}, "capacity"),
        ({"carer_places": -1}, "carer_places"),
        ({"partner_ids": (uuid4(),)}, "partners"),
        ({"neutral_title": "Psoriasis day"}, "neutral_title"),
        ({"ends": time(9)}, "ends"),
        ({"day": date(2027, 3, 28), "starts": time(1, 30)}, "starts"),
        ({"day": date(2027, 10, 31), "starts": time(1, 30)}, "starts"),
    ],
)  # fmt: skip
def test_a_plan_that_lacks_something_says_where(lead: Viewer, change: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        plan_event(plan=replace(PLAN, **change), by=lead, at=NOW)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_the_night_clocks_go_back_is_held_at_the_hour_that_was_meant(lead: Viewer) -> None:
    night = replace(PLAN, day=date(2027, 10, 31), starts=time(1, 30), ends=time(3))
    first = plan_event(plan=replace(night, which_start="first"), by=lead, at=NOW)
    second = plan_event(plan=replace(night, which_start="second"), by=lead, at=NOW)
    gap = Event.objects.get(id=second).starts_at - Event.objects.get(id=first).starts_at

    assert gap == timedelta(hours=1)


def test_only_who_runs_events_plans_them() -> None:
    with pytest.raises(Refused):
        plan_event(plan=PLAN, by=make_viewer("analyst"), at=NOW)


def test_hospitality_without_educational_content_is_blocked_by_its_rule(lead: Viewer) -> None:
    event = make_event(lead, state="idea")
    item = event.agenda.get()
    drop_agenda_item(event_id=event.id, item_id=item.id, by=lead, at=NOW)
    terms = AgendaTerms(PLAN.day, time(12), time(13), "Lunch", is_educational=False)
    add_agenda_item(event_id=event.id, terms=terms, by=lead, at=NOW)
    add_cost(event_id=event.id, category="food", words="Lunch", per_head_pence=1200, by=lead, at=NOW)
    move_event(event_id=event.id, to="approved", words="", by=lead, at=NOW)

    with pytest.raises(Refused, match="educational content"):
        move_event(event_id=event.id, to="open", words="", by=lead, at=NOW)
    assert Event.objects.get(id=event.id).state == "approved"
    learning = AgendaTerms(PLAN.day, time(10), time(12), "How a study is planned")
    add_agenda_item(event_id=event.id, terms=learning, by=lead, at=NOW)
    move_event(event_id=event.id, to="open", words="", by=lead, at=NOW)
    assert CheckResult.objects.filter(subject_kind="event", subject_id=event.id).exists()


def test_carer_cost_without_need_asks(lead: Viewer) -> None:
    event = make_event(lead, state="approved")
    add_cost(event_id=event.id, category="carer", words="Carers", per_head_pence=5000, by=lead, at=NOW)
    with pytest.raises(Refused, match="carer"):
        move_event(event_id=event.id, to="open", words="", by=lead, at=NOW)
    plan = replace(PLAN, carer_need="Some who come cannot travel alone.")
    change_event(event_id=event.id, plan=plan, reason="", by=lead, at=NOW)
    move_event(event_id=event.id, to="open", words="", by=lead, at=NOW)


def test_a_sponsored_event_waits_for_its_agreement(lead: Viewer) -> None:
    group = make_organisation().id
    changes: dict[str, object] = {
        "kind": "sponsored",
        "partner_ids": (group,),
        "acknowledgement": "Merrowdale pays for the hall.",
        "acknowledged_where": "Invitation, sign at the door",
    }
    event_id = plan_event(plan=replace(PLAN, **changes), by=lead, at=NOW)  # type: ignore[arg-type]
    terms = AgendaTerms(PLAN.day, PLAN.starts, PLAN.ends, "How a study is planned")
    add_agenda_item(event_id=event_id, terms=terms, by=lead, at=NOW)
    move_event(event_id=event_id, to="approved", words="", by=lead, at=NOW)
    assert NeededPaper.objects.filter(subject_kind="event", subject_id=event_id).count() == 1
    with pytest.raises(Refused, match="No agreement is named yet"):
        move_event(event_id=event_id, to="open", words="", by=lead, at=NOW)
    name_agreement("event", event_id, group)
    move_event(event_id=event_id, to="open", words="", by=lead, at=NOW)
    assert Event.objects.get(id=event_id).opened_at == NOW


def test_a_change_after_somebody_registered_is_counted_told_and_followed(lead: Viewer) -> None:
    event = make_event(lead)
    make_guest(event)
    later = replace(PLAN, starts=time(11), capacity=3)
    with pytest.raises(Refused) as refusal:
        change_event(event_id=event.id, plan=later, reason=" ", by=lead, at=NOW)
    assert refusal.value.field == "reason"
    before = event.sequence

    assert change_event(event_id=event.id, plan=later, reason="The bus comes later", by=lead, at=NOW) == 1
    event.refresh_from_db()
    change = EventChange.objects.filter(event=event).order_by("at", "id").last()
    assert event.sequence == before + 1
    assert change is not None
    assert change.registered == 1
    assert "starts_at" in change.fields
    assert Job.objects.filter(kind="partnership.tell_guests").count() == 1
    assert change_event(event_id=event.id, plan=later, reason="", by=lead, at=NOW) == 0  # nothing changed


def test_what_people_registered_for_cannot_be_taken_from_under_them(lead: Viewer) -> None:
    event = make_event(lead, carer_places=1)
    make_guest(event, brings_carer=True)
    for plan, field in (
        (replace(PLAN, visibility="team"), "visibility"),
        (replace(PLAN, carer_places=0), "capacity"),
    ):
        with pytest.raises(Refused) as refusal:
            change_event(event_id=event.id, plan=plan, reason="Why not", by=lead, at=NOW)
        assert refusal.value.field == field


def test_more_places_are_offered_to_those_who_wait(lead: Viewer) -> None:
    event = make_event(lead, capacity=1)
    make_guest(event)
    waiting, _code = make_guest(event, "Bea Example")
    change_event(event_id=event.id, plan=replace(PLAN, capacity=2), reason="A larger room", by=lead, at=NOW)
    waiting.refresh_from_db()

    assert waiting.state == "offered"
    assert count_places([event.id]) == {event.id: (2, 0)}


def test_agenda_and_costs_say_what_is_missing(lead: Viewer) -> None:
    event = make_event(lead, state="idea")
    good = AgendaTerms(PLAN.day, time(11), time(12), "Questions")
    for terms, field in (
        (replace(good, title=" "), "title"),
        (replace(good, ends=time(10, 30)), "ends"),
        (replace(good, starts=time(9)), "starts"),
    ):
        with pytest.raises(Refused) as refusal:
            add_agenda_item(event_id=event.id, terms=terms, by=lead, at=NOW)
        assert refusal.value.field == field
    for category, words, pence, field in (
        ("gold", "x", 1, "category"), ("food", " ", 1, "words"), ("food", "Tea", 0, "per_head"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            add_cost(event_id=event.id, category=category, words=words, per_head_pence=pence, by=lead, at=NOW)
        assert refusal.value.field == field
    cost = add_cost(event_id=event.id, category="food", words="Tea", per_head_pence=150, by=lead, at=NOW)
    drop_cost(event_id=event.id, cost_id=cost, by=lead, at=NOW)
    assert sum_costs(event).planned_pence == 0
    with pytest.raises(Refused):
        drop_cost(event_id=uuid4(), cost_id=cost, by=lead, at=NOW)


def test_a_cancelled_event_says_why_and_tells_everybody(lead: Viewer) -> None:
    event = make_event(lead)
    make_guest(event)
    move_event(event_id=event.id, to="cancelled", words="The hall is flooded", by=lead, at=NOW)
    event.refresh_from_db()

    assert (event.state, event.cancelled_because) == ("cancelled", "The hall is flooded")
    assert Job.objects.filter(kind="partnership.tell_guests").count() == 1
    with pytest.raises(Refused):
        change_event(event_id=event.id, plan=PLAN, reason="x", by=lead, at=NOW)


def _report(costs: dict[UUID, int], because: str = "") -> ReportWords:
    return ReportWords("We learned how a study is planned.", "“More breaks.”", costs, because)


def test_an_event_is_reported_with_its_costs_as_they_were_and_names_go_when_it_closes(lead: Viewer) -> None:
    event = make_event(lead)
    add_cost(event_id=event.id, category="food", words="Lunch", per_head_pence=1200, by=lead, at=NOW)
    guest, _code = make_guest(event, needs_words="A chair with arms", dietary="No nuts")
    make_guest(event, "Bea Example")
    with pytest.raises(Refused, match="cannot become"):
        move_event(event_id=event.id, to="reported", words="", by=lead, at=NOW)
    with pytest.raises(Refused, match="First mark"):
        mark_attendance(registration_id=guest.id, came=True, by=lead, at=NOW)
    event, after = hold(event, lead), event.ends_at + timedelta(days=1)
    for came in (False, True, True):
        mark_attendance(registration_id=guest.id, came=came, by=lead, at=after)
    with pytest.raises(Refused, match="that is how"):
        move_event(event_id=event.id, to="reported", words="", by=lead, at=after)
    cost = EventCost.objects.get(event=event)
    for words, message in (
        (_report({}), "cost for each person"),
        (_report({cost.id: -1}), "below nothing"),
        (_report({cost.id: 1500}), "Lunch"),
    ):
        with pytest.raises(Refused, match=message):
            report_event(event_id=event.id, report=words, by=lead, at=after)
    report_event(event_id=event.id, report=_report({cost.id: 1500}, "Two boxes too many"), by=lead, at=after)
    with pytest.raises(Refused, match="no report to write"):
        report_event(event_id=event.id, report=_report({cost.id: 1500}), by=lead, at=after)
    found = get_event(lead, event.id)
    assert found is not None
    assert found.report.attended == 1
    assert sum_costs(found).over == ("Lunch",)

    move_event(event_id=event.id, to="closed", words="", by=lead, at=after)
    guest.refresh_from_db()
    assert (guest.name, guest.email, guest.needs_words, guest.dietary, guest.code_sha256) == (
        "",
        "",
        "",
        "",
        "",
    )
    assert guest.state == "attended"


def test_reminders_of_a_report_come_on_their_days(lead: Viewer) -> None:
    event = hold(make_event(lead), lead)
    ended = event.ends_at.date()
    groups = [[item.group for item in list_day(lead, ended + timedelta(days=days))] for days in (1, 3, 7, 8)]
    assert groups == [[], ["needs_you"], ["needs_you"], ["late"]]
    assert [item.group for item in list_day(make_viewer("engagement_lead"), ended + timedelta(days=8))] == [
        "late"
    ]


def test_the_list_narrows_and_its_queries_do_not_grow(
    lead: Viewer, django_assert_num_queries: object
) -> None:
    partner = make_organisation().id
    make_event(lead, state="idea", partner_ids=(partner,), title="With a partner")
    make_event(lead)
    assert list_events(lead, EventFilters(partner=partner), NOW).count() == 1
    assert list_events(lead, EventFilters(state="open", kind="own", when="coming"), NOW).count() == 1
    assert list_events(lead, EventFilters(when="past"), NOW).count() == 0
    assert list_events(lead, EventFilters(words="partner"), NOW).count() == 1
    assert list_events(make_partner_user(partner), EventFilters(), NOW).count() == 1  # the public one
    assert Registration.objects.count() == 0
    assert guest_terms(Event.objects.get(state="open")).consent_text_id
