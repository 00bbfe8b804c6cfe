"""Letters say that there is news and where, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.adapters.messages import compose_code, compose_news, load_words
from alongside.adapters.messages.letters import LANGUAGES

HEALTH_WORDS = re.compile(
    r"\b(health|patient|clinic|hospital|treatment|nurse|doctor|illness|condition|medicine|trial|care|"
    r"iechyd|claf|cleifion|ysbyty|clinig|meddyg|triniaeth|salwch)\b",
    re.IGNORECASE,
)
LINK = "https://example.org/w/token/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_holds_a_word_about_health(language: str) -> None:
    words = load_words(language)
    for text in (words.news_subject, words.news_body, words.code_subject, words.code_body):
        assert not HEALTH_WORDS.search(text)


def test_the_news_carries_its_link_and_a_way_to_stop() -> None:
    letter = compose_news(to="a@example.org", language="en", link=LINK, sender="Alongside")
    assert LINK in letter.body
    assert f"{LINK}stop/" in letter.body
    assert dict(letter.headers)["List-Unsubscribe"] == f"<{LINK}stop/>"
    assert dict(letter.headers)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_code_stands_in_the_body_and_never_in_the_subject() -> None:
    letter = compose_code(to="a@example.org", language="en", code="123456", sender="Alongside")
    assert "123456" in letter.body
    assert "123456" not in letter.subject


@pytest.mark.parametrize(
    ("asked", "begins"), [("cy", "Helo"), ("cy-GB", "Helo"), ("en-gb", "Hello"), ("fr", "Hello")]
)
def test_a_letter_speaks_the_language_of_its_reader_or_english(asked: str, begins: str) -> None:
    assert compose_news(to="a@b.c", language=asked, link=LINK, sender="A").body.startswith(begins)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_put_into_a_letter_can_begin_another_header(to: str, link: str) -> None:
    letter = compose_news(to=to, language="en", link=link, sender="A")
    for value in (letter.to, letter.subject, *(value for _, value in letter.headers)):
        assert len(value.splitlines()) <= 1


def test_braces_in_a_value_are_printed_as_they_are() -> None:
    letter = compose_code(to="a@b.c", language="en", code="{sender.__class__}", sender="A")
    assert "{sender.__class__}" in letter.body
