"""Pieces of speech become turns of a transcript, each with its place in the whole text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from alongside.science.values.sources import FileRefused, Transcript, Turn

MODERATOR_NAMES = frozenset({"moderator", "facilitator", "interviewer", "researcher"})
SPEAKER = re.compile(
    r"^\s*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?\s+)?"  # an optional time before the name
    r"(?P<speaker>[^\W_][\w .'’&()\-]{0,59}?)\s*[:：]\s*(?P<words>.*)$",
    re.DOTALL,
)
SPEAKER_WORDS = 5
SMALL_WORDS = 2
NOT_NAMES = frozenset(
    [
        "I",
        "We",
        "You",
        "He",
        "She",
        "It",
        "They",
        "And",
        "But",
        "So",
        "Then",
        "Because",
        "The",
        "My",
        "Our",
        "Yes",
        "No",
    ]
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Some words of one speaker ("" when nobody is named); times in milliseconds, or None."""

    speaker: str
    words: str
    start_ms: int | None = None
    end_ms: int | None = None


def is_moderator(speaker: str, moderators: Collection[str] | None) -> bool:
    """Say whether a speaker leads the conversation: named so by the caller, else by a word of the name."""
    if moderators is not None:
        return speaker.strip().casefold() in {name.strip().casefold() for name in moderators}
    return not MODERATOR_NAMES.isdisjoint(re.findall(r"[^\W\d_]+", speaker.casefold()))


def split_speaker(line: str) -> tuple[str, str]:
    """Return the speaker at the head of a line and the words after it; "" and the line when there is none."""
    found = SPEAKER.match(line)
    if found is None:
        return "", line
    speaker = " ".join(found["speaker"].split())
    words = speaker.split()
    small = sum(
        word[0].islower() for word in words
    )  # a title or a sentence has small words, a name hardly any
    if speaker[0].islower() or len(words) > SPEAKER_WORDS or small > SMALL_WORDS or words[0] in NOT_NAMES:
        return "", line
    return speaker, found["words"]


def join_speech(speeches: Iterable[Speech]) -> list[Speech]:
    """Join neighbouring pieces of one named speaker; a piece without a name goes on with the one before it."""
    joined: list[Speech] = []
    for speech in speeches:
        last = joined[-1] if joined else None
        if last is not None and last.speaker and speech.speaker in ("", last.speaker):
            words = f"{last.words} {speech.words}".strip()
            joined[-1] = Speech(last.speaker, words, last.start_ms, speech.end_ms)
        else:
            joined.append(speech)
    return joined


def build_transcript(
    name: str,
    format_: str,
    speeches: Iterable[Speech],
    *,
    moderators: Collection[str] | None,
    deviations: Iterable[str] = (),
) -> Transcript:
    """Return a transcript whose text is the speech itself, one turn to a paragraph, speakers' names before it.

    Raises FileRefused when nobody says anything.
    """
    pieces: list[str] = []
    turns: list[Turn] = []
    length = 0
    for speech in speeches:
        words = speech.words.strip()
        if not words:
            continue
        label = f"{speech.speaker}: " if speech.speaker else ""
        start = length + len(label)
        turns.append(
            Turn(
                len(turns) + 1,
                speech.speaker,
                words,
                start,
                start + len(words),
                is_moderator(speech.speaker, moderators),
                speech.start_ms,
                speech.end_ms,
            )
        )
        pieces.append(f"{label}{words}\n\n")
        length += len(pieces[-1])
    if not turns:
        raise FileRefused("the file", "nobody says anything in it", "Choose a transcript with words in it.")
    return Transcript(name, format_, "".join(pieces), tuple(turns), _noted(turns, deviations))


def _noted(turns: list[Turn], deviations: Iterable[str]) -> tuple[str, ...]:
    notes = list(deviations)
    if not any(turn.speaker for turn in turns):
        notes.append("No speaker is named in the file, so every turn was read as a participant's.")
    elif not any(turn.is_moderator for turn in turns):
        notes.append("No speaker was recognised as a moderator, so every turn was read as a participant's.")
    return tuple(notes)
