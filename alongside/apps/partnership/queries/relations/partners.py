"""The list of partners, and one relationship with its people, priorities and promises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Max, Q

from alongside.apps.actions.queries.actions import UNDERWAY
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Interaction, Priority, Promise, Relationship
from alongside.apps.partnership.queries.relations.health import list_health
from alongside.apps.partnership.rules.health import ENDED, LEVELS, NOT_KEPT, Health
from alongside.apps.people.queries import get_names, list_organisation_kinds, select_partners

# Steps whose words the partner reads; how it was told is a note for us.
TOLD = frozenset(Priority.State.values) - {Priority.State.HEARD, Priority.State.FED_BACK}


@dataclass(frozen=True)
class PartnerFilters:
    """What the list of partners is narrowed to; empty means everything."""

    words: str = ""
    kind: str = ""
    nation: str = ""
    health: str = ""


@dataclass(frozen=True)
class PartnerLine:
    """One partner in the list. Those who see names only get no health, no days and nobody's name."""

    id: UUID
    name: str
    kind: str
    nation: str
    reach: str = ""
    health: Health | None = None
    last_contact_on: date | None = None
    review_on: date | None = None
    lead: str = ""


@dataclass(frozen=True)
class RelationshipPage:
    """How a relationship is kept, as its page shows it."""

    lead_id: UUID | None
    lead: str
    purpose: str
    contact_every_days: int
    review_on: date | None
    remind_from: date | None
    began_on: date
    ended_on: date | None
    ended_because: str


@dataclass(frozen=True)
class PromiseLine:
    """A promise and what became of it. `outcome` is what the action's owner wrote at its end."""

    id: UUID
    organisation_id: UUID
    organisation: str
    action_id: UUID
    words: str
    made_on: date
    due_on: date
    state: str
    state_words: str
    owner: str
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class PriorityLine:
    """What a partner wants, and how far it has come."""

    id: UUID
    organisation_id: UUID
    organisation: str
    words: str
    said_by: str
    strength: str
    state: str
    state_words: str
    reason: str
    answer: str  # what we last said about it, as the partner reads it
    heard_on: date
    voice_id: UUID | None
    interaction_id: UUID | None


def find_partners(viewer: Viewer, filters: PartnerFilters) -> Sequence[UUID]:
    """Return the ids of the partners that the filters leave, by name, to be paged.

    Health is judged anew for each partner that is shown; narrowing goes by how it stood at the last hourly look.
    """
    partners = select_partners(viewer, words=filters.words, kind=filters.kind, nation=filters.nation)
    if filters.health in LEVELS and viewer.may("see_relations"):
        partners = partners.filter(_standing(filters.health))
    ids = partners.order_by("name").values_list("id", flat=True)
    return cast(Sequence[UUID], ids)  # a query of ids is paged like a sequence of them


def _standing(level: str) -> Q:
    if level == NOT_KEPT:
        return Q(relationship=None)
    if level == ENDED:
        return Q(relationship__ended_on__isnull=False)
    return Q(relationship__ended_on=None, relationship__level=level)


