"""How long an answer may take: one calendar month, two more where it is hard, and not while we wait for the person.

The rule of the UK's regulator: the same day of the next month, else that month's last day; where that is no working
day, the next one. A day on which we wait for the person does not count.
"""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTHS, MORE_MONTHS = 1, 2
ACKNOWLEDGE_DAYS = 30
SOON_DAYS = 7


@dataclass(frozen=True)
class Clock:
    """What the time of one request follows from."""

    received_on: date
    paused_days: int = 0
    paused_on: date | None = None
    is_extended: bool = False


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """Return this day, or the first after it that is neither at a weekend nor a bank holiday."""
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def get_due_on(clock: Clock, holidays: Collection[date], *, on: date | None = None) -> date:
    """Return the last day for an answer. While the clock stands still, count the days up to `on` as well."""
    waited = clock.paused_days
    if clock.paused_on is not None and on is not None:
        waited += max(0, (on - clock.paused_on).days)
    months = MONTHS + (MORE_MONTHS if clock.is_extended else 0)
    return next_working_day(add_months(clock.received_on, months) + timedelta(days=waited), holidays)


def get_extend_by(clock: Clock, holidays: Collection[date]) -> date:
    """Return the last day on which somebody may be told that it takes longer: within the first month."""
    return get_due_on(Clock(clock.received_on, clock.paused_days), holidays)


def get_acknowledge_by(received_on: date) -> date:
    """Return the last day to say that a complaint arrived."""
    return received_on + timedelta(days=ACKNOWLEDGE_DAYS)


def get_urgency(due_on: date, on: date) -> str:
    """Return "late", "soon" or "" for a day that is due."""
    if due_on < on:
        return "late"
    return "soon" if due_on <= on + timedelta(days=SOON_DAYS) else ""


def say_time_left(due_on: date, on: date) -> str:
    """Return how much time is left, in words."""
    days = (due_on - on).days
    if days < 0:
        return ngettext("%(number)s day late", "%(number)s days late", -days) % {"number": -days}
    if days == 0:
        return _("due today")
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}
