"""Events in words: filters as drop-downs, pages for each move, rows for a spreadsheet, data for search engines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.partnership.models import Event, Registration
from alongside.apps.partnership.queries.events import EventLine
from alongside.apps.partnership.queries.registrations import PlaceLine
from alongside.apps.partnership.rules.event_clock import as_local
from alongside.apps.partnership.rules.events import list_next_states
from alongside.apps.partnership.rules.registrations import CLASSES

State = Event.State
TONES = {
    State.IDEA: "neutral",
    State.APPROVED: "neutral",
    State.OPEN: "info",
    State.FULL: "info",
    State.HELD: "waiting",
    State.REPORTED: "waiting",
    State.CLOSED: "good",
    State.CANCELLED: "bad",
}
PLACE_TONES = {
    Registration.State.WAITING: "neutral",
    Registration.State.OFFERED: "waiting",
    Registration.State.REGISTERED: "info",
    Registration.State.ATTENDED: "good",
    Registration.State.NO_SHOW: "warning",
    Registration.State.CANCELLED: "neutral",
    Registration.State.LAPSED: "neutral",
}
Options = list[dict[str, object]]


@dataclass(frozen=True)
class EventFilterBoxes:
    """The drop-downs of the list and the chips of what is chosen."""

    states: Options
    kinds: Options
    times: Options
    partners: Options
    chips: list[Chip]


@dataclass(frozen=True)
class MovePage:
    """The words of the page for one change of state."""

    heading: str
    lead: str
    label: str
    button: str
    needs_words: bool


def draw_event_filters(query: QueryDict, partners: Iterable[tuple[UUID, str]]) -> EventFilterBoxes:
    """Return the filters with what is chosen marked."""
    states = {value: str(label) for value, label in Event.State.choices}
    kinds = {value: str(label) for value, label in Event.Kind.choices}
    times = {"coming": _("still to come"), "past": _("over"), "late": _("held, not reported")}
    with_whom = {str(key): name for key, name in partners}
    return EventFilterBoxes(
        states=draw_options(states, query.get("state", "")),
        kinds=draw_options(kinds, query.get("kind", "")),
        times=draw_options(times, query.get("when", "")),
        partners=draw_options(with_whom, query.get("partner", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "state": (_("State"), states),
                "kind": (_("Whose"), kinds),
                "when": (_("When"), times),
                "partner": (_("With"), with_whom),
            },
        ),
    )


def draw_options(words: dict[str, str], chosen: str) -> Options:
    """Return a drop-down with nothing chosen first."""
    every: Options = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def event_tone(state: str) -> str:
    """Return the tone of an event's state."""
    return TONES[State(state)]


def place_tone(state: str) -> str:
    """Return the tone of a registration's state."""
    return PLACE_TONES[Registration.State(state)]


def get_event_move_page(event: Event, to: str) -> MovePage | None:
    """Return the page for a change of state; None where there is no such change, or it has a page of its own."""
    if to == State.REPORTED or to not in list_next_states(event.state):
        return None
    pages = {
        State.APPROVED: MovePage(
            _("Approve this event"),
            _("Somebody has looked at its purpose, its costs and its venue."),
            _("A note for the history"),
            _("Approve"),
            False,
        ),
        State.OPEN: MovePage(
            _("Open this event"),
            _(
                "Everybody it is for can see it and register. It is checked against the rules of the field first."
            ),
            _("A note for the history"),
            _("Open for registration"),
            False,
        ),
        State.IDEA: MovePage(_("Make it an idea again"), "", _("Why?"), _("Make it an idea again"), True),
        State.HELD: MovePage(
            _("Mark as held"),
            _("Then write down who came, and report on it within days."),
            _("A note for the history"),
            _("Mark as held"),
            False,
        ),
        State.CLOSED: MovePage(
            _("Close this event"),
            _(
                "Names, addresses and needs of those who registered are deleted, as they were promised. Counts stay."
            ),
            _("A note for the history"),
            _("Close"),
            False,
        ),
        State.CANCELLED: MovePage(
            _("Cancel this event"),
            _(
                "Everybody who registered is written to, and calendars show it as cancelled. It cannot be undone."
            ),
            _("Why is it cancelled? Those who registered read this."),
            _("Cancel this event"),
            True,
        ),
    }
    return pages[State(to)]


EVENT_COLUMNS = (
    "title", "state", "kind", "starts_at", "ends_at", "place", "partners", "capacity", "held_places", "waiting",
)  # fmt: skip


def export_events(lines: Iterable[EventLine]) -> Iterator[list[str]]:
    """Yield a row for each event, as text; times as clocks at the place show them."""
    for line in lines:
        event = line.event
        yield [
            event.title,
            str(event.get_state_display()),
            str(event.get_kind_display()),
            as_local(event.starts_at, event.time_zone).isoformat(timespec="minutes"),
            as_local(event.ends_at, event.time_zone).isoformat(timespec="minutes"),
            str(event.get_place_display()),
            "; ".join(one.name for one in event.partners.all()),
            str(event.capacity),
            str(line.held),
            str(line.waiting),
        ]


PLACE_COLUMNS = (
    "number", "name", "email", "for", "state", "class", "is_counted", "brings_carer", "dietary", "needs", "asked_at",
)  # fmt: skip


def export_places(lines: Iterable[PlaceLine]) -> Iterator[list[str]]:
    """Yield a row for each registration, as text."""
    for line in lines:
        one = line.registration
        found = CLASSES[one.state]
        needs = [need.label + (f" ({need.words})" if need.words else "") for need in line.needs]
        yield [
            str(line.number),
            line.name,
            one.email,  # of guests; an account's address is for those who manage people
            one.organisation.name if one.organisation else str(one.get_side_display()),
            str(one.get_state_display()),
            found.name,
            "yes" if found.is_counted else "no",
            "yes" if one.brings_carer else "no",
            one.dietary,
            "; ".join(part for part in (*needs, one.needs_words) if part),
            one.created_at.isoformat(timespec="minutes"),
        ]


SCHEMA_MODES = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}


def draw_structured_data(event: Event, own_name: str) -> dict[str, object]:
    """Return an event as schema.org has it, for search engines; only what its public page says too."""
    status = "EventCancelled" if event.state == State.CANCELLED else "EventScheduled"
    address = settings.PUBLIC_URL + reverse("attend:event", args=[event.id])
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "name": event.title,
        "url": address,
        "startDate": as_local(event.starts_at, event.time_zone).isoformat(),
        "endDate": as_local(event.ends_at, event.time_zone).isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{SCHEMA_MODES[event.place]}EventAttendanceMode",
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": event.capacity,
        "location": _draw_location(event, address),
        "description": event.about or event.purpose,
    }
    partners = [{"@type": "Organization", "name": one.name} for one in event.partners.all()]
    own = {"@type": "Organization", "name": own_name}
    data["organizer"] = partners if event.kind == Event.Kind.SPONSORED and partners else [own, *partners]
    if event.kind == Event.Kind.SPONSORED:
        data["sponsor"] = own
    return data


def _draw_location(event: Event, address: str) -> object:
    online = {"@type": "VirtualLocation", "url": address}
    place = {"@type": "Place", "name": event.venue, "address": event.venue}
    return {"in_person": place, "online": online, "hybrid": [place, online]}[event.place]