def list_partner_lines(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[PartnerLine]:
    """Return these partners in the order given, with health and days for those who see relations."""
    ids = list(organisation_ids)
    rows = {one.id: one for one in select_partners(viewer).filter(id__in=ids)}
    kinds = list_organisation_kinds()
    found = [rows[one] for one in ids if one in rows]
    if not viewer.may("see_relations"):
        return [PartnerLine(one.id, one.name, kinds[one.kind], "") for one in found]
    kept = {
        one.organisation_id: one
        for one in Relationship.objects.for_viewer(viewer)
        .filter(organisation_id__in=ids)
        .select_related("lead")
    }
    met = Interaction.objects.for_viewer(viewer).filter(organisation_id__in=ids)
    last = dict(met.values_list("organisation_id").annotate(Max("happened_on")).order_by())
    healths = list_health(viewer, ids, on)
    lines = []
    for one in found:
        relationship = kept.get(one.id)
        lead = relationship.lead if relationship else None
        lines.append(
            PartnerLine(
                id=one.id,
                name=one.name,
                kind=kinds[one.kind],
                nation=one.nation,
                reach=one.reach,
                health=healths[one.id],
                last_contact_on=last.get(one.id),
                review_on=relationship.review_on if relationship else None,
                lead=lead.name if lead else "",
            )
        )
    return lines


def get_relationship(viewer: Viewer, organisation_id: UUID) -> RelationshipPage | None:
    """Return how a relationship is kept; nothing where nobody keeps one."""
    kept = Relationship.objects.for_viewer(viewer).filter(organisation_id=organisation_id)
    one = kept.select_related("lead").first()
    if one is None:
        return None
    return RelationshipPage(
        lead_id=one.lead_id,
        lead=one.lead.name if one.lead else "",
        purpose=one.purpose,
        contact_every_days=one.contact_every_days,
        review_on=one.review_on,
        remind_from=one.remind_from,
        began_on=one.began_on,
        ended_on=one.ended_on,
        ended_because=one.ended_because,
    )


def list_promises(
    viewer: Viewer,
    on: date,
    *,
    organisation_id: UUID | None = None,
    interaction_id: UUID | None = None,
    most: int = 200,
) -> list[PromiseLine]:
    """Return what we promised, as far as the viewer may see it: what is open first, by the day it is due."""
    found = Promise.objects.for_viewer(viewer).select_related("action__owner", "organisation")
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if interaction_id is not None:
        found = found.filter(interaction_id=interaction_id)
    lines = [
        PromiseLine(
            id=one.id,
            organisation_id=one.organisation_id,
            organisation=one.organisation.name,
            action_id=one.action_id,
            words=one.words,
            made_on=one.made_on,
            due_on=one.action.due_on,
            state=one.action.state,
            state_words=one.action.get_state_display(),
            owner=one.action.owner.name,
            outcome=one.action.what_came_of_it,
            is_late=one.action.state in UNDERWAY and one.action.due_on < on,
        )
        for one in found[:most]
    ]
    return sorted(lines, key=lambda one: (one.state not in UNDERWAY, one.due_on))


def list_priorities(
    viewer: Viewer,
    *,
    organisation_id: UUID | None = None,
    interaction_id: UUID | None = None,
    most: int = 200,
) -> list[PriorityLine]:
    """Return what partners want, as far as the viewer may see it, the newest first."""
    found = Priority.objects.for_viewer(viewer).select_related("organisation").prefetch_related("events")
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if interaction_id is not None:
        found = found.filter(interaction_id=interaction_id)
    return [_as_priority_line(one) for one in found[:most]]


def get_priority(viewer: Viewer, priority_id: UUID) -> PriorityLine | None:
    """Return one priority the viewer may see."""
    found = Priority.objects.for_viewer(viewer).filter(id=priority_id).select_related("organisation")
    one = found.prefetch_related("events").first()
    return _as_priority_line(one) if one else None


@dataclass(frozen=True)
class PriorityStep:
    """One step in a priority's life: what it became, in which words, by whom, on which day."""

    became: str
    words: str
    who: str
    on: date


def list_priority_steps(viewer: Viewer, priority_id: UUID) -> list[PriorityStep]:
    """Return what happened to a priority, the newest first."""
    found = Priority.objects.for_viewer(viewer).filter(id=priority_id).first()
    events = list(found.events.order_by("-at", "-id")) if found else []
    names = get_names(viewer, {one.by_id for one in events if one.by_id})
    words = dict(Priority.State.choices)
    return [
        PriorityStep(
            became=str(words[one.became]),
            words=one.words,
            who=names.get(one.by_id, "") if one.by_id else "",
            on=one.at.date(),
        )
        for one in events
    ]


def _as_priority_line(one: Priority) -> PriorityLine:
    said = [event.words for event in one.events.all() if event.words and event.became in TOLD]
    return PriorityLine(
        id=one.id,
        organisation_id=one.organisation_id,
        organisation=one.organisation.name,
        words=one.words,
        said_by=one.said_by,
        strength=one.get_strength_display(),
        state=one.state,
        state_words=one.get_state_display(),
        reason=one.reason,
        answer=said[-1] if said else "",
        heard_on=one.heard_on,
        voice_id=one.voice_id,
        interaction_id=one.interaction_id,
    )
