"""A text as words, numbers and signs, each with its place."""

import re
from dataclasses import dataclass

# A word with its accents, apostrophes and hyphens; digits; or one sign. Each letter is read once.
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’‘`\-](?=[^\W\d_]))*|\d+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign, with its place; `low` is in lower case without a possessive ending."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokenize(text: str) -> list[Token]:
    """Return the words, numbers and signs of a text."""
    found = []
    for one in TOKEN.finditer(text):
        word, end = one.group(), one.end()
        low = word.lower().replace("’", "'").replace("‘", "'").replace("`", "'")
        if low.endswith("'s") and len(low) > 2:
            word, end, low = word[:-2], end - 2, low[:-2]
        found.append(Token(one.start(), end, word, low))
    return found
