"""When a cell is blank, and which words count as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.science.themes.words import content_stems, is_blank, load_words, stem, stop_words, tokens


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "\u200b", "-", "—", "...", "?", "N/A", "n/a.", " n.a. ", "NA", "Did not answer", "(did not answer)",
     "No comment", "none given", "NULL", "left blank"],
)  # fmt: skip
def test_a_cell_without_an_answer_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing",
        "nothing.",
        "None",
        "No",
        "Don't know",
        "0",
        "👍",
        "x",
        "All good",
        "n/a - bad service",
        "شكرا",
    ],
)
def test_nothing_and_its_like_are_answers(text: str) -> None:
    assert not is_blank(text)


@given(st.text())
def test_a_blank_cell_stays_blank_with_spaces_and_capitals(text: str) -> None:
    assert is_blank(text) == is_blank(f"  {text}\n")


def test_forms_of_a_word_count_as_one_and_different_words_do_not() -> None:
    assert {stem(word) for word in ("wait", "waits", "waited", "waiting")} == {"wait"}
    assert stem("care") != stem("car")
    assert stem("caring") != stem("car")
    assert stem("stopping") == stem("stops")
    assert stem("studies") == stem("study")
    assert stem("Ärzte") == "Ärzte"
    assert stem("bus") == "bus"


def test_words_that_say_nothing_are_left_out() -> None:
    assert content_stems("I was just told that the nurses were kind") == ["nurs", "kind"]
    assert tokens("It’s X-ray, isn't it?") == ["it's", "x-ray", "isn't", "it"]


def test_the_shipped_lists_are_folded_and_do_not_contradict_each_other() -> None:
    lists = load_words()

    assert all(word == word.casefold().strip() for word in lists.blank | lists.stop | lists.beside_another)
    assert not lists.stop & lists.beside_another
    assert not {"nothing", "none", "no", "don't know", "nil"} & lists.blank


def test_a_voice_is_read_with_the_common_words_of_its_own_language() -> None:
    assert content_stems("Die Wartezeit war viel zu lang und nicht angenehm") == [
        "wartezeit",
        "lang",
        "angenehm",
    ]
    assert content_stems("Roedd y nyrs yn garedig iawn") == ["nyr", "garedig"]
    assert "the" in stop_words(tokens("the nurse was die hard"))
    assert stop_words([]) == load_words().stop
