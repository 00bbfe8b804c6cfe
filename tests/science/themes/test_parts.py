"""The parts of the engine: sentences, names, groups."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.science.themes import count_by_group
from alongside.science.themes.grouping import expected_themes, find_groups
from alongside.science.themes.naming import LONGEST_NAME, name_themes
from alongside.science.themes.quoting import LONGEST, find_spans
from alongside.science.values.themes import Placement, VoiceText

ONE, TWO = UUID(int=1), UUID(int=2)


def test_sentences_end_at_marks_and_not_at_titles_or_initials() -> None:
    text = (
        "Dr. Jones of the P. T. Service listened to every word I said that day. "
        "Then I went home, and it was all fine by me!"
    )

    assert [text[start:end] for start, end in find_spans(text)] == [
        "Dr. Jones of the P. T. Service listened to every word I said that day.",
        "Then I went home, and it was all fine by me!",
    ]


def test_a_short_sentence_runs_on_into_the_next() -> None:
    text = "Good. They rang me back."

    assert find_spans(text)[0] == (0, len(text))


@given(st.text(max_size=800))
def test_spans_lie_within_the_text_without_spaces_at_their_ends(text: str) -> None:
    for start, end in find_spans(text):
        assert 0 <= start < end <= len(text)
        assert end - start <= LONGEST
        assert not text[start].isspace()


def test_names_are_made_of_peoples_own_words() -> None:
    waiting, kind = name_themes(
        [
            ["Waiting time too long", "the waiting time", "Hours late"] * 3,
            ["Nurses were kind", "kind nurse", "so kind"] * 3,
        ],
        keywords=5,
    )

    assert waiting[0].startswith("Waiting time")
    assert kind[0].startswith("Kind")
    assert "nurse" in " ".join(kind[1])


def test_names_are_short_and_told_apart() -> None:
    named = name_themes([["?!"], ["?!"], ["x" * 200]], keywords=3)

    assert [name for name, _ in named[:2]] == ["?!", "?! (2)"]
    assert len(named[2][0]) <= LONGEST_NAME + 1


@given(st.integers(1, 10**7))
def test_more_voices_never_mean_fewer_themes_and_never_more_than_a_person_reads(texts: int) -> None:
    assert 1 <= expected_themes(texts) <= expected_themes(texts + 1) <= 30


@pytest.mark.parametrize("wanted", [None, 4])
def test_groups_in_nowhere_still_give_an_answer(wanted: int | None) -> None:
    vectors = np.zeros((12, 5))

    groups = find_groups(vectors, np.ones(12), wanted=wanted, seed=1)

    labels, closeness = groups.nearest(vectors)
    assert len(labels) == 12
    assert not closeness.any()


def test_groups_are_counted_by_voice_and_by_person() -> None:
    voices = [VoiceText(str(number), "x", person) for number, person in enumerate(["a", "a", "b", None, "c"])]
    themes = [ONE, ONE, ONE, TWO, None]
    placements = [
        Placement(str(number), theme, 1.0, "placed" if theme else "unplaced")
        for number, theme in enumerate(themes)
    ]

    counts = count_by_group("ward", ["W1", "W1", "W2", "W1", "W2"], voices, placements)

    assert [(cell.group, cell.theme_id, cell.voices, cell.people) for cell in counts] == [
        ("W1", ONE, 2, 1),
        ("W2", ONE, 1, 1),
        ("W1", TWO, 1, 0),
    ]
    assert {cell.people for cell in count_by_group("w", ["W"], [VoiceText("0", "x")], placements[:1])} == {
        None
    }
