"""Events and joint projects of the demonstration, day by day, through the operations a team uses."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from alongside.apps.agreements.operations import AgreementPlan
from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.partnership.operations.event_moves import ReportWords, move_event, report_event
from alongside.apps.partnership.operations.events import (
    AgendaTerms,
    EventPlan,
    add_agenda_item,
    add_cost,
    plan_event,
)
from alongside.apps.partnership.operations.project_moves import (
    EvaluationWords,
    move_project,
    publish_summary,
    write_evaluation,
)
from alongside.apps.partnership.operations.projects import (
    Contribution,
    MeasurePlan,
    ProjectPlan,
    add_aim,
    add_contribution,
    add_measure,
    add_meeting,
    agree_to_aim,
    plan_project,
    record_aim_agreement,
    record_result,
)
from alongside.apps.partnership.operations.registrations import (
    GuestTerms,
    give_back,
    mark_attendance,
    register_guest,
    register_self,
)
from alongside.apps.partnership.queries.attending import get_open_event
from alongside.apps.partnership.queries.registrations import find_by_code, list_registrations
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import make_paper
from alongside.demo.words import as_day, at_noon, read_yaml

PLAIN = (
    "title", "neutral_title", "kind", "purpose", "place", "about", "venue", "venue_reason", "joining", "access_plan",
    "carer_need", "acknowledgement", "acknowledged_where",
)  # fmt: skip
HOUR = timedelta(hours=1)


def hold_events(cast: Cast) -> None:
    """Let every event and every joint project happen."""
    words = read_yaml("partnering/events.yaml")
    for one in words["events"]:
        _hold(cast, one)
    for one in words["projects"]:
        _work_together(cast, one)


def _hold(cast: Cast, one: dict[str, Any]) -> None:
    lead, at = cast[one["by"]], at_noon(one["planned_on"], 9)
    day, partners = as_day(one["day"]), [cast.partners[key] for key in one.get("partners", ())]
    plan = EventPlan(
        day=day,
        starts=time.fromisoformat(one["starts"]),
        ends=time.fromisoformat(one["ends"]),
        capacity=one["capacity"],
        carer_places=one["carer_places"],
        visibility=one.get("visibility", "public"),
        partner_ids=partners,
        **{name: one.get(name, "") for name in PLAIN},
    )
    event_id = plan_event(plan=plan, by=lead, at=at)
    for starts, ends, title, is_educational in one["agenda"]:
        terms = AgendaTerms(day, time.fromisoformat(starts), time.fromisoformat(ends), title, is_educational)
        add_agenda_item(event_id=event_id, terms=terms, by=lead, at=at)
    costs = [
        add_cost(event_id=event_id, category=category, words=words, per_head_pence=pence, by=lead, at=at)
        for category, words, pence in one.get("costs", ())
    ]
    if one["kind"] != "own":
        kind = "sponsorship" if one["kind"] == "sponsored" else "joint"
        paper = AgreementPlan(
            kind=kind,
            capacity="organisation",
            title=one["title"],
            starts_on=day - timedelta(days=14),
            ends_on=day + timedelta(days=60),
            amount_pence=240_000 if kind == "sponsorship" else None,
            fields={"declaration": one["acknowledgement"]},
        )
        make_paper(cast, one["partners"][0], paper, at + HOUR, author=one["by"], subject=("event", event_id))
    opened = at + timedelta(days=9)
    move_event(event_id=event_id, to="approved", words="", by=lead, at=opened - timedelta(days=1))
    move_event(event_id=event_id, to="open", words="", by=lead, at=opened)
    codes = _register(cast, one, event_id, opened)
    _end(one, event_id, costs, codes, lead)


def _register(cast: Cast, one: dict[str, Any], event_id: UUID, opened: datetime) -> dict[str, str]:
    """Let people with accounts and guests ask for places, an hour apart; return the guests' codes by name."""
    at, codes = opened + HOUR, dict[str, str]()
    for key in one.get("people", ()):
        terms = GuestTerms(request_key=uuid4())
        register_self(event_id=event_id, terms=terms, by=cast[key], at=at)
        at += HOUR
    found = get_open_event(cast[one["by"]], event_id)
    if found is None:
        raise LookupError("the event is not open")
    # Whoever is not invited by an account is registered as the public is; a closed circle has only its own people.
    for name in one["guests"] if found.visibility == "public" else ():
        terms = GuestTerms(
            request_key=uuid4(),
            name=name,
            email=f"{name.lower().replace(' ', '.')}@people.example",
            needs_words=one.get("needs", {}).get(name, ""),
            dietary=one.get("dietary", {}).get(name, ""),
            consent_text_id=found.consent_text_id,
        )
        codes[name] = register_guest(event_id=event_id, terms=terms, by=PUBLIC, at=at)
        at += HOUR
    return codes


