"""Keywords and a short name for each theme, in the words people used."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from alongside.science.themes.words import APOSTROPHES, TOKEN, load_words, stem, stop_words

LONGEST_PHRASE = 3
LENGTH_BONUS = {1: 1.0, 2: 1.35, 3: 1.3}
IN_A_NAME = 3
ALSO_WHOLE = 0.3  # a word mostly said within a phrase is shown as that phrase
FEWEST_VOICES = 2
FEW_PHRASES = 6
RARE = 0.01  # of a theme's texts
STRONG = 0.1  # of the first phrase's score, or
OFTEN = 0.05  # of the theme's texts

NUMBER_OF_SOMEBODY = re.compile(r"\d{4}")  # a telephone or patient number is nobody's theme
USUAL = 0.02  # how common a word is thought to be before anything outside the theme was read
UNSEEN = 0.5
LONGEST_NAME = 60

Key = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Some words said often in one theme: the stems that count as one, the form most people used, the score."""

    key: Key
    words: str
    score: float
    voices: float


def name_themes(
    texts: Sequence[Sequence[str]], *, keywords: int, people: frozenset[str] = frozenset()
) -> list[tuple[str, tuple[str, ...]]]:
    """Return name and keywords for each theme, given its different texts; names of `people` never stand in them."""
    forms: dict[Key, Counter[str]] = defaultdict(Counter)
    counts = [_count_phrases(theme, forms, people) for theme in texts]
    sizes = [max(len(theme), 1) for theme in texts]
    everywhere: Counter[Key] = Counter()
    for count in counts:
        everywhere.update(count)
    total = sum(sizes)
    named = []
    for theme, count, size in zip(texts, counts, sizes, strict=True):
        phrases = [
            Phrase(key, _form(forms[key]), _score(key, voices, size, everywhere[key], total), voices)
            for key, voices in count.items()
        ]
        phrases.sort(key=lambda phrase: (-phrase.score, phrase.key))
        common = [phrase for phrase in phrases if phrase.voices >= min(max(FEWEST_VOICES, RARE * size), size)]
        if len(common) < FEW_PHRASES:
            common += [phrase for phrase in phrases if phrase not in common]
        chosen = _without_overlap(common, keywords)
        named.append((_name(chosen, size, theme), tuple(phrase.words for phrase in chosen)))
    return _told_apart(named)


def _count_phrases(
    texts: Sequence[str], forms: dict[Key, Counter[str]], people: frozenset[str]
) -> Counter[Key]:
    count: Counter[Key] = Counter()
    for text in texts:
        seen: dict[Key, str] = {}
        for key, words in _phrases(text):
            if people.isdisjoint(words.split()) and not NUMBER_OF_SOMEBODY.search(words):
                seen.setdefault(key, words)
        for key, words in seen.items():
            count[key] += 1
            forms[key][words] += 1
    return count


def _phrases(text: str) -> Iterator[tuple[Key, str]]:
    """Yield runs of one to three words within a clause that begin and end with a word of meaning."""
    lists = load_words()
    clauses = list(_clauses(text))
    stop = stop_words([word for clause in clauses for word in clause])
    for clause in clauses:
        for start, first in enumerate(clause):
            if first in stop or (len(first) < 2 and first.isascii()):
                continue
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(clause)) + 1):
                words = clause[start:end]
                if words[-1] in stop or words[-1] in lists.never_last:
                    continue
                if all(word in stop or word in lists.beside_another for word in words):
                    continue
                key = tuple(stem(word) for word in words if word not in stop)
                if len(key) == len(set(key)):
                    yield key, " ".join(words)


def _clauses(text: str) -> Iterator[list[str]]:
    folded = text.casefold().translate(APOSTROPHES)
    clause: list[str] = []
    end = 0
    for found in TOKEN.finditer(folded):
        if clause and folded[end : found.start()].strip():
            yield clause
            clause = []
        clause.append(found[0])
        end = found.end()
    if clause:
        yield clause


def _score(key: Key, voices: float, size: int, everywhere: int, total: int) -> float:
    """Return how telling a phrase is: often said here, seldom elsewhere (a class-based TF-IDF)."""
    here = voices / size
    elsewhere = (everywhere - voices + UNSEEN) / (total - size + UNSEEN / USUAL)
    return (
        here * max(log(here / elsewhere), 0.0) * LENGTH_BONUS[len(key)] if len(key) <= LONGEST_PHRASE else 0.0
    )


def _form(forms: Counter[str]) -> str:
    """Return the form most people used; the shorter, then the earlier in the alphabet, of equals."""
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _without_overlap(phrases: list[Phrase], wanted: int) -> list[Phrase]:
    chosen: list[Phrase] = []
    for phrase in phrases:
        if len(chosen) == wanted or phrase.score <= 0:
            break
        longer = _mostly_within(phrase, phrases)
        candidate = longer or phrase
        said = {part for earlier in chosen for part in earlier.key}
        if not said.intersection(candidate.key):
            chosen.append(candidate)
        elif not said.intersection(phrase.key):
            chosen.append(phrase)
    return chosen


def _mostly_within(phrase: Phrase, phrases: list[Phrase]) -> Phrase | None:
    """Return the longer phrase in which most people say this word, if there is one."""
    if len(phrase.key) > 1:
        return None
    longer = [
        other
        for other in phrases
        if len(other.key) > 1 and phrase.key[0] in other.key and other.voices >= ALSO_WHOLE * phrase.voices
    ]
    return max(longer, key=lambda other: (other.voices, -len(other.words)), default=None)


def _name(chosen: list[Phrase], size: int, texts: Sequence[str]) -> str:
    """Return the strongest one to three phrases; a much weaker one would only puzzle the reader."""
    if not chosen:
        return shorten(min(texts, key=lambda text: (len(text), text))) if texts else ""
    strong = [
        phrase.words
        for phrase in chosen[:IN_A_NAME]
        if phrase.score >= STRONG * chosen[0].score or phrase.voices >= OFTEN * size
    ]
    name = shorten(", ".join(strong))
    return name[:1].upper() + name[1:]


def shorten(name: str) -> str:
    """Return a name that fits on a line."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else f"{line[:LONGEST_NAME].rstrip(' ,')}…"


def _told_apart(named: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Return names of which no two are the same."""
    seen: Counter[str] = Counter()
    apart = []
    for name, words in named:
        seen[name] += 1
        apart.append((name if seen[name] == 1 else f"{name} ({seen[name]})", words))
    return apart
