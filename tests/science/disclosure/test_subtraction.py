"""Somebody who holds every shown table, totals too, and subtracts until nothing moves."""

import random
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.disclosure import (
    ProtectedCount,
    Sum,
    protect_count,
    protect_sums,
    subtract_all,
)

Key = tuple[str, int, int]
Counts = dict[Key, int]
Show = Callable[[Counts, list[Sum[Key]]], dict[Key, ProtectedCount]]
ROWS, COLUMNS, TABLES = 4, 5, 700


def make_sums(table: list[list[int]]) -> tuple[Counts, list[Sum[Key]]]:
    """Return the cells of a table with both kinds of totals and the whole, and how they add up."""
    width = range(len(table[0]))
    counts: Counts = {("cell", n, m): count for n, row in enumerate(table) for m, count in enumerate(row)}
    counts |= {("row", n, 0): sum(row) for n, row in enumerate(table)}
    counts |= {("column", 0, m): sum(row[m] for row in table) for m in width}
    counts["all", 0, 0] = sum(map(sum, table))
    rows = [Sum(("row", n, 0), tuple(("cell", n, m) for m in width)) for n in range(len(table))]
    columns = [Sum(("column", 0, m), tuple(("cell", n, m) for n in range(len(table)))) for m in width]
    whole = [
        Sum(("all", 0, 0), tuple(("row", n, 0) for n in range(len(table)))),
        Sum(("all", 0, 0), tuple(("column", 0, m) for m in width)),
    ]
    return counts, [*rows, *columns, *whole]


def each_alone(counts: Counts, _sums: list[Sum[Key]]) -> dict[Key, ProtectedCount]:
    """Protect each count by itself."""
    return {key: protect_count(count) for key, count in counts.items()}


def recovered(show: Show, *, largest: int) -> float:
    """Return the share of hidden cells that come back, over many made-up tables of groups by themes."""
    chance = random.Random(20261122)
    hidden = found = 0
    for _table in range(TABLES):
        table = [
            [chance.choice((0, chance.randint(1, 7), chance.randint(0, largest))) for _ in range(COLUMNS)]
            for _ in range(ROWS)
        ]
        counts, sums = make_sums(table)
        shown = show(counts, sums)
        known = subtract_all(shown, sums)
        small = [key for key, count in shown.items() if count.is_hidden]
        hidden += len(small)
        found += sum(known[key].low == known[key].high for key in small)
        assert all(known[key].low <= counts[key] <= known[key].high for key in counts)
    assert hidden > 2_000
    return found / hidden


def test_subtraction_gives_at_most_one_hidden_cell_in_a_thousand_away() -> None:
    for largest in (7, 12, 40):
        assert recovered(protect_sums, largest=largest) <= 0.001


def test_the_attack_is_a_real_one_because_counts_protected_one_by_one_do_not_withstand_it() -> None:
    assert max(recovered(each_alone, largest=largest) for largest in (7, 12, 40)) > 0.001


def test_a_total_that_would_give_a_part_away_is_said_to_be_eight_or_more() -> None:
    parts = Sum("all", ("a", "b", "c", "d"))
    counts = {"a": 7, "b": 7, "c": 7, "d": 22, "all": 43}
    shown = protect_sums(counts, [parts])
    assert shown["all"].words == "8 or more"
    assert [shown[key].words for key in "abcd"] == ["1 to 7"] * 3 + ["20"]
    assert {key: protect_count(count) for key, count in counts.items() if key != "all"} == {
        key: shown[key] for key in "abcd"
    }


def test_seven_people_in_seven_groups_are_not_said_to_be_seven() -> None:
    counts: dict[str, int] = {**{group: 1 for group in "abcdefg"}, "all": 7}
    shown = protect_sums(counts, [Sum("all", tuple("abcdefg"))])
    assert shown["all"].words == "1 or more"
    assert {shown[group].words for group in "abcdefg"} == {"1 to 7"}


def check_nothing_comes_back(counts: dict[Any, int], sums: list[Sum[Any]]) -> None:
    shown = protect_sums(counts, sums)
    known = subtract_all(shown, sums)
    for key, count in counts.items():
        assert known[key].low <= count <= known[key].high
        if 1 <= count <= 7:
            assert shown[key].rounded is None
            assert known[key].low < known[key].high


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_small_count_of_a_table_is_ever_certain_and_all_that_is_shown_is_true(
    table: list[list[int]],
) -> None:
    check_nothing_comes_back(*make_sums(table))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 60), st.lists(st.lists(st.integers(0, 30), max_size=5), min_size=1, max_size=4))
def test_no_small_group_comes_back_from_several_facts_about_the_same_people(
    people: int, facts: list[list[int]]
) -> None:
    counts: dict[Any, int] = {"people": people}
    sums = []
    for number, groups in enumerate(facts):
        left = people
        for group, count in enumerate(groups):
            counts[number, group] = min(count, left)
            left -= counts[number, group]
        counts[number, "unsaid"] = left
        sums.append(
            Sum("people", tuple(key for key in counts if isinstance(key, tuple) and key[0] == number))
        )
    check_nothing_comes_back(counts, sums)
