"""Events as the public, patient partners and partner organisations see them; calendars of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.partnership.bridge.events import CalendarEntry, make_calendar
from alongside.apps.partnership.models import CalendarFeed, Event, Registration
from alongside.apps.partnership.rules.registrations import hash_token
from alongside.apps.people.queries.people import get_viewer_by_id

KEPT_IN_FEEDS = timedelta(days=400)
STATUS = {
    Event.State.CANCELLED: "CANCELLED",
    Event.State.IDEA: "TENTATIVE",
    Event.State.APPROVED: "TENTATIVE",
}


def list_open_events(viewer: Viewer, at: datetime) -> "QuerySet[Event]":
    """Return events that are open to this viewer and not over, soonest first; cancelled ones say so until their day."""
    shown = [*Event.TAKES_PEOPLE, Event.State.CANCELLED]
    found = Event.objects.for_viewer(viewer).filter(opened_at__isnull=False, ends_at__gte=at, state__in=shown)
    return found.prefetch_related("partners").order_by("starts_at", "id")


def get_open_event(viewer: Viewer, event_id: UUID) -> Event | None:
    """Return one event that was opened to this viewer, whatever became of it."""
    found = Event.objects.for_viewer(viewer).filter(id=event_id, opened_at__isnull=False)
    if not viewer.may("see_events"):
        found = found.exclude(visibility="team")
    return found.prefetch_related("partners", "agenda").first()


def list_partner_events(viewer: Viewer) -> "QuerySet[Event]":
    """Return the events of the organisation this viewer speaks for, the latest first."""
    return Event.objects.for_partner(viewer).prefetch_related("partners").order_by("-starts_at", "-id")


def make_public_feed(at: datetime) -> bytes:
    """Return the calendar of public events; those cancelled stay in it, marked so, so that calendars follow."""
    events = (
        Event.objects.for_viewer(PUBLIC).filter(ends_at__gte=at - KEPT_IN_FEEDS).order_by("starts_at", "id")
    )
    return _make_feed(events, at)


def make_event_file(event: Event, at: datetime) -> bytes:
    """Return a calendar file of one event."""
    return _make_feed([event], at)


def find_feed_owner(token: str) -> Viewer | None:
    """Return whose calendar stands behind a secret address as they are now; None where it was ended or never was."""
    feed = CalendarFeed.objects.filter(token_sha256=hash_token(token), ended_at=None).first()
    viewer = get_viewer_by_id(feed.person_id) if feed else PUBLIC
    return viewer if viewer.is_known else None


def has_feed(viewer: Viewer) -> bool:
    """Return whether a person has a private calendar address that works."""
    return viewer.is_known and CalendarFeed.objects.filter(person_id=viewer.own_id, ended_at=None).exists()


def make_own_feed(viewer: Viewer, at: datetime) -> bytes:
    """Return the calendar of one person: what they registered for, and for those who run events all of them.

    A place that was given back stays in the feed as cancelled, because a calendar keeps what it is not told to drop.
    """
    recent = Event.objects.filter(ends_at__gte=at - KEPT_IN_FEEDS)
    asked: dict[UUID, list[str]] = {}
    mine = Registration.objects.filter(person_id=viewer.own_id).order_by("created_at", "id")
    for event_id, state in mine.values_list("event_id", "state"):
        asked.setdefault(event_id, []).append(state)
    wanted = Q(id__in=list(asked))
    if viewer.may("run_events"):
        wanted |= ~Q(state=Event.State.IDEA)
        asked = {}
    return _make_feed(recent.filter(wanted).order_by("starts_at", "id"), at, asked)


def _make_feed(
    events: Iterable[Event], at: datetime, asked: Mapping[UUID, Sequence[str]] | None = None
) -> bytes:
    entries = [_as_entry(event, (asked or {}).get(event.id, ())) for event in events]
    return make_calendar(entries, name=str(settings.BRAND["name"]), at=at)


def _as_entry(event: Event, asked: Sequence[str]) -> CalendarEntry:
    """Return an event as a calendar shows it to somebody who asked for a place so many times.

    Each place asked for and each given back is a change of this person's own, so their sequence rises with both.
    """
    is_given_back = bool(asked) and asked[-1] in ("cancelled", "lapsed")
    own_changes = 2 * len(asked) - (not is_given_back) if asked else 0
    return CalendarEntry(
        uid=f"{event.id}@alongside",
        sequence=event.sequence + own_changes,
        status="CANCELLED" if is_given_back else STATUS.get(Event.State(event.state), "CONFIRMED"),
        summary=event.neutral_title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.changed_at,
        location=event.venue if event.has_neutral_venue else "",
        url=settings.PUBLIC_URL + reverse("attend:event", args=[event.id]),
    )
