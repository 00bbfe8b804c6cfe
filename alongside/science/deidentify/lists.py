"""The words the finder of names reads, from `content/deidentify`."""

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

import yaml


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


@dataclass(frozen=True)
class NameWords:
    """The lists of `content/deidentify/words.yaml`, in lower case."""

    staff_titles: frozenset[str]
    professions: frozenset[str]
    titles: frozenset[str]
    short_titles: frozenset[str]
    relatives: frozenset[str]
    particles: frozenset[str]
    ordinary: frozenset[str]
    also_words: frozenset[str]
    given_names: frozenset[str]
    not_after_my_name: frozenset[str]


@cache
def load_name_words() -> NameWords:
    """Return the shipped lists."""
    source = resources.files("alongside.content").joinpath("deidentify").joinpath("words.yaml")
    lists = yaml.safe_load(source.read_text(encoding="utf-8"))
    return NameWords(**{field.name: words_of(lists[field.name]) for field in fields(NameWords)})
