"""Where events and projects leave the database: calendars, spreadsheets, settings."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

import yaml

from alongside.adapters.files.calendars import CalendarEntry, write_calendar
from alongside.adapters.files.writing import iterate_csv, write_xlsx
from alongside.apps.partnership.rules.events import EventTerms

__all__ = ["CalendarEntry", "load_terms", "make_calendar", "make_xlsx", "stream_csv"]


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


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet; a mark at its start says that it is UTF-8."""
    return chain(["\ufeff"], iterate_csv(columns, rows))


def make_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> bytes:
    """Return an XLSX file, safe to open in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, sheet=sheet)
    return file.getvalue()
