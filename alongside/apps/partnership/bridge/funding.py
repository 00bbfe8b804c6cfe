"""From funding to files and to science: shipped content, how independent a group is."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from alongside.science.independence import measure_year, year_end_of, year_starts_on
from alongside.science.values.independence import GivenTo, YearOfIncome, YearShares

__all__ = ["GivenTo", "YearOfIncome", "YearShares", "measure_year", "year_end_of", "year_starts_on"]


@dataclass(frozen=True)
class HandsOffLine:
    """One line of the hands-off checklist."""

    key: str
    words: str


@dataclass(frozen=True)
class HandsOffText:
    """One edition of the hands-off statement with the lines of its checklist."""

    edition: int
    valid_from: date
    statement: str
    source: str
    verified_on: date
    lines: tuple[HandsOffLine, ...]


@dataclass(frozen=True)
class ShippedCriteria:
    """The criteria that come with Alongside, until a lead publishes an edition."""

    edition: int
    valid_from: date
    intro: str
    criteria: tuple[tuple[str, str, str], ...]
    warn_from_percent: int
    source: str


def _read(name: str) -> Any:
    return yaml.safe_load((files("alongside.content") / "funding" / name).read_text("utf-8"))


@lru_cache
def read_shipped_criteria() -> ShippedCriteria:
    """Return the shipped edition of the criteria."""
    raw = _read("criteria.yaml")
    return ShippedCriteria(
        edition=raw["edition"],
        valid_from=raw["valid_from"],
        intro=raw["intro"].strip(),
        criteria=tuple((one["key"], one["title"], one["words"].strip()) for one in raw["criteria"]),
        warn_from_percent=raw["warn_from_percent"],
        source=raw["source"].strip(),
    )


@lru_cache
def read_hands_off() -> tuple[HandsOffText, ...]:
    """Return every edition of the hands-off statement, oldest first."""
    return tuple(
        HandsOffText(
            edition=raw["edition"],
            valid_from=raw["valid_from"],
            statement=raw["statement"].strip(),
            source=raw["source"].strip(),
            verified_on=raw["verified_on"],
            lines=tuple(HandsOffLine(one["key"], one["words"]) for one in raw["lines"]),
        )
        for raw in _read("hands-off.yaml")["editions"]
    )
