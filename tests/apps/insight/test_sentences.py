"""Sentences keep their place in the voice."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.insight.rules.sentences import split_sentences


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab .!?\n"é🙂“”…'), max_size=60))
def test_every_sentence_stands_where_it_says_and_no_letter_is_lost(text: str) -> None:
    found = split_sentences(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    letters = "".join("".join(one.text.split()) for one in found)
    assert letters.replace('"', "").replace("”", "") == "".join(text.split()).replace('"', "").replace(
        "”", ""
    )


def test_a_voice_is_cut_at_the_ends_of_sentences_and_lines() -> None:
    found = split_sentences("I waited. Nobody rang!\nThen I left")
    assert [one.text for one in found] == ["I waited.", "Nobody rang!", "Then I left"]
