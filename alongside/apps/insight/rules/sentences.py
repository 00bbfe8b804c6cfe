"""A voice cut into sentences, each with its place, so that a quote can be chosen without typing."""

import re
from dataclasses import dataclass
from itertools import pairwise

END = re.compile(r"(?<=[.!?…。！？؟])[\"'”’)\]]*\s+|\n+")


@dataclass(frozen=True)
class Sentence:
    """A span of a voice: code points, half open; `text` equals `voice.text[start:end]`."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order, without the spaces between them; together they miss no letter."""
    cuts = [0, *(match.end() for match in END.finditer(text)), len(text)]
    found = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            begin = start + piece.index(inner)
            found.append(Sentence(begin, begin + len(inner), inner))
    return found
