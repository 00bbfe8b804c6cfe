"""The table of states of an event, and what must stand before it is opened, changed or reported."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.apps.base.rules import Refused, check
from alongside.apps.partnership.models import Event
from alongside.apps.partnership.rules.event_clock import as_local

State = Event.State

# From each state, where somebody may bring an event. Full and open again follow the places by themselves.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.IDEA: (State.APPROVED, State.CANCELLED),
    State.APPROVED: (State.OPEN, State.IDEA, State.CANCELLED),
    State.OPEN: (State.HELD, State.CANCELLED),
    State.FULL: (State.HELD, State.CANCELLED),
    State.HELD: (State.REPORTED,),
    State.REPORTED: (State.CLOSED,),
    State.CLOSED: (),
    State.CANCELLED: (),
}
CHANGEABLE = (State.IDEA, State.APPROVED, State.OPEN, State.FULL)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class EventTerms:
    """The settings of how events are run: days to a report and its reminders, hours of an offer, words to avoid."""

    report_due_days: int
    report_reminder_days: tuple[int, ...]
    offer_lasts: timedelta
    most_in_ten_minutes: int
    health_stems: tuple[str, ...]


@dataclass(frozen=True)
class AvoidedWords:
    """What never stands in a calendar: stems about health, and phrases such as names, each as a tuple of words."""

    stems: tuple[str, ...]
    phrases: frozenset[tuple[str, ...]]
    longest: int


def list_next_states(state: str) -> tuple[str, ...]:
    """Return the states somebody may bring an event to from this one."""
    return MOVES[state]


def check_can_move(event: Event, to: str, words: str, at: datetime) -> None:
    """Refuse a change of state that the table does not hold, comes too early or lacks its words."""
    check(
        to in MOVES[event.state],
        f"An event that is “{event.get_state_display()}” cannot become “{_label(to)}”.",
    )
    if to == State.CANCELLED:
        check(
            bool(words),
            "Say why it is cancelled; those who registered read it.",
            field="words",
        )
    if to == State.IDEA:
        check(bool(words), "Say why it goes back to being an idea.", field="words")
    if to == State.OPEN:
        check(event.starts_at > at, "It lies in the past. Change its day before you open it.")
    if to == State.HELD:
        check(
            event.ends_at <= at,
            f"It ends on {as_local(event.ends_at, event.time_zone):%-d %B %Y at %H:%M}. Until then it is not held.",
        )


def _label(state: str) -> str:
    return str(State(state).label) if state in State.values else state


def check_ready_to_open(event: Event, *, agenda_items: int, has_partners: bool) -> None:
    """Refuse to open an event whose page would leave out what those who come must know."""
    check(bool(event.purpose.strip()), "Write what people learn or work on there.", field="purpose")
    check(
        agenda_items > 0,
        "Nothing is on the agenda. Add its parts, with their times, before you open it.",
    )
    check(
        bool(event.access_plan.strip()),
        "Write how everybody can take part: getting in, hearing, reading, resting.",
        field="access_plan",
    )
    if event.place != Event.Place.ONLINE:
        check(bool(event.venue.strip()), "Say where it is.", field="venue")
        check(bool(event.venue_reason.strip()), "Say why this venue.", field="venue_reason")
    if event.kind != Event.Kind.OWN:
        check(
            has_partners, "Choose the partner whose event it is, or who holds it with us.", field="partners"
        )
        check(
            bool(event.acknowledgement.strip()),
            "Write who supports it and how, as people read it from the start.",
            field="acknowledgement",
        )
        check(
            bool(event.acknowledged_where.strip()),
            "Say where that stands: invitation, slides, signs.",
            field="acknowledged_where",
        )


def check_changeable(event: Event) -> None:
    """Refuse to change what was held or cancelled."""
    check(
        event.state in CHANGEABLE,
        f"This event is “{event.get_state_display()}” and stays as it is.",
    )


def check_visibility_stays(event: Event, visibility: str) -> None:
    """Refuse to show an event to others once somebody registered."""
    check(
        event.registered_at is None or visibility == event.visibility,
        "People have registered, so who may see this event stays as it was when they did. "
        "Cancel it and plan another if it must change.",
        field="visibility",
    )


def make_avoided(stems: Iterable[str], phrases: Iterable[str]) -> AvoidedWords:
    """Return what never stands in a calendar, ready to be looked for."""
    tokens = frozenset(tuple(_split(one)) for one in phrases) - {()}
    return AvoidedWords(tuple(stems), tokens, max((len(one) for one in tokens), default=0))


def find_avoided(words: str, avoided: AvoidedWords) -> str:
    """Return the first words that must not stand in a calendar; nothing where all may."""
    tokens = _split(words)
    for start, token in enumerate(tokens):
        if any(token.startswith(stem) for stem in avoided.stems):
            return token
        for length in range(1, avoided.longest + 1):
            if tuple(tokens[start : start + length]) in avoided.phrases:
                return " ".join(tokens[start : start + length])
    return ""


def check_neutral_title(title: str, avoided: AvoidedWords) -> None:
    """Refuse a calendar title that says something about anybody's health, or names a person or a group.

    Whoever looks over a shoulder at a calendar must not learn who somebody meets and why.
    """
    check(
        bool(_split(title)),
        "Write a title that may stand in anybody's calendar, such as “Partnership day”.",
        field="neutral_title",
    )
    if found := find_avoided(title, avoided):
        raise Refused(
            f"“{found}” would tell whoever sees the calendar about somebody's health, or who they meet. "
            "Choose neutral words, such as “Partnership day”.",
            field="neutral_title",
        )


def _split(words: str) -> list[str]:
    return [one.lower().replace("’", "'") for one in _WORD.findall(words)]


def check_report(*, what_happened: str, over: Collection[str], because: str) -> None:
    """Refuse a report without what happened, or one that is silent about what cost more than was agreed."""
    check(bool(what_happened.strip()), "Write what happened.", field="what_happened")
    if over:
        check(
            bool(because.strip()),
            f"More than was agreed: {', '.join(over)}. Say why.",
            field="costs_because",
        )


def find_report_due(ended_on: date, terms: EventTerms) -> date:
    """Return the day on which a report is due."""
    return ended_on + timedelta(days=terms.report_due_days)


def find_reminder(ended_on: date, on: date, terms: EventTerms) -> int:
    """Return how many reminders of a report are due by a day: none before the first."""
    return sum(on >= ended_on + timedelta(days=days) for days in terms.report_reminder_days)
