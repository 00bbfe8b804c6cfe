"""The demonstration's words: read from the content folder into named values. All of it is made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"


def read_yaml(name: str) -> Any:
    """Return what a content file holds."""
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def as_day(value: date | str) -> date:
    """Return a date of the content, which YAML reads as a date or leaves as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def at_noon(value: date | str, hour: int = 12) -> datetime:
    """Return a moment on that day."""
    return datetime.combine(as_day(value), time(hour), tzinfo=UTC)


@dataclass(frozen=True)
class QuoteWords:
    """A place in a voice: which file, which voice in it (its id, cue or turn), and the exact words."""

    file: str
    key: str
    text: str


@dataclass(frozen=True)
class NumberWords:
    """A number as evidence: the value, what it is out of, and what it counts."""

    value: int
    out_of: int | None
    counts: str


def read_quote(raw: dict[str, Any]) -> QuoteWords:
    """Return a quote whose key is the response id, the cue, the turn or the answer's id."""
    key = raw.get("response_id") or raw.get("cue") or raw.get("turn") or raw.get("id")
    return QuoteWords(file=str(raw["source"]), key=str(key), text=str(raw["text"]))


def read_number(raw: dict[str, Any]) -> NumberWords:
    """Return a number."""
    return NumberWords(value=int(raw["value"]), out_of=raw.get("denominator"), counts=str(raw["counts"]))
