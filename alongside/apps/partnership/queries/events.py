"""Events as a viewer may see them: the list, one event, its history, what people asked for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.bridge.events import load_terms
from alongside.apps.partnership.models import Event, EventChange, EventCost, Registration
from alongside.apps.partnership.rules.event_clock import as_local
from alongside.apps.partnership.rules.events import AvoidedWords, find_report_due, make_avoided
from alongside.apps.partnership.rules.registrations import Places
from alongside.apps.people.queries import get_names, list_organisations, list_people

MOST_PARTNERS = 200  # in a drop-down
UPCOMING = (Event.State.IDEA, Event.State.APPROVED, Event.State.OPEN, Event.State.FULL)


@dataclass(frozen=True)
class EventFilters:
    """What a list of events is narrowed to; empty means everything."""

    words: str = ""
    state: str = ""
    kind: str = ""
    when: str = ""  # coming, past, late
    partner: UUID | None = None


@dataclass(frozen=True)
class EventLine:
    """One row of a list: the event, how many places are held, how many wait, whether its report is late."""

    event: Event
    held: int
    waiting: int
    is_late: bool


@dataclass(frozen=True)
class ChangeLine:
    """One line of an event's history."""

    at: datetime
    who: str
    label: str
    fields: str
    words: str
    registered: int


@dataclass(frozen=True)
class CostSum:
    """What an event costs for each person: as agreed, as it was, and which lines came out above."""

    planned_pence: int
    actual_pence: int | None
    over: tuple[str, ...]


def list_events(viewer: Viewer, filters: EventFilters, at: datetime) -> "QuerySet[Event]":
    """Return the events a viewer may see, narrowed, the latest first."""
    found = Event.objects.for_viewer(viewer).filter(_narrow(filters, at))
    if filters.words:
        named = Event.partners.through.objects.filter(organisation__name__icontains=filters.words)
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(venue__icontains=filters.words)
            | Q(id__in=named.values("event_id"))
        )
    if filters.partner:
        chosen = Event.partners.through.objects.filter(organisation_id=filters.partner)
        found = found.filter(id__in=chosen.values("event_id"))
    return found.prefetch_related("partners").order_by("-starts_at", "-id")


def _narrow(filters: EventFilters, at: datetime) -> Q:
    narrowed = Q()
    if filters.state in Event.State.values:
        narrowed &= Q(state=filters.state)
    if filters.kind in Event.Kind.values:
        narrowed &= Q(kind=filters.kind)
    times = {"coming": Q(ends_at__gte=at), "past": Q(ends_at__lt=at), "late": Q(state="held")}
    return narrowed & times.get(filters.when, Q())


def make_event_lines(events: Iterable[Event], on: date) -> list[EventLine]:
    """Return a page of a list with its counts, in one query for all of its rows."""
    found = list(events)
    counts = count_places([one.id for one in found])
    return [EventLine(one, *counts.get(one.id, (0, 0)), is_late=is_report_late(one, on)) for one in found]


def count_places(event_ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return how many places are held and how many people wait, by event."""
    rows = (
        Registration.objects.filter(event_id__in=list(event_ids))
        .order_by()
        .values("event_id")
        .annotate(
            held=Count("id", filter=Q(state__in=Registration.HOLD)),
            waiting=Count("id", filter=Q(state=Registration.State.WAITING)),
        )
        .values_list("event_id", "held", "waiting")
    )
    return {event_id: (held, waiting) for event_id, held, waiting in rows}


def find_places(event: Event) -> Places:
    """Return how many places an event has and how many are held, carers' places too."""
    held = Registration.objects.filter(event=event, state__in=Registration.HOLD)
    counted = held.aggregate(people=Count("id"), carers=Count("id", filter=Q(brings_carer=True)))
    return Places(event.capacity, event.carer_places, counted["people"], counted["carers"])


def get_event(viewer: Viewer, event_id: UUID) -> Event | None:
    """Return one event the viewer may see, with its partners, agenda and costs."""
    return (
        Event.objects.for_viewer(viewer)
        .filter(id=event_id)
        .prefetch_related(
            "partners", "agenda", Prefetch("costs", EventCost.objects.order_by("category", "id"))
        )
        .first()
    )


def get_report_due(event: Event) -> date:
    """Return the day on which the report on an event is due."""
    return find_report_due(as_local(event.ends_at, event.time_zone).date(), load_terms())


def is_report_late(event: Event, on: date) -> bool:
    """Return whether an event's report should have been written by now."""
    return event.state == Event.State.HELD and get_report_due(event) < on


def sum_costs(event: Event) -> CostSum:
    """Return what an event costs for each person; costs that nobody wrote down yet stay unknown."""
    lines = list(event.costs.all())
    known = [one for one in lines if one.actual_per_head_pence is not None]
    return CostSum(
        planned_pence=sum(one.per_head_pence for one in lines),
        actual_pence=sum(one.actual_per_head_pence or 0 for one in known) if known else None,
        over=tuple(one.words for one in known if (one.actual_per_head_pence or 0) > one.per_head_pence),
    )


def list_event_history(viewer: Viewer, event: Event) -> list[ChangeLine]:
    """Return what happened to an event, newest first, for colleagues."""
    if not viewer.may("see_events"):
        return []
    changes = list(EventChange.objects.filter(event=event).order_by("-at", "-id"))
    names = get_names(viewer, {one.by_id for one in changes if one.by_id})
    labels: dict[str, str] = {value: str(label) for value, label in Event.State.choices}
    return [
        ChangeLine(
            at=one.at,
            who=names.get(one.by_id, "") if one.by_id else "",
            label=labels.get(one.became, ""),
            fields=one.fields,
            words=one.words,
            registered=one.registered,
        )
        for one in changes
    ]


def list_event_partners_in_use(viewer: Viewer, chosen: UUID | None) -> list[tuple[UUID, str]]:
    """Return the partners of events the viewer sees, by name, to filter by: the first, and the one that is chosen.

    Where there are more, the list's search by words finds the others by their names.
    """
    held = Event.partners.through.objects.filter(event__in=Event.objects.for_viewer(viewer))
    named = (
        held.order_by("organisation__name").values_list("organisation_id", "organisation__name").distinct()
    )
    first = list(named[:MOST_PARTNERS])
    if chosen is None or chosen in dict(first):
        return first
    return [*first, *named.filter(organisation_id=chosen)]


def list_possible_partners(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the organisations an event or a project may be held with, by name."""
    return [(one.id, one.name) for one in list_organisations(viewer) if one.kind != "own"]


def get_avoided_words() -> AvoidedWords:
    """Return what never stands in a calendar: conditions partners work on, names of people and of partners."""
    partners = [one for one in list_organisations(SYSTEM) if one.kind != "own"]
    conditions = [part for one in partners for part in one.conditions.split(",")]
    names = [one.name for one in partners] + [one.name for one in list_people(SYSTEM)]
    return make_avoided(load_terms().health_stems, [*conditions, *names])
