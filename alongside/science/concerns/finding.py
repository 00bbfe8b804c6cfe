"""Text in, proposed concerns out. Aimed at recall: a person reads each, and a rule never decides."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from alongside.science.concerns.words import PhraseBook, Sentence, Word, read_words
from alongside.science.values.concerns import URGENCIES, ConcernRule, Phrase, ProposedConcern

NEGATION_REACH = 4  # words between "no" and what it denies
MOST_AROUND = 30  # words of a sentence without an end that are kept around what was found

Spans = list[tuple[int, int]]


class Finder:
    """Rules made ready for many texts."""

    def __init__(self, rules: Sequence[ConcernRule]) -> None:
        self._rules = tuple(rules)
        self._book = PhraseBook(
            phrase
            for rule in rules
            for phrase in (*rule.words, *rule.near, *rule.also_near, *rule.unless, *rule.negations)
        )

    def find(self, text: str) -> list[ProposedConcern]:
        """Return what may not wait in a text, in the order it stands there; at most one of a kind a sentence.

        Where several rules of a kind fire on a sentence, the most urgent speaks, then the one written first.
        Linear in the length of the text; never raises.
        """
        words, sentences = read_words(text)
        if not words:
            return []
        found = self._book.find(words)
        best: dict[tuple[int, str], tuple[int, int, ProposedConcern]] = {}
        for order, rule in enumerate(self._rules):
            for first, after, partner in _fire(rule, found, words):
                key = (words[first].sentence, rule.kind)
                rank = (URGENCIES.index(rule.urgency), order)
                if key not in best or rank < best[key][:2]:
                    start, end = _evidence(words, sentences, first, after, partner)
                    best[key] = (*rank, ProposedConcern(rule.kind, start, end, rule.name, rule.urgency))
        proposals = [proposal for _urgency, _order, proposal in best.values()]
        return sorted(proposals, key=lambda one: (one.start, one.end, one.kind))


def _fire(
    rule: ConcernRule, found: Mapping[Phrase, Spans], words: Sequence[Word]
) -> Iterable[tuple[int, int, tuple[int, int] | None]]:
    """Yield where a rule fires: first word, word after, and the words it stands near (None where it needs none)."""
    triggers = _gather(rule.words, found)
    if not triggers:
        return
    near, also = _gather(rule.near, found), _gather(rule.also_near, found)
    cancelled = {words[first].sentence for first, _after in _gather(rule.unless, found)}
    denials = _gather(rule.negations, found) if rule.negated else []
    ends_of_denials = sorted(after for _first, after in denials)
    for first, after in triggers:
        if words[first].sentence in cancelled or _is_denied(first, ends_of_denials, words):
            continue
        partner = _find_near(first, after, near, rule.within) if rule.near else None
        if rule.near and partner is None:
            continue
        if rule.also_near and _find_near(first, after, also, rule.within) is None:
            continue
        yield first, after, partner


def _gather(phrases: Iterable[Phrase], found: Mapping[Phrase, Spans]) -> Spans:
    return sorted({span for phrase in phrases for span in found.get(phrase, ())})


def _is_denied(first: int, ends_of_denials: Sequence[int], words: Sequence[Word]) -> bool:
    """Return whether a denial ends shortly before a word in the same sentence."""
    at = bisect_left(ends_of_denials, first + 1) - 1
    if at < 0:
        return False
    end = ends_of_denials[at]
    return first - end < NEGATION_REACH and words[end - 1].sentence == words[first].sentence


def _find_near(first: int, after: int, near: Spans, within: int) -> tuple[int, int] | None:
    """Return the nearest span that does not lie on the words themselves and is close enough."""
    at = bisect_left(near, (first, after))
    candidates = [span for span in near[max(0, at - 3) : at + 4] if span[1] <= first or span[0] >= after]
    distances = [(max(first - end, start - after), (start, end)) for start, end in candidates]
    close = [pair for pair in distances if pair[0] <= within]
    return min(close)[1] if close else None


def _evidence(
    words: Sequence[Word],
    sentences: Sequence[Sentence],
    first: int,
    after: int,
    partner: tuple[int, int] | None,
) -> tuple[int, int]:
    """Return the place of the sentence or sentences that hold what was found; a very long one is cut around it."""
    from_word = min(first, partner[0]) if partner else first
    to_word = max(after, partner[1]) if partner else after
    start = sentences[words[from_word].sentence].start
    end = sentences[words[to_word - 1].sentence].end
    earliest, latest = from_word - MOST_AROUND, to_word - 1 + MOST_AROUND
    if earliest > 0 and words[earliest].sentence == words[from_word].sentence:
        start = words[earliest].start
    if latest < len(words) and words[latest].sentence == words[to_word - 1].sentence:
        end = words[latest].end
    return start, end
