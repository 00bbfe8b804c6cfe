"""Names known before reading: of staff, of the speaker, of others in the same file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.science.deidentify.lists import load_name_words
from alongside.science.deidentify.tokens import tokenize
from alongside.science.values.redaction import DOUBTFUL, SURE, Span


@dataclass(frozen=True)
class KnownName:
    """A name known beforehand: its words in lower case."""

    words: tuple[str, ...]


def prepare_names(names: Sequence[str]) -> tuple[KnownName, ...]:
    """Return names ready to be looked for; those without a word of two letters are left out."""
    split = (tuple(token.low for token in tokenize(name) if token.is_word) for name in names)
    return tuple(KnownName(words) for words in split if any(len(word) > 1 for word in words))


def find_known(text: str, names: Sequence[KnownName], *, kind: str, parts: str) -> Iterator[Span]:
    """Yield known names: whole ones however they are written, parts of them with a capital.

    `parts` says which parts count: "last" the last word alone (doubtful), "all" each word alone (sure).
    """
    tokens = tokenize(text)
    lows = [token.low for token in tokens]
    ordinary = load_name_words().ordinary | load_name_words().also_words
    for name in names:
        length = len(name.words)
        wholes = {at for at in range(len(lows) - length + 1) if tuple(lows[at : at + length]) == name.words}
        for at in sorted(wholes):
            if length > 1 or tokens[at].is_capital:
                certainty = DOUBTFUL if length == 1 and lows[at] in ordinary else SURE
                yield Span(
                    tokens[at].start, tokens[at + length - 1].end, kind, certainty, "a name known here"
                )
        if length == 1:
            continue
        for token in tokens:
            is_part = token.low == name.words[-1] if parts == "last" else token.low in name.words
            if is_part and token.is_capital and len(token.low) > 2 and token.low not in ordinary:
                yield Span(
                    token.start,
                    token.end,
                    kind,
                    DOUBTFUL if parts == "last" else SURE,
                    "part of a name known here",
                )
