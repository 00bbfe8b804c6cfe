"""Laws of the checks: what is missing never passes, more words never hide one, months never lose a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.rules import CHECKS, shift_months
from alongside.science.values.rules import Check, Facts

FEW = settings(max_examples=40, deadline=None)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WORDS = st.text(alphabet="abc XYZ.,\n", max_size=30)


def look(check: Check, facts: Facts) -> str:
    return CHECKS[check.kind][0](check, facts)


@FEW
@given(day=DAYS, limit=DAYS, months=st.integers(-60, 60))
def test_a_day_is_not_after_its_limit_exactly_when_it_is_no_later(
    day: date, limit: date, months: int
) -> None:
    facts = Facts.of(day=day, limit=limit)
    after = look(Check("not_after", ("day",), against="limit", months=months), facts)
    before = look(Check("not_before", ("day",), against="limit", months=months), facts)

    assert (after == "") == (day <= shift_months(limit, months))
    assert (before == "") == (day >= shift_months(limit, months))


@FEW
@given(day=DAYS, months=st.integers(0, 600))
def test_months_forward_and_back_lose_at_most_the_end_of_a_month(day: date, months: int) -> None:
    there = shift_months(day, months)
    assert there.day <= day.day
    assert timedelta() <= day - shift_months(there, -months) <= timedelta(days=3)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


def test_months_beyond_the_calendar_are_told() -> None:
    with pytest.raises(OverflowError):
        shift_months(date(9999, 1, 1), 12)


@FEW
@given(before=WORDS, after=WORDS)
def test_a_word_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    check = Check("words_absent", ("text",), words=("sole funder", "methotrexate"))

    assert look(check, Facts.of(text=f"{before} SOLE\n funder {after}"))
    assert not look(check, Facts.of(text=f"{before} solefunder {after}"))


def test_no_words_are_found_in_what_is_no_text_or_by_an_empty_list() -> None:
    assert not look(Check("words_absent", ("number",), words=("1",)), Facts.of(number=1))
    assert not look(Check("words_absent", ("text",), words=()), Facts.of(text="anything"))


@pytest.mark.parametrize(
    "kind", ["filled", "one_filled", "one_of", "same", "not_after", "not_before", "at_most"]
)
def test_what_is_missing_never_passes_for_something_there(kind: str) -> None:
    check = Check(kind, ("one",), against="other", values=("yes",))

    assert look(check, Facts())
    assert look(check, Facts.of(one=None, other=None))


@pytest.mark.parametrize("kind", ["not_after", "not_before"])
def test_a_missing_limit_is_named(kind: str) -> None:
    assert (
        look(Check(kind, ("day",), against="the_limit"), Facts.of(day=date(2026, 1, 1)))
        == "Missing: the limit."
    )


@FEW
@given(number=st.integers(-5, 5), most=st.integers(-5, 5))
def test_a_number_is_at_most_another_exactly_when_it_is_no_larger(number: int, most: int) -> None:
    facts = Facts.of(number=number, most=most)
    assert (look(Check("at_most", ("number",), against="most"), facts) == "") == (number <= most)


def test_yes_is_no_number() -> None:
    facts = Facts.of(number=True, most=3)
    assert look(Check("at_most", ("number",), against="most"), facts) == "Missing: number."
    assert look(Check("at_most", ("most",), against="other"), facts) == "Missing: other."


def test_yes_and_no_are_compared_as_words() -> None:
    check = Check("one_of", ("answer",), values=("yes",))
    assert not look(check, Facts.of(answer=True))
    assert look(check, Facts.of(answer=False)) == "Answer: no."
    assert look(check, Facts()) == "Answer: nothing."
    assert look(Check("none_of", ("answer",), values=("no",)), Facts.of(answer=False)) == "Answer: no."


def test_two_facts_differ_or_are_the_same() -> None:
    facts = Facts.of(one="a", other="a", third="b")
    assert not look(Check("same", ("one",), against="other"), facts)
    assert look(Check("different", ("one",), against="other"), facts)
    assert not look(Check("different", ("one",), against="third"), facts)
    assert not look(Check("different", ("none",), against="other"), facts)


def test_a_fact_given_later_wins() -> None:
    facts = Facts.of(one="a", two=2).with_more([("one", "b")])
    assert (facts.get("one"), facts.get("two"), facts.get("three")) == ("b", 2, None)
