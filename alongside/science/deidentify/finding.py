"""Find every span that points to a person; spans that overlap become one."""

import re
from collections.abc import Iterable, Sequence

from alongside.science.deidentify.dates import find_dates_of_birth
from alongside.science.deidentify.known import find_known, prepare_names
from alongside.science.deidentify.lists import load_name_words, words_of
from alongside.science.deidentify.names import NameReader
from alongside.science.deidentify.numbers import find_numbers, find_spoken_numbers
from alongside.science.deidentify.places import find_addresses, find_spelt_addresses, find_streets
from alongside.science.values.redaction import MARK, SURE, Span

WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
# The beginning of a word that does not begin a sentence.
INSIDE_WORD = re.compile(r"(?:(?<![.!?\s])[ \t]{1,3}|\n\s{0,3}|[^\w\s.!?])([^\W\d_]{1,2})")
NAME_WORDS = words_of("name names")
WEB_SIGNS = ("@", "://", "www.", "/")
SPELT_WORDS = words_of(
    "at dot insta instagram twitter facebook fb tiktok tik snap snapchat threads bluesky linkedin gmail"
)
SPOKEN_WORDS = words_of("zero nought naught oh one two three four five six seven eight nine double treble")


class Finder:
    """Holds what is known before reading: the names of staff. Made once, asked for every text."""

    def __init__(self, staff_names: Sequence[str] = ()) -> None:
        """`staff_names` are whole names, or single names somebody chose to have covered."""
        words = load_name_words()
        self.staff = prepare_names(staff_names)
        self.staff_by_last: dict[str, list[int]] = {}
        for number, name in enumerate(self.staff):
            self.staff_by_last.setdefault(_letters(name.words[-1]), []).append(number)
        self.triggers = (
            words.staff_titles | words.professions | words.titles | words.relatives
            | words_of("sister name names im am m regards sincerely faithfully wishes reception enw")
        )  # fmt: skip

    def find(self, text: str, *, known_names: Sequence[str] = (), language: str = "en") -> tuple[Span, ...]:
        """Return what points to a person, in order and without overlaps.

        `known_names` are names of the speaker or of others in the same file; `language` is a code such as en or cy.
        Visible marks in the text are left alone. Never raises, whatever the text.
        """
        if "[" in text:
            text = MARK.sub(lambda mark: "\x1f" * len(mark.group()), text)
        words = set(WORD.findall(text.lower()))
        spans: list[Span] = []
        if DIGIT.search(text):
            spans += (*find_numbers(text), *find_dates_of_birth(text), *find_streets(text))
        if any(sign in text for sign in WEB_SIGNS) or words & SPELT_WORDS:
            spans += (*find_addresses(text), *find_spelt_addresses(text))
        if len(words & SPOKEN_WORDS) > 1:
            spans += find_spoken_numbers(text)
        if words & self.triggers and _may_hold_a_name(text, words):
            spans += NameReader(text, language).read()
        if self.staff_by_last:
            wanted = sorted({number for word in words for number in self.staff_by_last.get(word, ())})
            if wanted:
                staff = [self.staff[number] for number in wanted]
                spans += find_known(text, staff, kind="staff_name", parts="last")
        if known_names:
            spans += find_known(text, prepare_names(known_names), kind="own_name", parts="all")
        return settle(spans, len(text))


def _may_hold_a_name(text: str, words: set[str]) -> bool:
    """Return whether reading for names is worth it: a given name, a short title, or a capital inside a sentence."""
    lists = load_name_words()
    if words & lists.given_names or words & lists.short_titles or words & NAME_WORDS:
        return True
    return any(word[0].isupper() and word != "I" for word in INSIDE_WORD.findall(text))


def _letters(word: str) -> str:
    """Return the last run of letters of a word, as the texts are split to be looked up."""
    return str(WORD.findall(word)[-1])


def settle(spans: Iterable[Span], length: int) -> tuple[Span, ...]:
    """Return spans in order and without overlaps; of those that overlap, the whole stretch is covered.

    It takes the class of the longest, and is sure where one of them is.
    """
    kept: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda one: (one.start, one.start - one.end, one.certainty != SURE)):
        start, end = max(span.start, 0), min(span.end, length)
        if start >= end:
            continue
        if kept and start < kept[-1].end:
            last = kept[-1]
            chosen = span if end - start > longest else last
            longest = max(longest, end - start)
            certainty = SURE if SURE in (last.certainty, span.certainty) else chosen.certainty
            reason = (
                chosen.reason if chosen.certainty == certainty else (last if chosen is span else span).reason
            )
            kept[-1] = Span(last.start, max(last.end, end), chosen.kind, certainty, reason)
        else:
            kept.append(Span(start, end, span.kind, span.certainty, span.reason))
            longest = end - start
    return tuple(kept)
