"""Calendars as files that calendar programs follow (RFC 5545): what is planned, changed and cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

PRODUCT = "-//Alongside//Events//EN"
ASK_AGAIN = timedelta(hours=4)


@dataclass(frozen=True)
class CalendarEntry:
    """One event as a calendar shows it. `uid` never changes; `sequence` rises with each change; times are aware.

    `status` is CONFIRMED, TENTATIVE or CANCELLED.
    """

    uid: str
    sequence: int
    status: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    location: str = ""
    url: str = ""


def write_calendar(entries: Sequence[CalendarEntry], *, name: str, written_at: datetime) -> bytes:
    """Return a calendar file. All times are written in UTC, so no zone's rules can be read wrongly."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(name)
    calendar.add("refresh-interval", ASK_AGAIN, {"value": "DURATION"})
    for one in entries:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
        event.add("last-modified", one.changed_at.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", one.summary)
        event.add("status", one.status)
        if one.location:
            event.add("location", one.location)
        if one.url:
            event.add("url", one.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
