"""Counts that leave the team never point to a person."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.science.disclosure import HIDDEN, protect_count


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"),
        (1, HIDDEN),
        (7, HIDDEN),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (1_002, "1,000"),
        (1_003, "1,005"),
    ],
)
def test_small_counts_are_hidden_and_others_rounded(count: int, words: str) -> None:
    assert protect_count(count).words == words


def test_a_count_below_nought_is_no_count() -> None:
    with pytest.raises(ValueError, match="below nought"):
        protect_count(-1)


@given(st.integers(0, 10**6))
def test_what_is_shown_could_be_one_of_several_counts(count: int) -> None:
    shown = protect_count(count)
    near = [other for other in range(max(count - 8, 0), count + 9) if protect_count(other) == shown]

    assert len(near) >= 5 or count == 0
    assert shown.rounded is None or (shown.rounded % 5 == 0 and abs(shown.rounded - count) <= 2)


@given(st.integers(0, 10**6))
def test_a_larger_count_never_shows_as_smaller(count: int) -> None:
    first, second = protect_count(count), protect_count(count + 1)

    assert first.rounded is None or second.rounded is None or first.rounded <= second.rounded


def test_taking_shown_counts_from_a_shown_total_gives_fewer_than_one_hidden_count_in_a_thousand_away() -> (
    None
):
    """Totals are protected too; only rare tables at the very edge (7, 7, 7 and 22 in 43) still give one away."""
    chance = random.Random(20261122)
    hidden = recovered = 0
    for _table in range(4_000):
        counts = [chance.randint(0, 30) for _part in range(5)]
        total = protect_count(sum(counts))
        for place, count in enumerate(counts):
            if protect_count(count).rounded is not None:
                continue
            others = [*counts[:place], *counts[place + 1 :]]
            fitting = [other for other in range(1, 8) if _fits(others, other, total.rounded)]
            hidden += 1
            recovered += len(fitting) == 1
    assert hidden > 3_000
    assert recovered / hidden <= 0.001


def _fits(others: list[int], hidden: int, total: int | None) -> bool:
    """Say whether a hidden count could be this one, for a reader who sees the others and the total as shown."""
    if total is None:
        return True
    low = high = hidden
    for other in others:
        shown = protect_count(other).rounded
        low += 1 if shown is None else max(shown - 2, 8)
        high += 7 if shown is None else shown + 2
    return high >= max(total - 2, 8) and low <= total + 2
