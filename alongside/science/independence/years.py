"""A group's financial years: from which day to which, also where they end with February."""

from datetime import date, timedelta


def _same_day(day: date, year: int) -> date:
    """Return the same day of another year; 28 and 29 February both stand for the end of that month."""
    if day.month == 2 and day.day >= 28:
        return date(year, 3, 1) - timedelta(days=1)
    return day.replace(year=year)


def year_starts_on(ends_on: date) -> date:
    """Return the first day of the twelve months that end on a day."""
    return _same_day(ends_on, ends_on.year - 1) + timedelta(days=1)


def year_end_of(day: date, pattern: date) -> date:
    """Return the end of the financial year a day lies in, where years end on the day and month of `pattern`."""
    end = _same_day(pattern, day.year)
    return end if day <= end else _same_day(pattern, day.year + 1)
