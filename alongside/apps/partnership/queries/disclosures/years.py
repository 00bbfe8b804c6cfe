"""The years: how far each disclosure is, and what is known about it inside."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCheck,
    DisclosureCorrection,
    DisclosureEvent,
    MethodNote,
)
from alongside.apps.partnership.rules.disclosures import STEPS
from alongside.apps.people.queries import get_names

YEARS_OFFERED = 3
Year: TypeAlias = Disclosure  # what pages call it


@dataclass(frozen=True)
class Step:
    """One step of the line: `is_done`, `is_here` or neither."""

    name: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class YearLine:
    """One year on its way. `days_left` is to the day it must be public, below nought when that has passed."""

    id: UUID
    year: int
    state: str
    state_words: str
    due_on: date
    days_left: int
    published_at: datetime | None
    is_public: bool


@dataclass(frozen=True)
class EventLine:
    """One step somebody took."""

    became: str
    words: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Answers:
    """What partners said so far."""

    asked: int
    right: int
    look: int
    silent: int
    unanswered: int  # asked us to look, and have no reply


def get_disclosure(viewer: Viewer, disclosure_id: UUID) -> Disclosure | None:
    """Return a disclosure of any state to the team; nobody else sees one here."""
    if not viewer.may("see_disclosures"):
        return None
    return Disclosure.objects.filter(id=disclosure_id).first()


def list_years(viewer: Viewer, on: date) -> list[YearLine]:
    """Return every year that was begun, the latest first."""
    if not viewer.may("see_disclosures"):
        return []
    return [
        YearLine(
            id=one.id,
            year=one.year,
            state=one.state,
            state_words=one.get_state_display(),
            due_on=one.due_on,
            days_left=(one.due_on - on).days,
            published_at=one.published_at,
            is_public=one.state in Disclosure.PUBLIC,
        )
        for one in Disclosure.objects.order_by("-year")
    ]


def list_years_to_begin(viewer: Viewer, on: date) -> list[int]:
    """Return this year and those before it that nobody has begun, the latest first."""
    if not viewer.may("prepare_disclosures"):
        return []
    begun = set(Disclosure.objects.values_list("year", flat=True))
    return [year for year in range(on.year, on.year - YEARS_OFFERED, -1) if year not in begun]


def list_steps(disclosure: Disclosure) -> list[Step]:
    """Return the line from collecting to correcting, and where the disclosure stands on it."""
    here = next(place for place, (_name, states) in enumerate(STEPS) if disclosure.state in states)
    return [Step(name, place < here, place == here) for place, (name, _states) in enumerate(STEPS)]


def list_events(viewer: Viewer, disclosure: Disclosure) -> list[EventLine]:
    """Return what happened to it, the newest first."""
    found = list(DisclosureEvent.objects.filter(disclosure=disclosure).order_by("-at", "-id"))
    names = get_names(viewer, {event.by_id for event in found if event.by_id})
    states = dict(Disclosure.State.choices)
    return [
        EventLine(
            str(states.get(event.became, event.became)),
            event.words,
            names.get(event.by_id, "") if event.by_id else "",
            event.at,
        )
        for event in found
    ]


def count_answers(disclosure: Disclosure) -> Answers:
    """Return what partners said about their rows; who said nothing is silent, whatever the day."""
    current = DisclosureCheck.objects.filter(disclosure=disclosure, is_current=True)
    given = list(current.values_list("answer", "reply"))
    right = sum(answer == DisclosureCheck.Answer.RIGHT for answer, _reply in given)
    look = sum(answer == DisclosureCheck.Answer.LOOK for answer, _reply in given)
    unanswered = sum(answer == DisclosureCheck.Answer.LOOK and not reply for answer, reply in given)
    return Answers(len(given), right, look, len(given) - right - look, unanswered)


def get_note(disclosure: Disclosure) -> MethodNote | None:
    """Return the latest version of the method note."""
    return MethodNote.objects.filter(disclosure=disclosure).order_by("-number").first()


def list_waiting_corrections(viewer: Viewer, disclosure: Disclosure) -> list[DisclosureCorrection]:
    """Return corrections that wait for a second person."""
    if not viewer.may("see_disclosures"):
        return []
    waiting = DisclosureCorrection.objects.filter(
        disclosure=disclosure, published_at=None, refused_because=""
    )
    return list(waiting.select_related("corrects").prefetch_related("rows").order_by("made_at", "id"))
