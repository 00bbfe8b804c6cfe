"""Events and joint projects for tests, built through the operations."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from alongside.apps.agreements.models import NeededPaper
from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.partnership.models import CalendarFeed, Event, EventCost, JointProject, Registration
from alongside.apps.partnership.operations.event_moves import move_event
from alongside.apps.partnership.operations.events import AgendaTerms, EventPlan, add_agenda_item, plan_event
from alongside.apps.partnership.operations.project_moves import move_project
from alongside.apps.partnership.operations.projects import (
    MeasurePlan,
    ProjectPlan,
    add_aim,
    add_measure,
    plan_project,
)
from alongside.apps.partnership.operations.registrations import GuestTerms, register_guest, register_self
from alongside.apps.partnership.rules.registrations import hash_token
from alongside.apps.people.operations import add_person
from alongside.apps.people.queries import get_consent_text_in
from tests.factories.agreements import make_agreement
from tests.factories.people import NOW, make_viewer

PLAN = EventPlan(
    title="Living well together",
    neutral_title="Partnership day",
    kind="own",
    purpose="People learn how a study is planned, and say what is missing.",
    place="in_person",
    day=date(2026, 12, 3),
    starts=time(10),
    ends=time(15),
    capacity=2,
    visibility="public",
    venue="The Corn Hall, Merrow",
    venue_reason="Step-free, and the bus stops at the door.",
    access_plan="Step-free, a hearing loop, a quiet room, breaks each hour.",
)


def make_event(by: Viewer | None = None, state: str = "open", at: datetime = NOW, **changes: object) -> Event:
    """Return a stored event in a state up to open, with one part on its agenda."""
    by = by or make_viewer("engagement_lead")
    plan = replace(PLAN, **changes)  # type: ignore[arg-type]
    event_id = plan_event(plan=plan, by=by, at=at)
    terms = AgendaTerms(plan.day, plan.starts, plan.ends, "How a study is planned")
    add_agenda_item(event_id=event_id, terms=terms, by=by, at=at)
    name_agreement("event", event_id, plan.partner_ids[0] if plan.partner_ids else None)
    for to in ("approved", "open")[: ("idea", "approved", "open").index(state)]:
        move_event(event_id=event_id, to=to, words="", by=by, at=at)
    return Event.objects.get(id=event_id)


def hold(event: Event, by: Viewer) -> Event:
    """Return an event after it was held."""
    move_event(event_id=event.id, to="held", words="", by=by, at=event.ends_at + timedelta(hours=1))
    return Event.objects.get(id=event.id)


def name_agreement(kind: str, subject_id: UUID, organisation_id: UUID | None) -> None:
    """Name an agreement in force for everything a thing needs."""
    for need in NeededPaper.objects.filter(subject_kind=kind, subject_id=subject_id):
        need.agreement = make_agreement(
            kind=need.kinds.split(",")[0],
            organisation_id=organisation_id,
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        need.save()


def guest_terms(event: Event, name: str = "Ann Example", **changes: object) -> GuestTerms:
    """Return what somebody without an account sends who asks for a place."""
    text = get_consent_text_in(event.consent_text_id or uuid4(), "en")
    terms = GuestTerms(
        request_key=uuid4(),
        name=name,
        email=f"{name.lower().partition(' ')[0]}@example.org",
        consent_text_id=text.id if text else None,
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def make_guest(
    event: Event, name: str = "Ann Example", at: datetime = NOW, **changes: object
) -> tuple[Registration, str]:
    """Return a stored registration of somebody without an account, and their code."""
    terms = guest_terms(event, name, **changes)
    code = register_guest(event_id=event.id, terms=terms, by=PUBLIC, at=at)
    return Registration.objects.get(request_key=terms.request_key), code


def make_project(
    by: Viewer, partner_id: UUID, at: datetime = NOW, title: str = "A diary people can carry"
) -> JointProject:
    """Return a stored joint project, an idea."""
    plan = ProjectPlan(
        title=title,
        patient_benefit="A diary that fits a pocket, made by those who keep one.",
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 11, 30),
        partner_ids=(partner_id,),
    )
    return JointProject.objects.get(id=plan_project(plan=plan, by=by, at=at))


def make_place(event_id: UUID, person: Viewer) -> Registration:
    """Return the stored place of somebody with an account."""
    terms = GuestTerms(request_key=uuid4())
    return Registration.objects.get(id=register_self(event_id=event_id, terms=terms, by=person, at=NOW))


def make_things(mark: str, by: Viewer, organisation_id: UUID) -> dict[str, Any]:
    """Return the ids of an event with a guest, and of two joint projects of a partner, one of them public."""
    event = make_event(by, day=date(2027, 12, 3), capacity=500)
    cost = EventCost.objects.create(event=event, category="food", words="Lunch", per_head_pence=1200)
    guest, _code = make_guest(event, "Markedguest Example", needs_words="markedguest needs")
    project = make_project(by, organisation_id, title=f"A diary {mark}")
    move_project(project_id=project.id, to="co_design", words="", by=by, at=NOW)
    aim = add_aim(project_id=project.id, words=f"A diary that fits {mark}", by=by, at=NOW)
    plan = MeasurePlan("Fewer lost diaries", "Counted at visits", "None lost")
    measure = add_measure(project_id=project.id, plan=plan, by=by, at=NOW)
    public = make_project(by, organisation_id, title="A diary for everybody")
    JointProject.objects.filter(id=public.id).update(
        state="published", summary="We make a diary.", published_at=NOW
    )
    person = add_person(
        email=f"marked-account-{mark}-calendar@example.org",
        name="Calendar",
        roles=["owner"],
        by=SYSTEM,
        at=NOW,
    )
    CalendarFeed.objects.create(person=person, token_sha256=hash_token(f"token-{mark}"), created_at=NOW)
    return {
        "event_id": event.id, "item_id": event.agenda.get().id, "cost_id": cost.id, "registration_id": guest.id,
        "project_id": project.id, "aim_id": aim, "measure_id": measure, "public project_project_id": public.id,
    }  # fmt: skip
