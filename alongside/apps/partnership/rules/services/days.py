"""How many days it takes from a claim to the money: the middle one, and how many came within the promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class DaysToPay:
    """What was measured: `median_days` is None where nothing was paid; `late_open` wait beyond the promise."""

    paid: int
    median_days: float | None
    within: int
    promised_days: int
    late_open: int

    @property
    def share_within(self) -> int | None:
        """Return how many of a hundred were paid within the promise, rounded down so that it never flatters."""
        return self.within * 100 // self.paid if self.paid else None


def measure_days(spans: Iterable[tuple[date, date | None]], *, promised_days: int, on: date) -> DaysToPay:
    """Return the measure of claims, each from the day it was sent to the day its last payment was paid, or None."""
    paid, late_open = list[int](), 0
    for sent_on, paid_on in spans:
        if paid_on is not None:
            paid.append(max((paid_on - sent_on).days, 0))
        elif (on - sent_on).days > promised_days:
            late_open += 1
    return DaysToPay(
        paid=len(paid),
        median_days=median(paid) if paid else None,
        within=sum(1 for days in paid if days <= promised_days),
        promised_days=promised_days,
        late_open=late_open,
    )
