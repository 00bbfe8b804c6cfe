"""Words: when an answer is blank, which words carry no theme, and forms of a word that count as one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

ENGLISH = "en"
TOKEN = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ness", ""),
    ("ments", ""),
    ("ment", ""),
    ("fully", ""),
    ("ful", ""),
    ("ing", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ly", ""),
)
SHORTEST_STEM = 4  # or "care" and "caring" would meet "car"
DOUBLED = re.compile(r"([bdgmnprt])\1$")


@dataclass(frozen=True)
class Words:
    """The lists of `content/themes`, ready to ask; `near` gives the lines a stem stands on.

    `other` holds the common words of other languages, `languages_of` the languages a common word belongs to.
    """

    blank: frozenset[str]
    stop: frozenset[str]
    beside_another: frozenset[str]
    never_last: frozenset[str]
    near: Mapping[str, tuple[int, ...]]
    other: Mapping[str, frozenset[str]]
    languages_of: Mapping[str, tuple[str, ...]]


@cache
def load_words() -> Words:
    """Return the shipped lists."""
    lists = _load("words-en.yaml")
    beside_another = frozenset(lists["beside_another"])
    stop = (ENGLISH_STOP_WORDS | frozenset(lists["ignore"])) - frozenset(lists["keep"]) - beside_another
    near: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_load("near-words-en.yaml").values()):
        for word in {stem(word) for word in line.split()}:
            near[word] = (*near.get(word, ()), number)
    other = {language: frozenset(words.split()) for language, words in _load("words-other.yaml").items()}
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in [(ENGLISH, ENGLISH_STOP_WORDS), *other.items()]:
        for word in words:
            languages[word] = (*languages.get(word, ()), language)
    return Words(
        frozenset(lists["blank"]),
        stop,
        beside_another,
        frozenset(lists["never_last"]),
        near,
        other,
        languages,
    )


def _load(name: str) -> Any:
    source = resources.files("alongside.content").joinpath("themes").joinpath(name)
    return yaml.safe_load(source.read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """Return a text for comparing: lower case, straight apostrophes, single spaces."""
    return " ".join(text.casefold().translate(APOSTROPHES).split())


def is_blank(text: str) -> bool:
    """Say whether a cell holds no answer: nothing, only punctuation, or a phrase such as "did not answer".

    A symbol such as 👍 is an answer; so are "nothing", "none", "no" and "don't know".
    """
    folded = fold(text).strip()
    if all(_is_mark(character) for character in folded):
        return True
    start, end = 0, len(folded)
    while _is_mark(folded[start]):
        start += 1
    while _is_mark(folded[end - 1]):
        end -= 1
    return folded[start:end] in load_words().blank


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC" or character in "+=|~^`<>$"


def tokens(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    return TOKEN.findall(text.casefold().translate(APOSTROPHES))


@cache
def stem(word: str) -> str:
    """Return a rough common form of a word (waiting, waited, waits: wait), for counting, never for showing."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.isascii():
        return word
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word[: -len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    word = DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > SHORTEST_STEM and word.endswith("e") else word


def stop_words(words: Sequence[str]) -> frozenset[str]:
    """Return the words that carry no theme in a text of these words: of English, and of its own language."""
    lists = load_words()
    said: Counter[str] = Counter()
    for word in words:
        said.update(lists.languages_of.get(word, ()))
    if not said or said[ENGLISH] >= max(said.values()):
        return lists.stop
    language = max(sorted(said), key=lambda name: said[name])
    return lists.other[language]


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    words = tokens(text)
    stop = stop_words(words)
    return [stem(word) for word in words if word not in stop and len(word) > 1]
