"""What names one person, and how a name is covered without moving a letter beside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.operations.covering import cover_in
from alongside.apps.base.rules.naming import (
    COVER,
    cover_names,
    cut_around,
    find_names,
    is_telling,
    keep_telling,
)

LETTERS = st.text("abc xyz.,█Ŵ\n", max_size=60)


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("Ann Bell", True), ("a@b.example", True), ("07700 900417", True), ("999 123 4560", True),
        ("Sam", False), ("", False), ("A B", False), ("12 34", False), ("@", False), ("Bell", False),
    ],
)  # fmt: skip
def test_only_what_names_one_person_is_searched_for(words: str, tells: bool) -> None:
    assert is_telling(words) is tells


def test_longer_names_are_covered_before_shorter_ones_in_them() -> None:
    assert keep_telling({"Ann Bell", "Ann Bell Fox", "Sam", " Ann Bell "}) == ["Ann Bell Fox", "Ann Bell"]
    assert (
        cover_names("Ann Bell Fox said", keep_telling({"Ann Bell", "Ann Bell Fox"})) == f"{COVER * 12} said"
    )


@settings(max_examples=60)
@given(before=LETTERS, after=LETTERS)
def test_covering_moves_nothing_and_leaves_no_name(before: str, after: str) -> None:
    text = f"{before} ANN bell {after}"
    covered = cover_names(text, ["Ann Bell"])
    assert len(covered) == len(text)
    assert find_names(covered, ["Ann Bell"]) == []
    for start, end in find_names(text, ["Ann Bell"]):
        assert covered[start:end] == COVER * (end - start)


def test_a_name_inside_another_word_is_not_this_name() -> None:
    assert find_names("JoAnn Bellamy", ["Ann Bell"]) == []
    assert find_names("Ann Bell.", []) == []


def test_words_around_a_name_are_cut_short() -> None:
    text = f"{'a ' * 100}Ann Bell{' b' * 100}"
    cut = cut_around(text, find_names(text, ["Ann Bell"])[0])
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert "Ann Bell" in cut
    assert cut_around("Ann Bell", (0, 8)) == "Ann Bell"


def test_whatever_json_holds_is_covered() -> None:
    held = {"Ann Bell": ["Ann Bell", 3, None, {"x": "by Ann Bell"}]}
    assert cover_in(held, ["Ann Bell"]) == {COVER * 8: [COVER * 8, 3, None, {"x": f"by {COVER * 8}"}]}
