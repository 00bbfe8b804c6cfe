"""What names one person in free text, and how such a name is covered without moving a letter beside it."""

import re
from collections.abc import Collection

COVER = "█"
FEWEST_LETTERS = 5
FEWEST_DIGITS = 7
EXCERPT_LETTERS = 80


def is_telling(words: str) -> bool:
    """Return whether words name one person: an address, a long number, or a name of at least two parts.

    A single name such as "Sam" names too many people to be searched for.
    """
    plain = words.strip()
    if "@" in plain:
        return len(plain) >= FEWEST_LETTERS
    if sum(letter.isdigit() for letter in plain) >= FEWEST_DIGITS:
        return True
    return len(plain.split()) > 1 and sum(letter.isalpha() for letter in plain) >= FEWEST_LETTERS


def keep_telling(names: Collection[str]) -> list[str]:
    """Return the names that can be searched for, the longest first, each once."""
    return sorted({name.strip() for name in names if is_telling(name)}, key=lambda name: (-len(name), name))


def find_names(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Return where any of these names stand in a text, as half-open spans, whatever their capitals."""
    if not names:
        return []
    pattern = "|".join(re.escape(name) for name in names)
    return [found.span() for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)]


def cover_names(text: str, names: Collection[str]) -> str:
    """Return the text with these names covered, letter for letter, so that spans of quotes still fit."""
    for start, end in find_names(text, names):
        text = text[:start] + COVER * (end - start) + text[end:]
    return text


def cut_around(text: str, span: tuple[int, int]) -> str:
    """Return the words around a span, short enough for a list."""
    start, end = max(0, span[0] - EXCERPT_LETTERS), min(len(text), span[1] + EXCERPT_LETTERS)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
