"""How concerns were dealt with, by kind and month: for the team exact, for anybody else with small numbers hidden."""

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.bridge import protect_number
from alongside.apps.engagement.models import Concern, ConcernKind


@dataclass(frozen=True)
class ReportLine:
    """One kind in one month ("" for all months or all kinds). Hours are from arrival to the first look, in between."""

    kind: str
    month: str
    arrived: int
    in_time: int
    late: int
    not_yet: int
    found_to_be_one: int
    found_to_be_none: int
    forwarded: int
    closed: int
    median_hours: float | None


@dataclass(frozen=True)
class ProtectedLine:
    """The same line as it may leave the team: numbers in words, small ones hidden, no hours where few stand behind."""

    kind: str
    month: str
    numbers: tuple[str, ...]
    median_hours: str


NUMBERS = (
    "arrived", "in_time", "late", "not_yet", "found_to_be_one", "found_to_be_none", "forwarded", "closed",
)  # fmt: skip
FEWEST_FOR_HOURS = 8


def make_report(viewer: Viewer, at: datetime, *, year: int | None = None) -> list[ReportLine]:
    """Return a line for each kind and month, then one for each kind, then one for all; nothing without the right."""
    if not viewer.may("see_concerns"):
        return []
    concerns = list(Concern.objects.order_by("raised_at"))
    if year:
        concerns = [one for one in concerns if timezone.localtime(one.raised_at).year == year]
    by_month = _gather(concerns, lambda one: (one.kind, f"{timezone.localtime(one.raised_at):%Y-%m}"))
    by_kind = _gather(concerns, lambda one: (one.kind, ""))
    order: list[str] = ConcernKind.values
    lines = [
        _as_line(kind, month, group, at)
        for groups in (by_month, by_kind)
        for (kind, month), group in sorted(
            groups.items(), key=lambda item: (item[0][1], order.index(item[0][0]))
        )
    ]
    return [*lines, _as_line("", "", concerns, at)] if concerns else []


def _gather(
    concerns: Iterable[Concern], key: Callable[[Concern], tuple[str, str]]
) -> dict[tuple[str, str], list[Concern]]:
    groups: dict[tuple[str, str], list[Concern]] = defaultdict(list)
    for concern in concerns:
        groups[key(concern)].append(concern)
    return groups


def _as_line(kind: str, month: str, group: list[Concern], at: datetime) -> ReportLine:
    hours = [
        (one.first_seen_at - one.raised_at).total_seconds() / 3600
        for one in group
        if one.first_seen_at is not None
    ]
    in_time = sum(one.first_seen_at is not None and one.first_seen_at <= one.first_due_at for one in group)
    not_yet = sum(one.first_seen_at is None and one.first_due_at > at for one in group)
    decided_none = sum(one.state == Concern.State.NONE for one in group)
    return ReportLine(
        kind=kind,
        month=month,
        arrived=len(group),
        in_time=in_time,
        late=len(group) - in_time - not_yet,
        not_yet=not_yet,
        found_to_be_one=sum(one.decided_at is not None for one in group) - decided_none,
        found_to_be_none=decided_none,
        forwarded=sum(one.forwarded_at is not None for one in group),
        closed=sum(one.state == Concern.State.CLOSED for one in group),
        median_hours=round(statistics.median(hours), 1) if hours else None,
    )


def protect_lines(lines: Iterable[ReportLine]) -> list[ProtectedLine]:
    """Return lines that may leave the team: 1 to 7 hidden, the rest and the totals rounded to 5."""
    return [
        ProtectedLine(
            kind=line.kind,
            month=line.month,
            numbers=tuple(protect_number(getattr(line, name)) for name in NUMBERS),
            median_hours=_protect_hours(line),
        )
        for line in lines
    ]


def _protect_hours(line: ReportLine) -> str:
    looked_at = line.arrived - line.not_yet
    if line.median_hours is None or looked_at < FEWEST_FOR_HOURS:
        return ""
    return f"{line.median_hours:.0f}"
