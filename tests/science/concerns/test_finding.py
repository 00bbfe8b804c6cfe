"""The engine under the rules: spans, nearness, denial, figures of speech, and that it never raises."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.concerns import BadRules, Finder, load_rules
from alongside.science.concerns.words import read_words
from alongside.science.values.concerns import ProposedConcern

LISTS: dict[str, Any] = {
    "negations": ["no", "not", "free of"],
    "harm": ["rash*", "made me … sick", "*itis"],
    "pills": ["tablet*", "cream"],
}


def make_rule(**changes: Any) -> dict[str, Any]:
    return {
        "name": "harm",
        "kind": "adverse_event",
        "urgency": "soon",
        "words": ["$harm"],
        "why": "It is harm.",
        "source": "house",
        **changes,
    }


def find(text: str, *rules: dict[str, Any]) -> list[ProposedConcern]:
    return Finder(load_rules(LISTS, {"test": list(rules) or [make_rule()]})).find(text)


def evidence(text: str, *rules: dict[str, Any]) -> list[str]:
    return [text[one.start : one.end] for one in find(text, *rules)]


def test_the_evidence_is_the_sentence_with_its_mark() -> None:
    text = "Hello there. I got rashes on day 2.5, truly! Bye."

    assert evidence(text) == ["I got rashes on day 2.5, truly!"]


def test_brackets_and_quotation_marks_belong_to_their_sentence() -> None:
    assert evidence("Oh. [name] has a rash (again). Bye.") == ["[name] has a rash (again)."]
    assert evidence("She said “a rash!” and left") == ["She said “a rash!”"]


def test_a_stem_an_ending_and_a_gap_are_heard() -> None:
    assert evidence("RASH") == ["RASH"]
    assert evidence("my arthritis is back") == ["my arthritis is back"]
    assert evidence("it made me really very sick") == ["it made me really very sick"]
    assert evidence("it made me feel one two three sick") == []
    assert evidence("it made me. Sick") == []
    assert evidence("it made me") == []


def test_curly_apostrophes_are_the_same_word() -> None:
    rule = make_rule(words=["can't breathe"], negated=False)

    assert evidence("I can’t breathe", rule) == ["I can’t breathe"]


def test_nearness_counts_words_and_crosses_sentences() -> None:
    rule = make_rule(near=["$pills"], within=4)

    assert evidence("New tablets. Then a rash. Bye.", rule) == ["New tablets. Then a rash."]
    assert evidence("A rash came. It was the cream.", rule) == ["A rash came. It was the cream."]
    assert evidence("Tablets one two three four five rash", rule) == []
    assert evidence("rash alone", rule) == []


def test_both_lists_must_be_near_where_two_are_given() -> None:
    rule = make_rule(near=["$pills"], also_near=["since"], within=5)

    assert evidence("rash since the tablets", rule) == ["rash since the tablets"]
    assert evidence("rash and tablets", rule) == []


def test_a_denial_just_before_cancels_and_one_far_away_or_in_another_sentence_does_not() -> None:
    assert evidence("I had no rash") == []
    assert evidence("I am free of any rash") == []
    assert evidence("No. A rash") == ["A rash"]
    assert evidence("not one two three four rash") == ["not one two three four rash"]
    assert evidence("a rash, not a bite") == ["a rash, not a bite"]
    assert evidence("no rash", make_rule(negated=False)) == ["no rash"]


def test_a_figure_of_speech_cancels_in_its_sentence_only() -> None:
    rule = make_rule(unless=["rash decision"])

    assert evidence("A rash decision. A rash.", rule) == ["A rash."]


def test_the_most_urgent_rule_of_a_kind_speaks_then_the_first() -> None:
    rules = [
        make_rule(name="one"),
        make_rule(name="two", urgency="now"),
        make_rule(name="three", urgency="now"),
    ]

    assert [(one.rule, one.urgency) for one in find("A rash", *rules)] == [("two", "now")]


def test_a_sentence_without_an_end_is_cut_around_what_was_heard() -> None:
    text = " ".join(["word"] * 200 + ["rash"] + ["word"] * 200)
    (one,) = find(text)

    assert len(text[one.start : one.end].split()) == 61


def test_nothing_is_heard_in_nothing() -> None:
    assert find("") == []
    assert find("!!! …") == []


def test_words_know_their_sentence() -> None:
    words, sentences = read_words("One two. Three\nfour? 1.5 five")

    assert [word.sentence for word in words] == [0, 0, 1, 2, 3, 3, 3]
    assert len(sentences) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "weather"}, "kind is one of"),
        ({"urgency": "later"}, "urgency is one of"),
        ({"within": 0}, "within is"),
        ({"why": " "}, "why is a sentence"),
        ({"words": "rash"}, "are lists"),
        ({"words": ["$nothing"]}, "no list called nothing"),
        ({"words": [7]}, "not a phrase"),
        ({"words": ["… rash"]}, "begins or ends"),
        ({"words": ["ra*sh"]}, "star anywhere"),
        ({"colour": "red"}, "a rule has"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where_and_what_would_do(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadRules, match=words):
        load_rules(LISTS, {"test": [make_rule(**changes)]})


def test_two_rules_of_one_name_and_an_empty_list_are_refused() -> None:
    with pytest.raises(BadRules, match="Two rules"):
        load_rules(LISTS, {"test": [make_rule(), make_rule()]})
    with pytest.raises(BadRules, match="at least one phrase"):
        load_rules({"empty": []}, {})


READY = Finder(
    load_rules(LISTS, {"test": [make_rule(), make_rule(name="near", kind="complaint", near=["$pills"])]})
)
PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["rash ", "no ", "tablets ", "made me ", "sick. ", "arthritis\n", "’", "\x00", "\ud800", "ﬁ"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_it_never_raises_and_every_span_lies_in_the_text(text: str) -> None:
    found = READY.find(text)

    assert found == READY.find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert found == sorted(found, key=lambda one: (one.start, one.end, one.kind))


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_more_words_after_a_full_stop_never_silence_what_was_heard(text: str) -> None:
    before = {(one.kind, one.rule) for one in READY.find(text)}
    after = {(one.kind, one.rule) for one in READY.find(text + "\n\nThank you. Goodbye.")}

    assert before <= after
