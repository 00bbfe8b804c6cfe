"""Composing letters from words that patients can own (`content/letters/*.yaml`), without Django.

A letter says that there is news and where, never what it is about: a mailbox is often shared, and a subject
line shows on a locked telephone.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import yaml

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class LetterWords:
    """The words of the two letters in one language; `{link}`, `{stop}`, `{code}`, `{sender}` are filled in."""

    news_subject: str
    news_body: str
    code_subject: str
    code_body: str


@dataclass(frozen=True)
class Letter:
    """One mail: to one address, plain text, with its extra headers as pairs."""

    to: str
    subject: str
    body: str
    language: str
    headers: tuple[tuple[str, str], ...] = field(default=())


@lru_cache
def load_words(language: str) -> LetterWords:
    """Return the words in a language; English where there are none. Raise TypeError where a text is missing."""
    kept = language[:2].lower()
    name = kept if kept in LANGUAGES else "en"
    text = files("alongside.content").joinpath("letters", f"{name}.yaml").read_text(encoding="utf-8")
    return LetterWords(**yaml.safe_load(text))


def compose_news(*, to: str, language: str, link: str, sender: str) -> Letter:
    """Return the letter that says there is news, with a private link and a way to stop."""
    words = load_words(language)
    stop = f"{link}stop/"
    return Letter(
        to=one_line(to),
        subject=one_line(words.news_subject),
        body=_fill(words.news_body, link=link, stop=stop, sender=sender),
        language=language[:2],
        headers=(
            ("List-Unsubscribe", f"<{one_line(stop)}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("Auto-Submitted", "auto-generated"),
        ),
    )


def compose_code(*, to: str, language: str, code: str, sender: str) -> Letter:
    """Return the letter with a one-time code; the code stands in the body, not in the subject."""
    words = load_words(language)
    return Letter(
        to=one_line(to),
        subject=one_line(words.code_subject),
        body=_fill(words.code_body, code=code, sender=sender),
        language=language[:2],
        headers=(("Auto-Submitted", "auto-generated"),),
    )


def one_line(text: str) -> str:
    """Return the text on one line, so that nothing in it can begin another header."""
    return " ".join(text.split())


def _fill(text: str, **values: str) -> str:
    """Put values in their places; braces inside a value stay as they are."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", one_line(value))
    return text


@lru_cache
def _load_staff_words() -> dict[str, str]:
    text = files("alongside.content").joinpath("letters", "staff-en.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    return words


def compose_reminder(*, to: str, waiting: int, late: int, link: str, sender: str) -> Letter:
    """Return the letter to staff that says how many concerns wait, and nothing of what they are about."""
    words = _load_staff_words()
    number = words["one"] if waiting == 1 else words["many"].replace("{n}", f"{waiting:,}")
    overdue = words["late"].replace("{n}", f"{late:,}") if late else ""
    return Letter(
        to=one_line(to),
        subject=one_line(_fill(words["reminder_subject"], number=number)),
        body=_fill(words["reminder_body"], number=number, late=overdue, link=link, sender=sender),
        language="en",
        headers=(("Auto-Submitted", "auto-generated"),),
    )
