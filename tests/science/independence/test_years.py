"""A group's financial years: each day in exactly one, also around February."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.independence import year_end_of, year_starts_on


@pytest.mark.parametrize(
    ("ends_on", "starts_on"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
    ],
)
def test_a_year_has_twelve_months(ends_on: date, starts_on: date) -> None:
    assert year_starts_on(ends_on) == starts_on


days = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@settings(max_examples=80)
@given(days, days)
def test_each_day_lies_in_the_year_it_is_given_and_years_join(day: date, pattern: date) -> None:
    end = year_end_of(day, pattern)
    assert year_starts_on(end) <= day <= end
    assert year_end_of(end + timedelta(days=1), pattern) > end
    assert year_starts_on(year_end_of(end + timedelta(days=1), pattern)) == end + timedelta(days=1)
