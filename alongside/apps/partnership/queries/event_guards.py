"""What may stand in the way of an event that is opened and of a project that starts: the rules of the field."""

from uuid import UUID

from django.urls import reverse

from alongside.apps.agreements.queries import AgreementLine, check_facts, list_agreement_lines
from alongside.apps.agreements.queries.lines import list_lines_for
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.starting import Blocker, Starting
from alongside.apps.partnership.models import Event, EventCost, JointProject
from alongside.science.values.rules import Facts

EVENT_KINDS = ("sponsorship", "joint")
PROJECT_KINDS = ("joint",)


def make_event_facts(event: Event) -> Facts:
    """Return what the rules of the field ask of an event; amounts are pence for each person."""
    costs = list(event.costs.all())
    hospitality = sum(one.per_head_pence for one in costs if one.category in EventCost.HOSPITALITY)
    carers = sum(one.per_head_pence for one in costs if one.category == EventCost.Category.CARER)
    parts = [one.title for one in event.agenda.all() if one.is_educational]
    return Facts.of(
        kind=event.kind,
        declaration=event.acknowledgement if event.kind != Event.Kind.OWN else "our own event",
        hospitality_pence=hospitality,
        educational_content="; ".join(parts),
        venue=event.venue,
        venue_reason=event.venue_reason,
        carer_cost_pence=carers,
        carer_need=event.carer_need,
    )


def make_project_facts(project: JointProject, starting: Starting) -> Facts:
    """Return what the rules of the field ask of a joint project that starts on a day."""
    return Facts.of(
        kind="joint",
        summary_public_on=project.published_at.date() if project.published_at else None,
        starts_on=starting.on,
    )


def find_event_blockers(viewer: Viewer, starting: Starting) -> list[Blocker]:
    """Return the rules that block or ask, for an event that would be opened.

    What a rule asks is answered in the event's plan, so an open question stands in the way as long as it is open.
    """
    if starting.kind != "event":
        return []
    event = Event.objects.filter(id=starting.id).prefetch_related("costs", "agenda").first()
    if event is None:
        return []
    found = check_facts(viewer, "event", make_event_facts(event), starting.on)
    url = reverse("events:edit", args=[event.id]) if viewer.may("run_events") else ""
    return [one.as_blocker(url) for one in found if one.outcome in ("block", "ask")]


def find_project_blockers(viewer: Viewer, starting: Starting) -> list[Blocker]:
    """Return the rules that block, for a joint project that would start: first of all, its summary must be public."""
    if starting.kind != "project":
        return []
    project = JointProject.objects.filter(id=starting.id).first()
    if project is None:
        return []
    found = check_facts(viewer, "project", make_project_facts(project, starting), starting.on)
    url = reverse("projects:summary", args=[project.id]) if viewer.may("run_projects") else ""
    return [one.as_blocker(url) for one in found if one.is_blocking]


def list_event_agreements(viewer: Viewer, event_id: UUID) -> list[AgreementLine]:
    """Return the agreements an event stands on, as far as the viewer may see them."""
    return list_lines_for(viewer, "event", event_id)


def list_project_agreements(viewer: Viewer, project_id: UUID) -> list[AgreementLine]:
    """Return the agreements a project stands on, as far as the viewer may see them."""
    return list_lines_for(viewer, "project", project_id)


def list_papers_to_name(viewer: Viewer, thing: Event | JointProject) -> list[tuple[UUID, str]]:
    """Return the agreements with a thing's partners that could be named for it, with words to choose by."""
    kinds = EVENT_KINDS if isinstance(thing, Event) else PROJECT_KINDS
    return [
        (line.id, f"{line.reference} {line.title} ({line.payee}, {line.state_words})")
        for partner in thing.partners.all()
        for line in list_agreement_lines(viewer, organisation_id=partner.id, kinds=kinds)
        if line.state not in ("rejected", "terminated")
    ]
