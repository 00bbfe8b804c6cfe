"""Values that pass between rooms: a stop on the trail, a line of a person's day, a search hit."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class TrailItem:
    """One thing on the trail: what it is called, where it is, when it happened."""

    id: UUID
    title: str
    url: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class DayItem:
    """One line of a person's day. `group` is one of needs_you, new, late."""

    group: str
    title: str
    url: str
    detail: str = ""
    on: date | None = None


@dataclass(frozen=True)
class SearchHit:
    """One thing found: its kind as a word, its title, the words around the match."""

    kind: str
    title: str
    url: str
    excerpt: str = ""
    on: date | None = None
