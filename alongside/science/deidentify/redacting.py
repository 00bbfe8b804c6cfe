"""Cover spans of a text with visible marks, and keep the map that ties both texts."""

from collections.abc import Iterable, Sequence

from alongside.science.deidentify.finding import Finder, settle
from alongside.science.values.redaction import Cover, OffsetMap, Redacted, Span, make_mark

MOST_ROUNDS = 6


def redact(text: str, spans: Iterable[Span]) -> Redacted:
    """Return a text with a mark in the place of each span; spans that overlap become one."""
    parts: list[str] = []
    covers: list[Cover] = []
    read, written = 0, 0
    for span in settle(spans, len(text)):
        mark = make_mark(span.kind)
        parts += (text[read : span.start], mark)
        start = written + span.start - read
        covers.append(Cover(span.kind, span.start, span.end, start, start + len(mark)))
        read, written = span.end, start + len(mark)
    parts.append(text[read:])
    return Redacted("".join(parts), OffsetMap(tuple(covers)))


def deidentify(
    text: str, finder: Finder, *, known_names: Sequence[str] = (), language: str = "en"
) -> tuple[tuple[Span, ...], Redacted]:
    """Return what points to a person in a text, and the text with it covered.

    What is left is read again until nothing new is found (at most six times), so that covering twice changes
    nothing: what stood between a number and its context may itself have been covered.
    """
    spans = tuple(finder.find(text, known_names=known_names, language=language))
    if not spans:
        return (), Redacted(text, OffsetMap())
    covered = redact(text, spans)
    rounds = 0
    while rounds < MOST_ROUNDS and (
        more := finder.find(covered.text, known_names=known_names, language=language)
    ):
        rounds += 1
        moved = [
            Span(*covered.map.to_original(one.start, one.end), one.kind, one.certainty, one.reason)
            for one in more
        ]
        spans = settle((*spans, *moved), len(text))
        covered = redact(text, spans)
    return spans, covered
