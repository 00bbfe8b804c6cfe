"""Shares of a group's income: right sums, bounds that hold, and nothing made of what nobody knows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.independence import measure_year
from alongside.science.values.independence import GivenTo, YearOfIncome, YearShares

OURS, CARDEW, COUNCIL = "Us", "The Cardew Trust", "Town council"


def measure(income: int | None, *given_: GivenTo) -> YearShares:
    return measure_year(YearOfIncome("2026", income, given_))


def test_the_worked_example_of_the_method_page() -> None:
    year = measure(
        2_840_000,
        GivenTo(OURS, 620_000, is_ours=True, unvalued=1),
        GivenTo(CARDEW, 900_000),
        GivenTo(COUNCIL, None),
    )

    assert [one.name for one in year.shares] == [CARDEW, OURS, COUNCIL]
    assert year.ours == pytest.approx(0.2183, abs=1e-4)
    assert year.others_share == pytest.approx(0.4648, abs=1e-4)
    assert year.lowest == pytest.approx(0.1481, abs=1e-4)
    assert year.highest == pytest.approx(0.3641, abs=1e-4)
    assert (year.leans, year.disagrees, year.unvalued) == ("unclear", False, 1)


@pytest.mark.parametrize("income", [None, 0])
def test_without_an_income_there_is_no_share(income: int | None) -> None:
    year = measure(income, GivenTo(OURS, 100, is_ours=True))

    assert (year.ours, year.others_share, year.lowest, year.highest) == (None, None, None, None)
    assert year.leans == "unknown"
    assert year.shares[0].share is None


def test_what_has_no_value_is_no_share_of_nought() -> None:
    assert measure(100, GivenTo(OURS, None, is_ours=True, unvalued=2)).ours is None
    assert measure(100, GivenTo(CARDEW, 10)).ours == 0


@pytest.mark.parametrize(
    ("amounts", "leans"),
    [
        ((60, 10), "one"),
        ((45, 45), "few"),
        ((20, 20, 20, 20), "many"),
        ((10,), "unclear"),  # the rest may be one hand
        ((40, 20), "unclear"),  # 0.2 if the rest is many hands, 0.36 if it is one
    ],
)
def test_how_far_it_leans(amounts: tuple[int, ...], leans: str) -> None:
    year = measure(100, *(GivenTo(f"F{place}", one) for place, one in enumerate(amounts)))
    assert year.leans == leans


def test_funders_that_gave_more_than_all_there_was_disagree_with_it() -> None:
    year = measure(100, GivenTo(CARDEW, 80), GivenTo(OURS, 40, is_ours=True))
    assert (year.disagrees, year.leans, year.others_share) == (True, "unclear", 0)
    assert year.ours == pytest.approx(0.4)


@pytest.mark.parametrize(("income", "pence"), [(-1, 5), (5, -1)])
def test_below_nothing_is_refused(income: int, pence: int) -> None:
    with pytest.raises(ValueError, match="not negative"):
        measure(income, GivenTo(OURS, pence))


amounts = st.lists(st.integers(1, 10_000), max_size=6)


@settings(max_examples=60)
@given(amounts, st.integers(0, 20_000))
def test_shares_and_the_rest_are_the_whole_and_the_bounds_hold(given_: list[int], more: int) -> None:
    income = sum(given_) + more
    year = measure(income, *(GivenTo(f"F{place}", one) for place, one in enumerate(given_)))
    if not income:
        assert year.leans == "unknown"
        return
    assert year.others_share is not None
    assert year.lowest is not None
    assert year.highest is not None
    assert sum(one.share or 0 for one in year.shares) + year.others_share == pytest.approx(1)
    assert 0 <= year.lowest <= year.highest <= 1 + 1e-9
    # If the rest came from any number of hands between one and many, the truth lies between the bounds.
    halves = year.lowest + 2 * (year.others_share / 2) ** 2
    assert year.lowest - 1e-9 <= halves <= year.highest + 1e-9


@settings(max_examples=40)
@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 10_000))
def test_giving_more_of_the_same_income_never_lowers_our_share(ours: int, others: int, more: int) -> None:
    income = ours + others + more
    before = measure(income, GivenTo(OURS, ours, is_ours=True), GivenTo(CARDEW, others)).ours
    after = measure(income, GivenTo(OURS, ours + more, is_ours=True), GivenTo(CARDEW, others)).ours
    assert before is not None
    assert after is not None
    assert after > before
