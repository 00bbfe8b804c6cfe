"""A text as words with their places, sentences, and phrases found in it, all in time linear in its length."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alongside.science.values.concerns import Phrase

GAP = "…"
MOST_BETWEEN = 3
LONGEST_PART = 24  # letters; longer stems and endings than this do not exist
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})
_ENDS = frozenset(".!?;")
_OPENERS, _CLOSERS = frozenset("[(“‘\"'"), frozenset("])”’\"'.!?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, folded, with its place in the text and the number of its sentence."""

    folded: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in the text."""

    start: int
    end: int


def read_words(text: str) -> tuple[list[Word], list[Sentence]]:
    """Return the words of a text and its sentences; a full stop inside a number or a name ends nothing."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    first, last = -1, -1
    for match in _WORD.finditer(text):
        if first >= 0 and _ends_between(text, last, match.start()):
            sentences.append(_sentence(text, first, last))
            first = -1
        first = match.start() if first < 0 else first
        last = match.end()
        folded = match.group().casefold().translate(_APOSTROPHES)
        words.append(Word(folded, match.start(), match.end(), len(sentences)))
    if first >= 0:
        sentences.append(_sentence(text, first, last))
    return words, sentences


def _ends_between(text: str, last: int, start: int) -> bool:
    between = text[last:start]
    return "\n" in between or (len(between) > 1 and any(mark in _ENDS for mark in between))


def _sentence(text: str, first: int, last: int) -> Sentence:
    """Return a sentence with the bracket or quotation mark before it, and the marks that end it."""
    start = first - 1 if first and text[first - 1] in _OPENERS else first
    end = last
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return Sentence(start, end)


class PhraseBook:
    """Every phrase of every rule, found in one pass over a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in dict.fromkeys(phrases):
            self._by_first.setdefault(phrase[0], []).append(phrase)
        patterns = {part for phrases in self._by_first.values() for phrase in phrases for part in phrase}
        self._stems = {part[:-1] for part in patterns if part.endswith("*")}
        self._endings = {part[1:] for part in patterns if part.startswith("*")}

    def find(self, words: Sequence[Word]) -> dict[Phrase, list[tuple[int, int]]]:
        """Return for each phrase that stands in the text its places as (first word, word after), in order."""
        known: dict[str, frozenset[str]] = {}
        for word in words:
            if word.folded not in known:
                known[word.folded] = frozenset(self._list_patterns(word.folded))
        meant = [known[word.folded] for word in words]
        found: dict[Phrase, list[tuple[int, int]]] = {}
        for index, patterns in enumerate(meant):
            for pattern in patterns:
                for phrase in self._by_first.get(pattern, ()):
                    end = _match(phrase, 0, meant, index)
                    if end is not None and words[end - 1].sentence == words[index].sentence:
                        found.setdefault(phrase, []).append((index, end))
        return found

    def _list_patterns(self, word: str) -> Iterator[str]:
        yield word
        for length in range(1, min(len(word), LONGEST_PART) + 1):
            if word[:length] in self._stems:
                yield f"{word[:length]}*"
            if word[-length:] in self._endings and length < len(word):
                yield f"*{word[-length:]}"


def _match(phrase: Phrase, part: int, meant: Sequence[frozenset[str]], index: int) -> int | None:
    """Return the word after a phrase whose rest begins at a word, or None; gaps are short, so the work is bounded."""
    while part < len(phrase):
        if phrase[part] == GAP:
            ends = (_match(phrase, part + 1, meant, index + skip) for skip in range(MOST_BETWEEN + 1))
            return next((end for end in ends if end is not None), None)
        if index >= len(meant) or phrase[part] not in meant[index]:
            return None
        part, index = part + 1, index + 1
    return index
