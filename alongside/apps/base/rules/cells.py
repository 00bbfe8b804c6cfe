"""Reading one cell: a date in a stated order, an e-mail address, a short text; wrong ones say what would do."""

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ORDERS: Mapping[str, tuple[int, int, int]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_EXAMPLES: Mapping[str, str] = {"dmy": "31/12/2026", "mdy": "12/31/2026", "ymd": "2026-12-31"}
_PARTS = re.compile(r"[\s/.,-]+")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


class RowProblem(Exception):
    """One cell that cannot be read: its column, what stood there, what would do."""

    def __init__(self, column: str, value: str, cure: str) -> None:
        super().__init__(cure)
        self.column = column
        self.value = value
        self.cure = cure


def read_date(column: str, value: str, order: str) -> date | None:
    """Return the day a cell names, or None for an empty cell; `order` is dmy, mdy or ymd.

    A year written first (2026-12-31) is understood in every order. Raise RowProblem.
    """
    text = _TIME.sub("", value.strip())
    if not text:
        return None
    parts = _PARTS.split(text.casefold())
    try:
        if len(parts) != 3:
            raise ValueError
        year, month, day = _ORDERS["ymd" if len(parts[0]) == 4 else order]
        return date(_read_year(parts[year]), _read_month(parts[month]), int(parts[day]))
    except (ValueError, OverflowError):  # a month of fifty digits is a number too, and no month
        cure = f"Write the date as {_EXAMPLES[order]}, or choose another order of day, month and year."
        raise RowProblem(column, value, cure) from None


def _read_year(text: str) -> int:
    if len(text) not in (2, 4):
        raise ValueError
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _read_month(text: str) -> int:
    return _MONTHS[text] if text in _MONTHS else int(text)


def read_email(column: str, value: str) -> str:
    """Return an e-mail address, or "" for an empty cell. Raise RowProblem where it cannot be one."""
    text = value.strip()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        raise RowProblem(column, value, "Write one e-mail address, as name@example.org.") from None
    if len(text) > 254:
        raise RowProblem(column, value[:80], "Write one e-mail address of at most 254 characters.")
    return text


def read_short(column: str, value: str, longest: int) -> str:
    """Return a short text without blanks around it. Raise RowProblem where it is longer than its place."""
    text = value.strip()
    if "\x00" in text:
        raise RowProblem(column, text.replace("\x00", "␀")[:200], "Take the NUL character out of this cell.")
    if len(text) > longest:
        cure = f"Shorten it to {longest} characters: it has {len(text):,}. Is this the right column?"
        raise RowProblem(column, text[:200], cure)
    return text
