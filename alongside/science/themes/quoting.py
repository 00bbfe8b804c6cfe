"""The most telling verbatim spans of a theme, each with its exact place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alongside.science.themes.features import TextSpace, Vectors
from alongside.science.themes.words import content_stems, stem
from alongside.science.values.themes import Quote, VoiceText

SENTENCE = re.compile(r"[^.!?…。！？؟\n]*[.!?…。！？؟]+[\"'”’)\]]*|[^.!?…。！？؟\n]+")
GOOD_LENGTH = (45, 240)
LONGEST = 320
VOICES_READ = 80
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate: which voice (its index), where in it."""

    voice: int
    start: int
    end: int


def find_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as (start, end) in code points; short ones run on into the next."""
    pieces = []
    for found in SENTENCE.finditer(text):
        start, end = found.span()
        start += len(found[0]) - len(found[0].lstrip())
        end -= len(found[0]) - len(found[0].rstrip())
        if end > start and any(character.isalnum() for character in text[start:end]):
            pieces.append((start, end))
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
        float(close) * _length_factor(len(text)) * _keyword_factor(text, key_stems)
        for close, text in zip(closeness, texts, strict=True)
    ]
    order = sorted(range(len(spans)), key=lambda place: (-round(scores[place], 6), spans[place].voice, place))
    return _pick(voices, spans, texts, closeness, order, wanted)


def _readable_first(voices: Sequence[VoiceText], members: Sequence[int]) -> list[int]:
    """Return members with voices long enough to quote before those that are only a word or two."""
    return sorted(members, key=lambda member: len(voices[member].text.strip()) < GOOD_LENGTH[0] // 2)


def _length_factor(length: int) -> float:
    shortest, longest = GOOD_LENGTH
    if length < shortest:
        return 0.55 + 0.45 * length / shortest
    return 1.0 if length <= longest else 0.8


def _keyword_factor(text: str, key_stems: set[str]) -> float:
    found = len(key_stems.intersection(content_stems(text)))
    return 1.0 + 0.08 * min(found, 3)


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
