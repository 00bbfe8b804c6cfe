"""The parts of the engine: sentences, names, groups."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import normalize

from alongside.science.themes import count_by_group, find_themes
from alongside.science.themes.grouping import TOO_ALIKE, expected_themes, find_groups, near_enough
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


def test_a_sentence_without_end_is_cut_at_a_space() -> None:
    text = "and then we waited " * 60

    start, end = find_spans(text)[0]

    assert end - start <= LONGEST
    assert text[end] == " "
    assert find_spans("?!") == [(0, 2)]


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


def test_a_theme_is_never_called_by_a_persons_name() -> None:
    named = name_themes(
        [["I agree with Asha", "Asha is right", "Asha said so"]], keywords=5, people=frozenset({"asha"})
    )

    assert "asha" not in " ".join([named[0][0], *named[0][1]]).casefold()


def test_a_word_said_twice_in_a_row_is_one_word() -> None:
    ((name, _),) = name_themes([["waiting waiting", "always waiting"]], keywords=3)

    assert name == "Always waiting" or name == "Waiting"


def test_names_are_short_and_told_apart() -> None:
    named = name_themes([["?!"], ["?!"], ["x" * 200]], keywords=3)

    assert [name for name, _ in named[:2]] == ["?!", "?! (2)"]
    assert len(named[2][0]) <= LONGEST_NAME + 1


@given(st.integers(1, 10**7))
def test_more_voices_never_mean_fewer_themes_and_never_more_than_a_person_reads(texts: int) -> None:
    assert 1 <= expected_themes(texts) <= expected_themes(texts + 1) <= 30


def test_groups_that_say_the_same_are_joined_and_ones_about_nothing_dropped() -> None:
    random = np.random.default_rng(1)
    north, east = np.eye(30)[0], np.eye(30)[1]
    near = [north + 0.1 * random.normal(size=30) for _ in range(40)] + [
        east + 0.1 * random.normal(size=30) for _ in range(40)
    ]
    vectors = normalize(np.vstack([*near, random.normal(size=(20, 30))]))

    groups = find_groups(vectors, np.ones(len(vectors)), wanted=None, seed=1)

    closeness = groups.centres @ groups.centres.T - np.eye(len(groups.centres))
    assert closeness.max() < TOO_ALIKE
    labels, _ = groups.nearest(vectors)
    assert len(set(labels[:40])) == len(set(labels[40:80])) == 1


@pytest.mark.parametrize("wanted", [2, 5, 9])
def test_the_number_asked_for_is_given(wanted: int) -> None:
    vectors = normalize(np.random.default_rng(2).normal(size=(120, 12)))

    assert len(find_groups(vectors, np.ones(120), wanted=wanted, seed=1).centres) == wanted


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


def test_the_bound_gives_way_only_where_many_lie_far_out_and_never_far() -> None:
    assert near_enough(np.array([])) == near_enough(np.full(100, 0.6)) == 0.28
    assert near_enough(np.full(100, 0.22)) == pytest.approx(0.22)
    assert near_enough(np.zeros(100)) == 0.18


def test_a_telephone_number_never_names_a_theme() -> None:
    ((name, words),) = name_themes(
        [["Ring 01632 960147 please", "I rang 01632 960147", "Please ring me"]], keywords=8
    )

    assert "0147" not in " ".join([name, *words])


def test_what_everybody_speaks_of_does_not_hide_what_tells_them_apart() -> None:
    condition = "Living with psoriasis on my treatment from the skin clinic"
    waits = [f"{condition}: the waiting time is {number} weeks, a long queue" for number in range(100)]
    itch = [
        f"{condition}: the itch and the sore skin wake me {number} times a night" for number in range(100)
    ]

    themes = find_themes(
        [VoiceText(str(number), text) for number, text in enumerate(waits + itch)]
    ).placements

    assert not {one.theme_id for one in themes[:100]} & {one.theme_id for one in themes[100:]} - {None}
