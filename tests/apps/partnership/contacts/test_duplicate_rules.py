"""Which names are nearly the same: laws of the comparison, and a quick search that agrees with the slow one."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.rules.contacts import (
    ContactPlan,
    check_change_answer,
    check_change_words,
    check_contact,
    is_mandated,
)
from alongside.apps.partnership.rules.duplicates import (
    are_near,
    are_near_people,
    differ_by_one,
    find_near_pairs,
    fold_name,
)
from alongside.apps.partnership.rules.merging import check_no_papers, check_same_place, list_papers

LETTERS = st.text("abc", max_size=7)
PARTS = ["side", "sid", "door", "dor", "second", "stair", "stairs", "j", "smith", "The", "Ltd", "!"]
NAMES = st.lists(
    st.lists(st.sampled_from(PARTS),
             min_size=1, max_size=3).map(" ".join),
    max_size=9,
)  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Second Stair Ltd.", "second stair"),
        ("Stair Second", "Second Stair"),
        ("Second Stair", "Second Stiar"),
        ("Second Stair", "Second Stairs"),
        ("Fibro & M.E. Café", "fibro and m e cafe"),
    ],
)
def test_names_that_are_nearly_the_same(first: str, second: str) -> None:
    assert are_near(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("Mind", "Mine"), ("Side Door", "Plain Skin"), ("!!", "??"), ("", "")]
)
def test_names_that_are_not(first: str, second: str) -> None:
    assert not are_near(first, second)


def test_a_pair_filed_together_twice_is_found_once() -> None:
    assert list(find_near_pairs({1: "abcdefg", 2: "abcdegf", 3: "other name"})) == [(1, 2)]


def test_a_form_alone_stays_a_name() -> None:
    assert fold_name("The Limited") == "the limited"
    assert fold_name("O’Neill’s") == "oneills"


def test_people_are_near_by_their_initial() -> None:
    assert are_near_people("J Smith", "Jane Smith")
    assert not are_near_people("J Smith", "Jane Smythe")
    assert not are_near_people("K Smith", "Jane Smith")
    assert not are_near_people("Jane", "J")
    assert not are_near_people("John Smith", "Jane Smith")


def slow_differ(first: str, second: str) -> bool:
    """Try every single change."""
    changed = {first}
    for place in range(len(first) + 1):
        for letter in "abc":
            changed.add(first[:place] + letter + first[place:])
            changed.add(first[:place] + letter + first[place + 1 :])
        changed.add(first[:place] + first[place + 1 :])
        changed.add(
            first[:place] + first[place + 1 : place + 2] + first[place : place + 1] + first[place + 2 :]
        )
    return second in changed


@given(LETTERS, LETTERS)
@settings(max_examples=300)
def test_one_letter_is_what_trying_every_change_finds(first: str, second: str) -> None:
    assert differ_by_one(first, second) == slow_differ(first, second)


def group(size: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Return for each the smallest it is linked to."""
    found = list(range(size))
    for first, second in pairs * size:
        found[first] = found[second] = min(found[first], found[second])
    return found


@given(NAMES, st.booleans())
@settings(max_examples=150)
def test_the_quick_search_links_what_comparing_all_with_all_links(names: list[str], people: bool) -> None:
    near = are_near_people if people else are_near
    quick = list(find_near_pairs(dict(enumerate(names)), people=people))
    slow = [pair for pair in combinations(range(len(names)), 2) if near(names[pair[0]], names[pair[1]])]
    assert len(quick) == len(set(quick))
    assert all(near(names[first], names[second]) for first, second in quick)
    assert group(len(names), quick) == group(len(names), slow)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (ContactPlan(" "), "name"),
        (ContactPlan("Meg", preferred_way="email"), "email"),
        (ContactPlan("Meg", preferred_way="text"), "phone"),
        (ContactPlan("Meg", mandated_until=date(2026, 1, 1)), "mandated_from"),
        (
            ContactPlan("Meg", mandated_from=date(2026, 2, 1), mandated_until=date(2026, 1, 1)),
            "mandated_until",
        ),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused(plan: ContactPlan, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_contact(plan)
    assert refusal.value.field == field


def test_both_days_of_a_mandate_count() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    assert is_mandated(first, last, first)
    assert is_mandated(first, last, last)
    assert is_mandated(first, None, date(2030, 1, 1))
    assert not is_mandated(first, last, date(2026, 7, 1))
    assert not is_mandated(None, None, first)


def test_papers_keep_an_organisation_and_are_named() -> None:
    papers = list_papers({"agreements.agreement": 2, "partnership.payment": 1, "actions.action_partners": 4})
    assert papers == ["2 agreements", "1 payment"]
    with pytest.raises(Refused, match="2 agreements, 1 payment stand in the name of Side Door"):
        check_no_papers("Side Door", papers)
    check_no_papers("Side Door", [])
    check_same_place(True)
    with pytest.raises(Refused):
        check_same_place(False)


def test_a_request_and_its_answer_have_words() -> None:
    for words in (" ", "x" * 4_001):
        with pytest.raises(Refused):
            check_change_words(words)
    check_change_words("Our website has moved.")
    for answer, changed, is_done in (("", "x", True), ("Done.", " ", True)):
        with pytest.raises(Refused):
            check_change_answer(answer, changed, is_done=is_done)
    check_change_answer("We may not.", "", is_done=False)
