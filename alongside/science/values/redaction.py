"""What is found in a person's words and covered: spans, visible marks, and the map that ties both texts.

Every place is in code points, half open: `text[start:end]`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# Each class of what is covered, and the words that stand in its place.
MARK_WORDS: Mapping[str, str] = {
    "nhs_number": "NHS number",
    "phone": "phone number",
    "email": "e-mail address",
    "web_address": "web address",
    "handle": "social media name",
    "postcode": "postcode",
    "address": "address",
    "ni_number": "National Insurance number",
    "date_of_birth": "date of birth",
    "record_number": "record number",
    "titled_name": "name",
    "own_name": "name",
    "staff_name": "staff name",
    "other": "covered",
}
SURE, DOUBTFUL = "sure", "doubtful"
MARK = re.compile(r"\[(?:" + "|".join(sorted({re.escape(words) for words in MARK_WORDS.values()})) + r")\]")


def make_mark(kind: str) -> str:
    """Return what stands in the text where something of this class was covered."""
    return f"[{MARK_WORDS[kind]}]"


@dataclass(frozen=True, slots=True)
class Span:
    """Something found: its class, how certain it is (sure or doubtful), and why, in words for a reader."""

    start: int
    end: int
    kind: str
    certainty: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cover:
    """One covered place in both texts: `original_…` in the words as they were, the others in the redacted text."""

    kind: str
    original_start: int
    original_end: int
    start: int
    end: int


@dataclass(frozen=True)
class OffsetMap:
    """Tie a text and its redacted form: outside covered places exactly, inside them to the whole of the mark."""

    covers: tuple[Cover, ...] = ()

    @cached_property
    def _forward(self) -> "_Steps":
        return _Steps([(one.original_start, one.original_end, one.start, one.end) for one in self.covers])

    @cached_property
    def _backward(self) -> "_Steps":
        return _Steps([(one.start, one.end, one.original_start, one.original_end) for one in self.covers])

    def to_redacted(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the original stands in the redacted text, widened over marks it cuts."""
        return self._forward.move(start, end)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the redacted text stands in the original, widened over marks it cuts."""
        return self._backward.move(start, end)

    def cuts(self, start: int, end: int) -> bool:
        """Return whether a span of the redacted text begins or ends inside a mark."""
        return self._backward.is_inside(start) or self._backward.is_inside(end)

    def cuts_original(self, start: int, end: int) -> bool:
        """Return whether a span of the original begins or ends inside a covered place."""
        return self._forward.is_inside(start) or self._forward.is_inside(end)


class _Steps:
    """Places where two texts differ in length, from one text to the other."""

    def __init__(self, steps: Sequence[tuple[int, int, int, int]]) -> None:
        self.steps = steps
        self.starts = [step[0] for step in steps]
        self.ends = [step[1] for step in steps]

    def is_inside(self, place: int) -> bool:
        number = bisect_left(self.starts, place) - 1
        return number >= 0 and place < self.ends[number]

    def move(self, start: int, end: int) -> tuple[int, int]:
        return self._move(start, 2), self._move(end, 3)

    def _move(self, place: int, side: int) -> int:
        number = bisect_left(self.starts, place) - 1
        if number >= 0 and place < self.ends[number]:
            return self.steps[number][side]
        passed = bisect_right(self.ends, place) - 1
        return place + (self.steps[passed][3] - self.steps[passed][1] if passed >= 0 else 0)


@dataclass(frozen=True)
class Redacted:
    """A text with marks in the place of what was covered, and the map back."""

    text: str
    map: OffsetMap


@dataclass(frozen=True)
class WordsMove:
    """A voice's covered places changed: how spans of its text as it stood move to its text as it stands now."""

    before: OffsetMap
    after: OffsetMap

    def move(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the earlier text stands now, widened over every mark it cuts."""
        return self.after.to_redacted(*self.before.to_original(start, end))

    def cuts(self, start: int, end: int) -> bool:
        """Return whether a span of the earlier text would begin or end inside a mark of the text as it is now."""
        return self.after.cuts_original(*self.before.to_original(start, end))


def find_marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of visible marks in a text, in order."""
    for found in MARK.finditer(text):
        yield found.span()


def blank_marks(text: str) -> str:
    """Return a text with blanks in the place of visible marks, as long as before, for machines that read words."""
    return MARK.sub(lambda mark: " " * len(mark.group()), text) if "[" in text else text


def cuts_a_mark(text: str, start: int, end: int) -> bool:
    """Return whether a span of a text begins or ends inside a visible mark."""
    return any(begins < place < ends for begins, ends in find_marks(text) for place in (start, end))