def _end(one: dict[str, Any], event_id: UUID, costs: list[UUID], codes: dict[str, str], lead: Viewer) -> None:
    """Let an event be cancelled, be held and reported, or stay open with somebody who gives a place back."""
    if "cancelled" in one:
        at = at_noon(one["cancelled_on"])
        move_event(event_id=event_id, to="cancelled", words=one["cancelled"], by=lead, at=at)
        return
    if "gives_back" in one:
        place = find_by_code(codes[one["gives_back"]])
        if place is not None:
            give_back(registration_id=place.id, by=PUBLIC, at=at_noon(one["gives_back_on"], 18))
        return
    over = at_noon(one["day"], 19)
    move_event(event_id=event_id, to="held", words="", by=lead, at=over)
    for place in list_registrations(lead, event_id).filter(state="registered"):
        came = place.name not in one.get("away", ())
        mark_attendance(registration_id=place.id, came=came, by=lead, at=over)
    if "report" not in one:
        return
    told = one["report"]
    words = ReportWords(
        told["happened"], told["said"], dict(zip(costs, told["actual"], strict=True)), told.get("because", "")
    )
    at = at_noon(told["written_on"])
    report_event(event_id=event_id, report=words, by=lead, at=at)
    move_event(event_id=event_id, to="closed", words="", by=lead, at=at + timedelta(days=1))


def _work_together(cast: Cast, one: dict[str, Any]) -> None:
    lead, at = cast[one["by"]], at_noon(one["planned_on"], 9)
    partners = {key: cast.partners[key] for key in one["partners"]}
    plan = ProjectPlan(
        title=one["title"],
        about=one["about"],
        patient_benefit=one["benefit"],
        starts_on=as_day(one["starts_on"]),
        ends_on=as_day(one["ends_on"]),
        partner_ids=list(partners.values()),
        risks=one.get("risks", ""),
        way_out=one.get("way_out", ""),
    )
    project_id = plan_project(plan=plan, by=lead, at=at)
    move_project(project_id=project_id, to="co_design", words="", by=lead, at=at + HOUR)
    for words in one["aims"]:
        aim_id = add_aim(project_id=project_id, words=words, by=lead, at=at + timedelta(days=2))
        _agree(cast, project_id, aim_id, partners, lead, at + timedelta(days=5))
    for side, kind, words, pence, hours in one["contributions"]:
        brought = Contribution(kind, words, partners.get(side), pence, hours)
        add_contribution(project_id=project_id, contribution=brought, by=lead, at=at + timedelta(days=6))
    measures = []
    for outcome, measure, baseline, target, result in one["measures"]:
        how = MeasurePlan(outcome, measure, target, baseline)
        measures.append((add_measure(project_id=project_id, plan=how, by=lead, at=at), result))
    move_project(project_id=project_id, to="agreed", words="", by=lead, at=at + timedelta(days=8))
    paper = AgreementPlan(
        kind="joint",
        capacity="organisation",
        title=one["title"],
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        fields={"declaration": "Both sides stand on every page of it."},
    )
    subject = ("project", project_id)
    signed = "signed" if "summary" in one else "partner_review"
    make_paper(
        cast,
        one["partners"][0],
        paper,
        at + timedelta(days=9),
        until=signed,
        author=one["by"],
        subject=subject,
    )
    if "summary" in one:
        _run(one, project_id, measures, lead)


def _agree(
    cast: Cast, project_id: UUID, aim_id: UUID, partners: dict[str, UUID], lead: Viewer, at: datetime
) -> None:
    """Let each partner agree: by its own user where it has one, else as the team wrote down after a meeting."""
    users = {one.partner_id: one for one in cast.viewers.values() if one.partner_id is not None}
    for partner_id in partners.values():
        if partner_id in users:
            agree_to_aim(project_id=project_id, aim_id=aim_id, by=users[partner_id], at=at)
        else:
            record_aim_agreement(
                project_id=project_id, aim_id=aim_id, organisation_id=partner_id, by=lead, at=at
            )


def _run(one: dict[str, Any], project_id: UUID, measures: list[tuple[UUID, str]], lead: Viewer) -> None:
    publish_summary(project_id=project_id, summary=one["summary"], by=lead, at=at_noon(one["published_on"]))
    move_project(project_id=project_id, to="running", words="", by=lead, at=at_noon(one["starts_on"], 9))
    for held_on, notes, decisions in one["meetings"]:
        add_meeting(
            project_id=project_id,
            held_on=as_day(held_on),
            notes=notes,
            decisions=decisions,
            by=lead,
            at=at_noon(held_on, 17),
        )
    ended, on = at_noon(one["ended_on"]), as_day(one["ended_on"])
    for measure_id, result in measures:
        record_result(project_id=project_id, measure_id=measure_id, result=result, on=on, by=lead, at=ended)
    move_project(project_id=project_id, to="evaluating", words="", by=lead, at=ended)
    words = EvaluationWords(**one["evaluation"])
    write_evaluation(project_id=project_id, words=words, by=lead, at=ended + timedelta(days=7))
    move_project(project_id=project_id, to="shared", words="", by=lead, at=ended + timedelta(days=8))
