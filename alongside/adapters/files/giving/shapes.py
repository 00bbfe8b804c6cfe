"""What a value in a published grant may be: text, number, day, code, list, object; each says what would mend it.

Written from the facts of the 360Giving Data Standard; where a value breaks two of its rules at once, both are said, so
that a count of errors agrees with other checkers.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from alongside.science.values.sources import shorten

Report = Callable[[str, object, str], None]  # path, value, cure
_DAY = re.compile(r"^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$")
_MONTH_OR_YEAR = re.compile(r"^[0-9]{4}(-(0[1-9]|1[012]))?$")
_MOMENT = re.compile(
    r"^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$",
    re.ASCII,
)
_ADDRESS = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$")


class Shape(ABC):
    """What one value may be."""

    @abstractmethod
    def check(self, value: object, path: str, report: Report) -> None:
        """Report everything that is wrong with a value."""


def is_number(value: object) -> bool:
    """Say whether a value is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_moment(value: str) -> bool:
    """Say whether a text is a date with a time and its zone, and that date exists."""
    found = _MOMENT.match(value.upper())
    if found is None:
        return False
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Text(Shape):
    """A text; `or_none` lets it be null."""

    or_none: bool = False

    def check(self, value: object, path: str, report: Report) -> None:
        if not isinstance(value, str) and not (self.or_none and value is None):
            report(path, value, "Write it as text, in quotes.")


@dataclass(frozen=True)
class Number(Shape):
    """A number, as a number and not as text."""

    or_none: bool = False
    least: float | None = None

    def check(self, value: object, path: str, report: Report) -> None:
        if not is_number(value):
            if not (self.or_none and value is None):
                report(path, value, "Write it as a number, without quotes, signs or commas, such as 1250.5.")
        elif self.least is not None and value < self.least:  # type: ignore[operator]
            report(path, value, f"Write {self.least:g} or more.")


@dataclass(frozen=True)
class Code(Shape):
    """A text from a list. A value that is no text breaks two rules of a listed code, as it is neither."""

    codes: Collection[str]
    cure: str
    or_none: bool = False
    is_enumerated: bool = True  # a code the standard lists in its schema, not only beside it

    def check(self, value: object, path: str, report: Report) -> None:
        is_text = isinstance(value, str)
        if not is_text and not (self.or_none and value is None):
            report(path, value, "Write it as text, in quotes.")
        if (is_text and value not in self.codes) or (not is_text and self.is_enumerated):
            report(path, value, self.cure)


@dataclass(frozen=True)
class Day(Shape):
    """A date, or a date with a time; `or_month` also takes a month or a year."""

    or_none: bool = False
    or_month: bool = False

    def check(self, value: object, path: str, report: Report) -> None:
        cure = "Write the date as 2026-03-27, or with a time and its zone as 2026-03-27T09:00:00Z."
        if isinstance(value, str):
            fits = bool(_DAY.search(value)) or is_moment(value)
            if not fits and not (self.or_month and _MONTH_OR_YEAR.search(value)):
                report(path, value, cure)
            return
        if not (self.or_none and value is None):
            report(path, value, "Write it as text, in quotes.")
        # What is no text fits every way of writing a date at once, which the standard does not take either.
        report(path, value, f"{cure} Leave the field out where there is none.")


@dataclass(frozen=True)
class Moment(Shape):
    """A date with a time and its zone."""

    def check(self, value: object, path: str, report: Report) -> None:
        if not isinstance(value, str):
            report(path, value, "Write it as text, in quotes.")
        elif not is_moment(value):
            report(path, value, "Write the date with a time and its zone, as 2026-03-27T09:00:00Z.")


@dataclass(frozen=True)
class Listed(Shape):
    """A list of values of one shape."""

    of: Shape
    least: int = 0

    def check(self, value: object, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report(path, value, "Write it as a list, in square brackets.")
            return
        if len(value) < self.least:
            report(path, value, "Name at least one.")
        for number, one in enumerate(value):
            self.of.check(one, f"{path}/{number}", report)


@dataclass(frozen=True)
class Thing(Shape):
    """An object with fields of their own shapes; others may stand beside them."""

    fields: Mapping[str, Shape]
    needed: tuple[str, ...] = field(default=())

    def check(self, value: object, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report(path, value, "Write it as an object, in curly brackets.")
            return
        for name in self.needed:
            if name not in value:
                report(f"{path}/{name}", "", f"Add “{name}”: every one needs it.")
        for name, shape in self.fields.items():
            if name in value:
                shape.check(value[name], f"{path}/{name}" if path else name, report)


def is_address(value: object) -> bool:
    """Say whether a value is a web address with its beginning, such as https://."""
    return isinstance(value, str) and bool(_ADDRESS.match(value))


def show(value: object) -> str:
    """Return a value as a reader is shown it, on one line and short."""
    try:
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        words = str(value)
    return shorten(words)
