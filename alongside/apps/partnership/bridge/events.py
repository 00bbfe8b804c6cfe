"""Where events and projects leave the database: calendars; and how they are run."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from alongside.adapters.files.calendars import CalendarEntry, write_calendar
from alongside.apps.partnership.rules.events import EventTerms

__all__ = ["CalendarEntry", "load_terms", "make_calendar"]


@lru_cache
def load_terms() -> EventTerms:
    """Return how events are run here, from the content."""
    raw: dict[str, Any] = yaml.safe_load(
        files("alongside.content").joinpath("events", "terms.yaml").read_text("utf-8")
    )
    return EventTerms(
        report_due_days=int(raw["report_due_days"]),
        report_reminder_days=tuple(int(days) for days in raw["report_reminder_days"]),
        offer_lasts=timedelta(hours=int(raw["offer_lasts_hours"])),
        most_in_ten_minutes=int(raw["most_in_ten_minutes"]),
        health_stems=tuple(str(stem) for stem in raw["health_stems"]),
    )


def make_calendar(entries: Sequence[CalendarEntry], *, name: str, at: datetime) -> bytes:
    """Return a calendar file of these entries."""
    return write_calendar(entries, name=name, written_at=at)
