"""By when somebody must have looked: whole working days, to the end of the working day."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

DAY_ENDS = time(17)
ONE_DAY = timedelta(days=1)


def is_working_day(on: date, holidays: Collection[date]) -> bool:
    """Return whether a day is neither Saturday, Sunday nor a holiday."""
    return on.weekday() < 5 and on not in holidays


def find_deadline(arrived: datetime, working_days: int, holidays: Collection[date]) -> datetime:
    """Return five in the afternoon of the working day by which somebody must have looked.

    `arrived` is local time with its zone. The day it arrived does not count; with 0 working days the deadline is
    that same day, or the next working day where it arrived at or after five or on a day off. A deadline never
    lies before the arrival. Raise ValueError below 0 days or where `arrived` has no zone.
    """
    if working_days < 0 or arrived.tzinfo is None:
        raise ValueError("A deadline needs 0 or more working days and a time with its zone.")
    day, passed = arrived.date(), 0
    if working_days == 0 and arrived.time() >= DAY_ENDS:
        day += ONE_DAY
    while passed < working_days:
        day += ONE_DAY
        passed += is_working_day(day, holidays)
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return datetime.combine(day, DAY_ENDS, tzinfo=arrived.tzinfo)
