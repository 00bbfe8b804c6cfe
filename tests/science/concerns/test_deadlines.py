"""By when somebody must have looked."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.concerns import find_deadline, is_working_day

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = datetime(2026, 1, 1), datetime(2028, 12, 1)  # noqa: DTZ001  (zones are put on later)
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("arrived", "days", "due"),
    [
        (at(2026, 11, 23, 10), 1, at(2026, 11, 24, 17)),
        (at(2026, 11, 20, 10), 1, at(2026, 11, 23, 17)),
        (at(2026, 11, 21, 10), 1, at(2026, 11, 23, 17)),
        (at(2026, 12, 24, 9), 1, at(2026, 12, 29, 17)),
        (at(2026, 11, 23, 10), 0, at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 17), 0, at(2026, 11, 24, 17)),
        (at(2026, 11, 21, 9), 0, at(2026, 11, 23, 17)),
        (at(2026, 3, 27, 9), 1, at(2026, 3, 30, 17)),  # across the change to summer time
    ],
)
def test_a_deadline_ends_with_a_working_day(arrived: datetime, days: int, due: datetime) -> None:
    assert find_deadline(arrived, days, HOLIDAYS) == due


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(FIRST, LAST),
    st.integers(0, 10),
    st.integers(0, 72),
)
def test_laws_of_deadlines(naive: datetime, days: int, hours_later: int) -> None:
    arrived = naive.replace(tzinfo=LONDON)
    due = find_deadline(arrived, days, HOLIDAYS)
    later = (naive + timedelta(hours=hours_later)).replace(tzinfo=LONDON)

    assert due > arrived
    assert is_working_day(due.date(), HOLIDAYS)
    assert find_deadline(arrived, days + 1, HOLIDAYS) >= due
    assert find_deadline(later, days, HOLIDAYS) >= due


def test_a_deadline_needs_a_zone_and_no_days_below_nought() -> None:
    with pytest.raises(ValueError, match="zone"):
        find_deadline(FIRST, 1, HOLIDAYS)
    with pytest.raises(ValueError, match="0 or more"):
        find_deadline(at(2026, 1, 1), -1, HOLIDAYS)
