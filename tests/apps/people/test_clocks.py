"""How long an answer may take: laws over all days, and the regulator's own examples."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.people.queries.holidays import list_bank_holidays
from alongside.apps.people.rules.clocks import (
    Clock,
    add_months,
    get_acknowledge_by,
    get_due_on,
    get_extend_by,
    get_urgency,
    next_working_day,
    say_time_left,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
HOLIDAYS = list_bank_holidays()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 1, 31), date(2026, 3, 2)),  # February has no 31st; 28 February 2026 is a Saturday
        (date(2027, 1, 30), date(2027, 3, 1)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas Day, then Saturday, Sunday and Monday in lieu
        (date(2026, 6, 10), date(2026, 7, 10)),
    ],
)
def test_an_answer_is_due_on_the_same_day_of_the_next_month(received: date, due: date) -> None:
    assert get_due_on(Clock(received), HOLIDAYS) == due


@settings(max_examples=60)
@given(day=DAYS, months=st.integers(0, 30))
def test_some_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@settings(max_examples=60)
@given(day=DAYS)
def test_a_due_day_is_a_working_day_and_never_earlier_than_the_month(day: date) -> None:
    due = get_due_on(Clock(day), HOLIDAYS)
    assert due.weekday() < 5
    assert due not in HOLIDAYS
    assert add_months(day, 1) <= due <= add_months(day, 1) + timedelta(days=5)


@settings(max_examples=60)
@given(day=DAYS, waited=st.integers(0, 90), extended=st.booleans())
def test_waiting_for_the_person_never_takes_time_away(day: date, waited: int, extended: bool) -> None:
    plain = get_due_on(Clock(day, is_extended=extended), HOLIDAYS)
    paused = get_due_on(Clock(day, waited, is_extended=extended), HOLIDAYS)
    assert paused >= plain
    still = get_due_on(
        Clock(day, 0, day + timedelta(days=3), extended), HOLIDAYS, on=day + timedelta(days=3 + waited)
    )
    assert still == paused


@settings(max_examples=40)
@given(day=DAYS)
def test_two_months_more_are_three_in_all_and_are_told_within_the_first(day: date) -> None:
    longer = get_due_on(Clock(day, is_extended=True), HOLIDAYS)
    assert add_months(day, 3) <= longer
    assert get_extend_by(Clock(day, is_extended=True), HOLIDAYS) == get_due_on(Clock(day), HOLIDAYS)


@settings(max_examples=40)
@given(day=DAYS)
def test_the_next_working_day_is_found_as_by_looking_at_each(day: date) -> None:
    slow = next(
        one
        for one in (day + timedelta(days=n) for n in range(12))
        if one.weekday() < 5 and one not in HOLIDAYS
    )
    assert next_working_day(day, HOLIDAYS) == slow


def test_time_left_is_said_in_words() -> None:
    day = date(2026, 3, 10)
    assert say_time_left(day, day) == "due today"
    assert say_time_left(day, day - timedelta(days=1)) == "1 day left"
    assert say_time_left(day, day + timedelta(days=2)) == "2 days late"
    assert [get_urgency(day, day + timedelta(days=n)) for n in (1, 0, -7, -8)] == ["late", "soon", "soon", ""]
    assert get_acknowledge_by(day) == date(2026, 4, 9)
