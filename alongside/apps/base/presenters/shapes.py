"""Shapes that templates draw: the pages of a list, the chosen filters, a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.science.values.trail import DayItem


@dataclass(frozen=True)
class Chip:
    """One chosen filter and the address of the list without it."""

    label: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class PagerLink:
    """One numbered page; a gap has no address."""

    number: int
    url: str
    is_here: bool


@dataclass(frozen=True)
class Pager:
    """Where somebody is in a list of many pages."""

    links: tuple[PagerLink, ...]
    previous_url: str
    next_url: str
    first_row: int
    last_row: int
    rows: int


def _address(query: QueryDict, **changes: object) -> str:
    left = query.copy()
    for name, value in changes.items():
        left.pop(name, None)
        if value is not None:
            left[name] = str(value)
    return f"?{left.urlencode()}"


def make_pager(page: Page[Any], query: QueryDict) -> Pager:
    """Return the pager of a list, keeping everything else in the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = tuple(
        PagerLink(n, _address(query, page=n), n == page.number)
        if isinstance(n, int)
        else PagerLink(0, "", False)
        for n in numbers
    )
    return Pager(
        links=links,
        previous_url=_address(query, page=page.number - 1) if page.has_previous() else "",
        next_url=_address(query, page=page.number + 1) if page.has_next() else "",
        first_row=page.start_index(),
        last_row=page.end_index(),
        rows=page.paginator.count,
    )


def make_chips(query: QueryDict, labels: Mapping[str, tuple[str, Mapping[str, str]]]) -> list[Chip]:
    """Return a chip for each chosen filter.

    `labels` maps a name in the query string to its label and to the words for its values; a value without
    words is shown as it is. Removing a chip goes back to the first page.
    """
    chips = []
    for name, (label, words) in labels.items():
        values: Sequence[str] = [value for value in query.getlist(name) if value]
        for value in values:
            left = [
                (key, kept)
                for key, kept_values in query.lists()
                for kept in kept_values
                if key != "page" and (key, kept) != (name, value)
            ]
            chips.append(Chip(label, words.get(value, value), f"?{urlencode(left)}"))
    return chips


TONES = {
    "neutral": "nhsuk-tag--grey",
    "waiting": "nhsuk-tag--yellow",
    "good": "nhsuk-tag--green",
    "warning": "nhsuk-tag--orange",
    "bad": "nhsuk-tag--red",
    "proposed": "al-tag--proposed",
    "info": "nhsuk-tag--aqua-green",
}


def tone_class(tone: str) -> str:
    """Return the class of a tone; raise KeyError for one that does not exist."""
    return TONES[tone]


SHOWN_AT_ONCE = 12  # lines of a day under one heading; a day is read, not scrolled through


@dataclass(frozen=True)
class DayGroup:
    """A part of somebody's day under one heading."""

    name: str
    label: str
    items: tuple[DayItem, ...]

    @property
    def first(self) -> tuple[DayItem, ...]:
        """Return the lines shown at once; one line too many is shown rather than folded away alone."""
        return self.items if len(self.items) <= SHOWN_AT_ONCE + 1 else self.items[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> tuple[DayItem, ...]:
        """Return the lines that are folded away."""
        return self.items[len(self.first) :]


def group_day(items: Iterable[DayItem]) -> list[DayGroup]:
    """Return the lines of a day under their headings, leaving out what is empty; earliest date first."""
    labels = {"late": _("Late"), "needs_you": _("Needs you"), "new": _("New")}
    found = list(items)
    groups = [
        DayGroup(
            name,
            label,
            tuple(sorted((i for i in found if i.group == name), key=lambda item: item.on or date.max)),
        )
        for name, label in labels.items()
    ]
    return [group for group in groups if group.items]
