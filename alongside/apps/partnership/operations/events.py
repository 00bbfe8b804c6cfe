"""Planning an event and changing the plan; whoever holds a place is counted, and calendars follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.operations import need_paper
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import AgendaItem, Event, EventChange, EventCost, Registration
from alongside.apps.partnership.operations.registrations import offer_places
from alongside.apps.partnership.operations.telling_guests import tell_guests
from alongside.apps.partnership.queries.event_guards import EVENT_KINDS
from alongside.apps.partnership.queries.events import find_places, get_avoided_words, list_possible_partners
from alongside.apps.partnership.rules.event_clock import as_local, read_local
from alongside.apps.partnership.rules.events import (
    check_changeable,
    check_neutral_title,
    check_visibility_stays,
    find_avoided,
)

PLAIN = (
    "title", "neutral_title", "kind", "purpose", "about", "place", "venue", "venue_reason", "joining", "access_plan",
    "carer_places", "carer_need", "acknowledgement", "acknowledged_where", "capacity", "visibility",
)  # fmt: skip
# What somebody who registered must hear of, when it changes.
MATTERS = {"title", "place", "venue", "joining", "starts_at", "ends_at", "access_plan"}


@dataclass(frozen=True)
class EventPlan:
    """What an event is to be. Day and times are those of clocks at the place; amounts of people are whole numbers.

    `which_start` and `which_end` are "first" or "second" for a time that clocks show twice that day.
    """

    title: str
    neutral_title: str
    kind: str
    purpose: str
    place: str
    day: date
    starts: time
    ends: time
    capacity: int
    visibility: str
    about: str = ""
    venue: str = ""
    venue_reason: str = ""
    joining: str = ""
    access_plan: str = ""
    carer_places: int = 0
    carer_need: str = ""
    acknowledgement: str = ""
    acknowledged_where: str = ""
    ends_on: date | None = None
    which_start: str = ""
    which_end: str = ""
    partner_ids: Sequence[UUID] = ()


@dataclass(frozen=True)
class AgendaTerms:
    """One part of an agenda, with the day and the times of clocks at the place."""

    day: date
    starts: time
    ends: time
    title: str
    is_educational: bool = True
    which: str = ""


@transaction.atomic
def plan_event(*, plan: EventPlan, by: Viewer, at: datetime) -> UUID:
    """Write down the idea of an event; return its id. Whoever writes it runs it."""
    check_may(by, "run_events")
    starts_at, ends_at = _read_times(plan)
    has_neutral_venue = _check_plan(plan, by)
    event = Event.objects.create(
        starts_at=starts_at,
        ends_at=ends_at,
        has_neutral_venue=has_neutral_venue,
        lead_id=by.own_id,
        created_by_id=by.person_id,
        created_at=at,
        changed_at=at,
        **_values(plan),
    )
    event.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    EventChange.objects.create(event=event, became=event.state, by_id=by.person_id, at=at)
    _need_paper(event, by, at)
    record_audit(by=by, at=at, operation="plan_event", on=event, detail={"kind": event.kind})
    return event.id


@transaction.atomic
def change_event(*, event_id: UUID, plan: EventPlan, reason: str, by: Viewer, at: datetime) -> int:
    """Change an event's plan; return how many people hold a place and are told.

    Needs a reason once people registered. Raises Refused for fewer places than are held already, and for another
    visibility once somebody registered.
    """
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check_changeable(event)
    check_visibility_stays(event, plan.visibility)
    starts_at, ends_at = _read_times(plan)
    has_neutral_venue = _check_plan(plan, by)
    held = find_places(event)
    check(
        plan.capacity >= held.held and plan.carer_places >= held.carers_held,
        f"{held.held} people hold a place already, {held.carers_held} with a carer. Choose no fewer places than that.",
        field="capacity",
    )
    changed = _list_changed(event, plan, starts_at, ends_at)
    if not changed:
        return 0
    standing = Registration.objects.filter(event=event, state__in=Registration.STAND).count()
    check(
        not standing or bool(reason.strip()), "Say why; people registered for it as it was.", field="reason"
    )
    for name, value in _values(plan).items():
        setattr(event, name, value)
    event.starts_at, event.ends_at, event.has_neutral_venue = starts_at, ends_at, has_neutral_venue
    event.sequence, event.changed_at = event.sequence + 1, at
    event.save()
    event.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    _need_paper(event, by, at)
    EventChange.objects.create(
        event=event,
        fields=", ".join(changed)[:300],
        words=reason.strip(),
        registered=standing,
        sequence=event.sequence,
        by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by, at=at, operation="change_event", on=event, detail={"fields": changed, "registered": standing}
    )
    offer_places(event, by, at)
    if standing and MATTERS & set(changed):
        tell_guests(event=event, by=by, at=at)
    return standing


def _need_paper(event: Event, by: Viewer, at: datetime) -> None:
    """Say that an event with partners waits for its agreement; once said it stays, also where the kind changes."""
    if event.kind == Event.Kind.OWN:
        return
    why = {
        Event.Kind.SPONSORED: "A sponsored event has a written agreement before it is announced.",
        Event.Kind.JOINT: "An event held together has a written agreement before it is announced.",
    }[Event.Kind(event.kind)]
    need_paper(subject_kind="event", subject_id=event.id, kinds=EVENT_KINDS, why=why, by=by, at=at)


def _values(plan: EventPlan) -> dict[str, object]:
    values = {name: getattr(plan, name) for name in PLAIN}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _read_times(plan: EventPlan) -> tuple[datetime, datetime]:
    starts_at = read_local(plan.day, plan.starts, which=plan.which_start, field="starts")
    ends_at = read_local(plan.ends_on or plan.day, plan.ends, which=plan.which_end, field="ends")
    check(ends_at > starts_at, "It ends before it begins. Check the times.", field="ends")
    return starts_at, ends_at


def _check_plan(plan: EventPlan, by: Viewer) -> bool:
    """Refuse a plan that lacks what every event has; return whether its venue may stand in a calendar."""
    check(bool(plan.title.strip()), "Give the event a title.", field="title")
    check(bool(plan.purpose.strip()), "Write what people learn or work on there.", field="purpose")
    check(plan.kind in Event.Kind.values, "Choose whose event it is.", field="kind")
    check(plan.place in Event.Place.values, "Choose where it is held.", field="place")
    check(plan.visibility in Event.Visibility.values, "Choose who may see it.", field="visibility")
    check(plan.capacity > 0, "An event has one place at least.", field="capacity")
    check(plan.carer_places >= 0, "Write 0 where there are no places for carers.", field="carer_places")
    known = {one for one, _name in list_possible_partners(by)}
    check(set(plan.partner_ids) <= known, "Choose partners from the list.", field="partners")
    avoided = get_avoided_words()
    check_neutral_title(plan.neutral_title, avoided)
    return not find_avoided(plan.venue, avoided)


def _list_changed(event: Event, plan: EventPlan, starts_at: datetime, ends_at: datetime) -> list[str]:
    changed = [name for name, value in _values(plan).items() if getattr(event, name) != value]
    changed += [
        name
        for name, was, new in (("starts_at", event.starts_at, starts_at), ("ends_at", event.ends_at, ends_at))
        if was != new
    ]
    partners = set(event.partners.values_list("id", flat=True))
    return changed + (["partners"] if partners != set(plan.partner_ids) else [])


def lock_event(by: Viewer, event_id: UUID) -> Event:
    """Return an event for writing, where the viewer may see it. Raise Refused where there is none."""
    seen = Event.objects.for_viewer(by).filter(id=event_id).values_list("id", flat=True).first()
    event = Event.objects.select_for_update().filter(id=seen).first() if seen else None
    if event is None:
        raise Refused("That event is not there, or not yours to see.")
    return event


@transaction.atomic
def add_agenda_item(*, event_id: UUID, terms: AgendaTerms, by: Viewer, at: datetime) -> UUID:
    """Add one part to an event's agenda; it lies within the event's own times."""
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check_changeable(event)
    check(bool(terms.title.strip()), "Say what happens then.", field="title")
    starts_at = read_local(terms.day, terms.starts, which=terms.which, field="starts")
    ends_at = read_local(terms.day, terms.ends, which=terms.which, field="ends")
    check(ends_at > starts_at, "It ends before it begins. Check the times.", field="ends")
    check(
        event.starts_at <= starts_at and ends_at <= event.ends_at,
        f"The event is from {as_local(event.starts_at):%H:%M on %-d %B} "
        f"to {as_local(event.ends_at):%H:%M on %-d %B %Y}. Choose times within it.",
        field="starts",
    )
    item = AgendaItem.objects.create(
        event=event,
        starts_at=starts_at,
        ends_at=ends_at,
        title=terms.title.strip(),
        is_educational=terms.is_educational,
    )
    record_audit(by=by, at=at, operation="add_agenda_item", on=event)
    return item.id


@transaction.atomic
def drop_agenda_item(*, event_id: UUID, item_id: UUID, by: Viewer, at: datetime) -> None:
    """Take one part off an agenda; once it is gone, taking it off again changes nothing."""
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check_changeable(event)
    AgendaItem.objects.filter(id=item_id, event=event).delete()
    record_audit(by=by, at=at, operation="drop_agenda_item", on=event)


@transaction.atomic
def add_cost(
    *, event_id: UUID, category: str, words: str, per_head_pence: int, by: Viewer, at: datetime
) -> UUID:
    """Add one line of what an event costs for each person, in pence."""
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check_changeable(event)
    check(category in EventCost.Category.values, "Choose what it is for.", field="category")
    check(bool(words.strip()), "Say what it is.", field="words")
    check(
        per_head_pence > 0,
        "Write what it costs for each person. Leave out what costs nothing.",
        field="per_head",
    )
    cost = EventCost.objects.create(
        event=event, category=category, words=words.strip(), per_head_pence=per_head_pence
    )
    record_audit(by=by, at=at, operation="add_event_cost", on=event, detail={"category": category})
    return cost.id


@transaction.atomic
def drop_cost(*, event_id: UUID, cost_id: UUID, by: Viewer, at: datetime) -> None:
    """Take one line of costs off the plan; once it is gone, taking it off again changes nothing."""
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check_changeable(event)
    EventCost.objects.filter(id=cost_id, event=event).delete()
    record_audit(by=by, at=at, operation="drop_event_cost", on=event)
