"""Laws of covering: places hold, nothing else changes, twice is once, and no text is too strange or too long."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.deidentify import Finder, deidentify, redact
from alongside.science.deidentify.finding import settle
from alongside.science.values.redaction import (
    MARK_WORDS,
    SURE,
    Span,
    WordsMove,
    blank_marks,
    cuts_a_mark,
    find_marks,
    make_mark,
)

FINDER = Finder(["Ruth Adams", "Bev", "Will", "123"])
KINDS = sorted(MARK_WORDS)
# Pieces that point to people, and pieces that only look so, glued in every order.
PIECES = st.sampled_from(
    [
        "Dr Khan", "dr khan", "Mr O'Neil-Wyn", "my name is ", "Nurse ", "Sarah", "Bev", "ruth adams", "07700 900123",
        "999 017 3915", "nhs number ", "9990173915", "jane@mail.example", "@jane", "www.x.example", "CF99 1AA",
        "QQ 12 34 56 C", "born ", "3/4/1960", "12 Larch Lane", "ext 4312", "[name]", "[", "]", " ", ", ", ".", "\n",
        "500 mg", "April", "é", "e\u0301", "👍🏽", "\u202eabc", "\x00", "مرحبا", "I'm ", "MRS ", "and ", "0", "1",
        "+44 ",
        "oh seven seven double oh ",
        "hospital number ", "A123456", "live at ", "7 orchard road", "regards, ",
        "Dr. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=14).map("".join))


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(max_size=60))
    places = st.integers(-3, len(text) + 3)
    spans = draw(
        st.lists(
            st.builds(
                Span,
                places,
                places,
                st.sampled_from(KINDS),
                st.sampled_from([SURE, "doubtful"]),
                st.just("x"),
            )
        )
    )
    return text, spans


@given(text_and_spans())
@settings(max_examples=80, deadline=None)
def test_spans_settle_in_order_without_overlaps_and_lose_no_letter(given: tuple[str, list[Span]]) -> None:
    text, spans = given
    settled = settle(spans, len(text))
    for one, other in pairwise(settled):
        assert one.end <= other.start
    covered = {place for span in settled for place in range(span.start, span.end)}
    asked = {place for span in spans for place in range(max(0, span.start), min(len(text), span.end))}
    assert covered == asked


@given(text_and_spans())
@settings(max_examples=80, deadline=None)
def test_outside_the_marks_both_texts_are_the_same_letter_by_letter(given: tuple[str, list[Span]]) -> None:
    text, spans = given
    redacted = redact(text, spans)
    read = written = 0
    for cover in redacted.map.covers:
        assert text[read : cover.original_start] == redacted.text[written : cover.start]
        assert redacted.text[cover.start : cover.end] == make_mark(cover.kind)
        read, written = cover.original_end, cover.end
    assert text[read:] == redacted.text[written:]


@given(text_and_spans(), st.data())
@settings(max_examples=120, deadline=None)
def test_places_go_to_the_other_text_and_back(given: tuple[str, list[Span]], data: st.DataObject) -> None:
    text, spans = given
    redacted = redact(text, spans)
    start = data.draw(st.integers(0, len(redacted.text)))
    end = data.draw(st.integers(start, len(redacted.text)))
    there = redacted.map.to_original(start, end)
    back = redacted.map.to_redacted(*there)
    if redacted.map.cuts(start, end):
        assert back[0] <= start
        assert end <= back[1]
    else:
        assert back == (start, end)
    assert not redacted.map.cuts(*back)


@given(text_and_spans(), text_and_spans(), st.data())
@settings(max_examples=80, deadline=None)
def test_a_quote_that_cuts_no_mark_keeps_its_words_when_other_places_are_covered(
    first: tuple[str, list[Span]], second: tuple[str, list[Span]], data: st.DataObject
) -> None:
    text = first[0]
    before, after = redact(text, first[1]), redact(text, second[1])
    start = data.draw(st.integers(0, len(before.text)))
    end = data.draw(st.integers(start, len(before.text)))
    move = WordsMove(before.map, after.map)
    moved = move.move(start, end)
    original = before.map.to_original(start, end)
    if not move.cuts(start, end):
        assert after.map.to_original(*moved) == original
    else:
        wider = after.map.to_original(*moved)
        assert wider[0] <= original[0]
        assert original[1] <= wider[1]


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_covering_twice_changes_nothing_more(text: str) -> None:
    _spans, covered = deidentify(text, FINDER, known_names=["Orla Byrne"])
    again, same = deidentify(covered.text, FINDER, known_names=["Orla Byrne"])
    assert same.text == covered.text
    assert again == ()


@given(TEXTS, st.sampled_from(["en", "cy", "fr", ""]))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_fail_and_every_place_is_in_the_text(text: str, language: str) -> None:
    spans: Sequence[Span] = FINDER.find(text, known_names=[text[:20], ""], language=language)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.kind in MARK_WORDS
        assert span.reason


HOSTILE = [
    "0 " * 20_000, "a@" * 20_000, "@" * 40_000, "Dr " * 13_000, "1" * 40_000, "(0" * 20_000, "+" * 40_000,
    "oh " * 13_000, "my name is " * 4_000, "12 A" * 10_000, "www." * 10_000, "a.a" * 13_000, "'" * 40_000,
    "O'" * 20_000, "e\u0301" * 20_000, "[name]" * 6_000, "[" * 40_000, "CF10 1A" * 6_000, "born " * 8_000,
    "at dot " * 6_000, "live at 1 a " * 3_000, "Van Der " * 5_000, "AB123456" * 5_000, "hospital number " * 2_500,
    "Bev " * 10_000, "a-" * 20_000, "Sarah, " * 6_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_long_hostile_text_is_read_to_its_end(text: str) -> None:
    """A pattern that runs away never comes back from 100,000 letters; `benchmarks.deidentify` prints the growth."""
    hostile = text * (100_000 // len(text) + 1)
    for span in FINDER.find(hostile):
        assert span.end <= len(hostile)


def test_marks_are_blanked_for_machines_without_moving_a_letter() -> None:
    text = "I rang [phone number], [sic] and [name]."
    assert blank_marks(text) == "I rang               , [sic] and       ."
    assert blank_marks("no marks") == "no marks"
    assert [text[start:end] for start, end in find_marks(text)] == ["[phone number]", "[name]"]
    assert cuts_a_mark(text, 0, 10)
    assert not cuts_a_mark(text, 7, 21)


def test_welsh_words_that_only_look_like_an_introduction_are_left() -> None:
    for text in ("Da yw hi yma", "Helo. Fy enw i yw dim ond merch. Sarah Jones"):
        assert FINDER.find(text, language="cy") == (), text
