"""Places at events as those who run them and those who hold them see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Event, Registration
from alongside.apps.partnership.rules.registrations import CLASSES, hash_code
from alongside.apps.people.queries.needs import NeedLine, NeedSubject, list_needs
from alongside.apps.people.queries.people import get_names

OpenedPlace = Registration  # what a code opens, by a name that pages may use


@dataclass(frozen=True)
class PlaceLine:
    """One row of an event's registrations, for who runs it, with what this person needs."""

    registration: Registration
    name: str
    needs: tuple[NeedLine, ...]
    number: int  # in the order people came


@dataclass(frozen=True)
class NeedsSummary:
    """What must be arranged for everybody who comes: kinds of need with how many people, food, words, carers."""

    kinds: tuple[tuple[str, int], ...]
    dietary: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    carers: int


def list_registrations(viewer: Viewer, event_id: UUID) -> "QuerySet[Registration]":
    """Return everybody who asked for a place, in the order they came, for who runs events."""
    found = (
        Registration.objects.for_viewer(viewer) if viewer.may("run_events") else Registration.objects.none()
    )
    return (
        found.filter(event_id=event_id).select_related("person", "organisation").order_by("created_at", "id")
    )


def make_place_lines(viewer: Viewer, registrations: Iterable[Registration]) -> list[PlaceLine]:
    """Return rows with names and with the needs that people let this viewer see."""
    found = list(registrations)
    needs = _list_needs(viewer, found)
    return [
        PlaceLine(
            registration=one,
            name=(one.person.name if one.person else one.name) or "–",
            needs=tuple(needs.get(one.subject_id, ())),
            number=number,
        )
        for number, one in enumerate(found, start=1)
    ]


def _list_needs(viewer: Viewer, registrations: list[Registration]) -> dict[UUID, list[NeedLine]]:
    """Return the needs of those with an account; whoever runs an event arranges for them."""
    arranges = viewer.may("see_access_needs")
    subjects = [
        NeedSubject("person", one.person_id, is_arranged=arranges) for one in registrations if one.person_id
    ]
    found: dict[UUID, list[NeedLine]] = {}
    for need in list_needs(viewer, subjects) if subjects else []:
        found.setdefault(need.subject_id, []).append(need)
    return found


def summarise_needs(lines: list[PlaceLine]) -> NeedsSummary:
    """Return what must be arranged for those who hold a place or may still get one."""
    coming = [line for line in lines if line.registration.state in Registration.STAND]
    kinds = Counter(kind for line in coming for kind in {need.label for need in line.needs})
    food = Counter(line.registration.dietary.strip() for line in coming if line.registration.dietary.strip())
    said = [line.registration.needs_words.strip() for line in coming]
    said += [need.words for line in coming for need in line.needs if need.words]
    return NeedsSummary(
        kinds=tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))),
        dietary=tuple(sorted(food.items(), key=lambda pair: (-pair[1], pair[0]))),
        words=tuple(dict.fromkeys(words for words in said if words)),
        carers=sum(line.registration.brings_carer for line in coming),
    )


def count_counted(event: Event) -> int:
    """Return how many people count as taking part."""
    states = [state for state, found in CLASSES.items() if found.is_counted]
    return Registration.objects.filter(event=event, state__in=states).count()


def get_own_registration(viewer: Viewer, event_id: UUID) -> Registration | None:
    """Return a signed-in person's own place at an event, the last they asked for."""
    if not viewer.is_known:
        return None
    own = Registration.objects.filter(person_id=viewer.own_id, event_id=event_id).select_related("event")
    return own.order_by("-created_at", "-id").first()


def find_by_code(code: str) -> Registration | None:
    """Return the place a receipt code belongs to; whoever holds the code may see it."""
    if not any(letter.isalnum() for letter in code):
        return None
    return (
        Registration.objects.filter(code_sha256=hash_code(code), erased_at=None)
        .select_related("event")
        .first()
    )


def get_opened_place(registration_id: UUID) -> Registration | None:
    """Return a place whose code was shown a moment ago; the caller keeps that in the session."""
    return Registration.objects.filter(id=registration_id, erased_at=None).select_related("event").first()


def get_waiting_number(registration: Registration) -> int:
    """Return how far back somebody stands on the waiting list, beginning with 1."""
    before = Registration.objects.filter(event_id=registration.event_id, state="waiting")
    return before.filter(created_at__lt=registration.created_at).count() + 1


def list_own_places(viewer: Viewer, since: datetime) -> "QuerySet[Registration]":
    """Return a signed-in person's places at events that end after a moment, soonest first."""
    own = Registration.objects.filter(person_id=viewer.own_id, state__in=Registration.STAND)
    own = own.filter(event__ends_at__gte=since) if viewer.is_known else own.none()
    return own.select_related("event").order_by("event__starts_at", "id")


def name_lead(viewer: Viewer, lead_id: UUID) -> str:
    """Return who runs an event or a project, for colleagues."""
    return get_names(viewer, {lead_id}).get(lead_id, "")


def list_guests(event_id: UUID, one: UUID | None = None) -> list[Registration]:
    """Return those to write to about an event: whose registration stands, or one of them; asked by the worker only."""
    found = Registration.objects.filter(event_id=event_id, state__in=Registration.STAND, erased_at=None)
    if one is not None:
        found = found.filter(id=one)
    return list(found.select_related("person").order_by("created_at", "id"))
