"""The most telling verbatim spans of a theme, each with its exact place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from alongside.science.themes.features import TextSpace, Vectors
from alongside.science.themes.words import content_stems, stem
from alongside.science.values.themes import Quote, VoiceText

# A sentence ends at a mark that a space follows, or at a line break; "Dr. Jones" and "P. T." go on.
SENTENCE_END = re.compile(r"[.!?…。！？؟]+[\"'”’)\]]*(?=\s|$)|[。！？]|\n+")
GOES_ON = re.compile(r"(?:^|[\s(.])(?:\w|[ei]\.[ge]|dr|mr|mrs|ms|st|no|approx|etc)\.$", re.IGNORECASE)
GOOD_LENGTH = (60, 240)
SENTENCE_MARKS = tuple(".!?…。！？؟")
LONGEST = 320
VOICES_READ = 120
SHORTEST_FIRST = 30
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate: which voice (its index), where in it."""

    voice: int
    start: int
    end: int


def find_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as (start, end) in code points; short ones run on into the next."""
    pieces = list(_sentences(text))
    spans: list[tuple[int, int]] = []
    for place, (start, end) in enumerate(pieces):
        for _, further in pieces[place + 1 :]:
            if end - start >= GOOD_LENGTH[0] or further - start > GOOD_LENGTH[1]:
                break
            end = further
        spans.append((start, _shortened(text, start, end)))
    if not spans and text.strip():
        start = len(text) - len(text.lstrip())
        spans.append((start, _shortened(text, start, len(text.rstrip()))))
    return spans


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in SENTENCE_END.finditer(text):
        if "\n" not in found[0] and GOES_ON.search(text, start, found.end()):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the place without spaces at its ends, if it holds a letter or a digit."""
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _shortened(text: str, start: int, end: int) -> int:
    """Return an end that keeps a span readable, at a space."""
    if end - start <= LONGEST:
        return end
    space = text.rfind(" ", start, start + LONGEST)
    return space if space > start else start + LONGEST


def choose_quotes(
    voices: Sequence[VoiceText],
    members: Sequence[int],
    *,
    space: TextSpace,
    centre: Vectors,
    keywords: Sequence[str],
    wanted: int,
) -> tuple[Quote, ...]:
    """Return the spans closest to a theme's centre: different people, different words, a readable length.

    `members` are indexes into `voices`, closest first.
    """
    spans = [
        Span(member, start, end)
        for member in _readable_first(voices, members)[:VOICES_READ]
        for start, end in find_spans(voices[member].text)
    ]
    if not spans or wanted < 1:
        return ()
    texts = [voices[span.voice].text[span.start : span.end] for span in spans]
    closeness = space.place(texts) @ centre
    key_stems = {stem(word) for phrase in keywords for word in phrase.split()}
    scores = [
        float(close) * _length_factor(len(text)) * _telling_factor(text, key_stems)
        for close, text in zip(closeness, texts, strict=True)
    ]
    order = sorted(range(len(spans)), key=lambda place: (-round(scores[place], 6), spans[place].voice, place))
    return _pick(voices, spans, texts, closeness, order, wanted)


def _readable_first(voices: Sequence[VoiceText], members: Sequence[int]) -> list[int]:
    """Return members with voices long enough to quote before those that are only a word or two."""
    return sorted(members, key=lambda member: len(voices[member].text.strip()) < SHORTEST_FIRST)


def _length_factor(length: int) -> float:
    shortest, longest = GOOD_LENGTH
    if length < shortest:
        return 0.6 + 0.4 * length / shortest
    return 1.0 if length <= longest else 0.8


def _telling_factor(text: str, key_stems: set[str]) -> float:
    found = len(key_stems.intersection(content_stems(text)))
    whole = 1.0 if text.endswith(SENTENCE_MARKS) else 0.94  # a voice cut short, or never ended
    return whole * (1.0 + 0.15 * min(found, 4))


def _pick(
    voices: Sequence[VoiceText],
    spans: Sequence[Span],
    texts: Sequence[str],
    closeness: Vectors,
    order: Sequence[int],
    wanted: int,
) -> tuple[Quote, ...]:
    picked: list[Quote] = []
    persons: set[str] = set()
    said: list[frozenset[str]] = []
    for place in order:
        voice = voices[spans[place].voice]
        person = voice.person or f"voice {voice.id}"
        words = frozenset(content_stems(texts[place])) or frozenset([texts[place].casefold()])
        if person in persons or any(_alike(words, earlier) for earlier in said):
            continue
        persons.add(person)
        said.append(words)
        score = round(float(np.clip(closeness[place], 0, 1)), 4)
        picked.append(Quote(voice.id, spans[place].start, spans[place].end, texts[place], score))
        if len(picked) == wanted:
            break
    return tuple(picked)


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) / len(words | others) > ALIKE
