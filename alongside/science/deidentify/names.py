"""Names of people after a title, a job or a relation, or in an introduction."""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.science.deidentify.lists import NameWords, load_name_words, words_of
from alongside.science.deidentify.tokens import Token, tokenize
from alongside.science.values.redaction import DOUBTFUL, SURE, Span

POSSESSIVES = words_of("my our his her their your")
MODALS = words_of("will may can hope see best good might would could should must ward")
CALLED = words_of("called named")
PLACE_NEXT = words_of(
    "hospital ward unit wing centre center building infirmary house suite clinic hospice school road street"
)
ABBREVIATED = words_of("dr mr mrs ms mx prof rev revd drs miss")
CAPITAL_TITLES = words_of("sir lady lord dame madam master miss")
PLURAL_TITLES = words_of("drs doctors nurses")
UPPER_ONLY = words_of("gp hca ot hcsw")
BETWEEN = words_of(
    "the my our a an on in at from of , ( - – lovely kind amazing brilliant wonderful friendly senior staff ward"
)
SIGN_OFF = words_of("regards sincerely faithfully wishes")
MOST_NAMES, MOST_GAP = 3, 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was read: its tokens from first to last (not included), and whether it is certain."""

    first: int
    last: int
    certainty: str


class NameReader:
    """Reads the names in one text."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.words: NameWords = load_name_words()
        self.tokens = tokenize(text)
        letters = [letter for letter in text if letter.isalpha()]
        # Where nearly everything is a capital, a capital says nothing.
        self.shouts = sum(map(str.isupper, letters)) > 0.7 * len(letters)
        self.guesses = language.startswith("en")

    def read(self) -> Iterator[Span]:
        """Yield every name that stands beside words that say so."""
        for number, token in enumerate(self.tokens):
            if not token.is_word:
                continue
            yield from self._read_after_title(number, token)
            yield from self._read_beside_work(number, token)
            yield from self._read_relative(number, token)
            yield from self._read_introduction(number, token)

    def _read_after_title(self, number: int, token: Token) -> Iterator[Span]:
        words = self.words
        is_sister = token.low == "sister" and not self._has_possessive_before(number)
        if is_sister or token.low in words.staff_titles:
            kind = "staff_name"
        elif token.low in words.titles and (token.is_capital or token.low not in CAPITAL_TITLES):
            kind = "titled_name"
        else:
            return
        name = self._name_after_title(number, token)
        if name is None or (kind == "titled_name" and self._is_place(token, name)):
            return
        yield self._span(name, kind, f"after “{token.text}”")
        yield from self._read_others(name.last, token, kind)

    def _name_after_title(self, number: int, token: Token) -> Name | None:
        first = number + 1
        if token.low in ABBREVIATED and self._low(first) == "." and self._is_glued(number, first):
            first += 1
        if not self._is_close(first - 1, first) and not self._is_glued(first - 1, first):
            return None
        if token.text == "MS" and not self.tokens[first].text.isupper():
            return None  # the illness
        name = self._read_name(first, is_titled=True)
        if name is None:
            return self._read_small_name(first, token)
        is_plain = token.low in ("nurses", "doctors") and self._low(first) not in self.words.given_names
        return None if is_plain else name  # "all the Nurses Deserve a rise"

    def _read_small_name(self, first: int, title: Token) -> Name | None:
        """Read a name in small letters after a title that is written so."""
        token = self._token(first)
        if token is None or not self.guesses or not token.is_word or len(token.low) < 2:
            return None
        words = self.words
        is_given = token.low in words.given_names and token.low not in words.also_words
        if token.low in words.ordinary and not is_given:
            return None
        is_short = title.low in words.short_titles and title.low != "ms"
        if not is_given and (not is_short or token.low in words.also_words or len(token.low) < 3):
            return None
        if token.low in words.particles:
            after = self._token(first + 1)
            if after is None or after.low in words.ordinary or not after.is_word:
                return None
            return Name(first, first + 2, SURE)
        last = first + 1
        after = self._token(last)
        if (
            is_given
            and after
            and after.is_word
            and after.low not in words.ordinary
            and self._is_close(first, last)
        ):
            last += 1 if is_short else 0
            after = self._token(last)
        ends = after is None or not after.is_word or after.low in words.ordinary
        return Name(first, last, SURE if is_given or ends else DOUBTFUL)

    def _read_others(self, number: int, title: Token, kind: str) -> Iterator[Span]:
        """Yield the names that follow with a comma or an "and": "Nurses Sarah, Jo and Bev"."""
        sign = self._token(number)
        while sign and sign.low in (",", "and", "&", "/"):
            name = self._read_name(number + 1, is_titled=False)
            if name is None:
                return
            is_given = self.tokens[name.first].low in self.words.given_names
            if not is_given and title.low not in PLURAL_TITLES:
                return
            yield self._span(name, kind, "after another name")
            number = name.last
            sign = self._token(number)

    def _read_beside_work(self, number: int, token: Token) -> Iterator[Span]:
        words = self.words
        is_work = token.low in words.professions or token.low in words.staff_titles
        if token.low in UPPER_ONLY and not token.text.isupper():
            is_work = False
        is_there = token.low == "reception" or (
            token.low == "sister" and not self._has_possessive_before(number)
        )
        if not is_work and not is_there:
            return
        yield from self._read_before_work(number)
        if token.low in words.staff_titles or is_there:
            linked = self._token(number + 1)
            if linked is None or linked.low not in CALLED:
                return
        name, is_linked = self._name_after_link(number + 1)
        if name is None:
            return
        is_given = self.tokens[name.first].low in words.given_names
        is_comma = self.tokens[number + 1].text in ",(-–"
        if is_comma and not is_given:
            return
        is_sure = is_given or is_linked or name.last - name.first > 1
        yield self._span(
            Name(name.first, name.last, SURE if is_sure else DOUBTFUL), "staff_name", f"after “{token.text}”"
        )

    def _name_after_link(self, number: int) -> tuple[Name | None, bool]:
        """Return the name after "called", a comma or nothing, and whether "called" stood there."""
        token = self._token(number)
        is_linked = token is not None and token.low in CALLED
        if token is not None and (is_linked or token.text in ",(-–"):
            number += 1
        name = self._read_name(number, is_titled=is_linked)
        if name is None:
            token = self._token(number)
            if token and self._is_small_given(token):
                name = Name(number, number + 1, SURE)
        return name, is_linked

    def _read_before_work(self, number: int) -> Iterator[Span]:
        """Yield the given name before a job: "Sarah, the nurse", "Bev on reception"."""
        for back in range(number - 1, max(-1, number - 6), -1):
            token = self.tokens[back]
            if token.is_capital and token.low in self.words.given_names and back < number - 1:
                if token.low in MODALS or token.low in self.words.ordinary:
                    return
                name = self._read_name(back, is_titled=True)
                if name is not None:
                    yield self._span(name, "staff_name", f"before “{self.tokens[number].text}”")
                return
            is_surname = token.is_capital and token.is_word and token.low not in self.words.ordinary
            if token.low not in BETWEEN and not is_surname:
                return

    def _read_relative(self, number: int, token: Token) -> Iterator[Span]:
        if token.low not in self.words.relatives or not self._has_possessive_before(number):
            return
        following = self._token(number + 1)
        if following is None:
            return
        name, is_linked = self._name_after_link(number + 1)
        if name is None:
            return
        first = self.tokens[name.first]
        is_given = first.low in self.words.given_names
        if not is_given and not is_linked:
            if following.text in ",(-–" or (first.text.isupper() and not self.shouts):
                return
            name = Name(name.first, name.last, DOUBTFUL)
        if following.low == "," and first.low in self.words.ordinary:
            return
        yield self._span(name, "own_name", f"after “{token.text}”")

    def _read_introduction(self, number: int, token: Token) -> Iterator[Span]:
        if token.low in ("name", "names"):
            yield from self._read_my_name(number)
        elif token.low in ("i'm", "im") or (token.low == "am" and self._low(number - 1) == "i"):
            yield from self._read_i_am(number)
        elif token.low in SIGN_OFF:
            yield from self._read_sign_off(number)
        elif token.low == "yw" and self._low(number - 1) == "i" and self._low(number - 2) == "enw":
            name = self._read_name(number + 1, is_titled=True)
            if name is not None:
                yield self._span(name, "own_name", "after “fy enw i yw”")

    def _read_my_name(self, number: int) -> Iterator[Span]:
        if self._low(number - 1) not in POSSESSIVES:
            return
        has_ending = self.text[self.tokens[number].end : self.tokens[number].end + 1] in ("'", "’")
        first = number + 1
        if self._low(first) in ("is", "was", ":"):
            first += 1
        elif not has_ending and self.tokens[number].low != "names":
            return
        token = self._token(first)
        if token is None or not token.is_word or token.low in self.words.not_after_my_name:
            return
        name = self._read_name(first, is_titled=True)
        if (
            name is None
            and self.guesses
            and (token.low not in self.words.ordinary or self._is_small_given(token))
        ):
            name = Name(first, first + 1, SURE if token.low in self.words.given_names else DOUBTFUL)
        if name is not None:
            yield self._span(name, "own_name", "after “my name is”")

    def _read_i_am(self, number: int) -> Iterator[Span]:
        first = number + (2 if self._low(number + 1) in CALLED else 1)
        token = self._token(first)
        is_given = token is not None and token.is_capital and token.low in self.words.given_names
        if token is None or not is_given or self.shouts:
            return
        name = self._read_name(first, is_titled=False)
        if name is not None and (token.low not in self.words.also_words or name.last - name.first > 1):
            yield self._span(name, "own_name", "after “I am”")

    def _read_sign_off(self, number: int) -> Iterator[Span]:
        first = number + (2 if self._low(number + 1) in (",", ".") else 1)
        name = self._read_name(first, is_titled=False)
        if name is not None and name.last == len(self.tokens):
            yield self._span(name, "own_name", f"at the end, after “{self.tokens[number].text}”")

    def _read_name(self, first: int, *, is_titled: bool) -> Name | None:
        """Return the name that begins at a token: initials, small words inside names, capitalised words."""
        number, names, certainty, end = first, 0, SURE, first
        while (token := self._token(number)) and names < MOST_NAMES:
            if number > first and not self._is_close(number - 1, number):
                break
            if self._is_initial(number):
                number += 2 if self._low(number + 1) == "." else 1
                end = number
            elif skipped := self._skip_particles(number):
                number += skipped
            elif self._is_name_word(number, is_first=names == 0 and is_titled):
                certainty = DOUBTFUL if names == 0 and token.low in MODALS else certainty
                names += 1
                number += 1
                end = number
            else:
                break
        if not names and not (is_titled and end > first and not self.shouts):
            return None
        return Name(first, end, certainty) if end > first else None

    def _skip_particles(self, number: int) -> int:
        """Return how many small words inside names lead to the next name: "van der Berg" has two."""
        skipped = 0
        while skipped < 2 and self._low(number + skipped) in self.words.particles:
            skipped += 1
            if self._is_name_word(number + skipped, is_first=False):
                return skipped
        return 0

    def _is_initial(self, number: int) -> bool:
        """Return whether one capital stands alone, as in "Dr A. Khan" or "Dr K"; "I" and "A" only with a stop."""
        token = self.tokens[number]
        if self._is_glued(number, number + 1) and self.tokens[number + 1].text not in ".'’,;:!?)/":
            return False
        if (
            len(token.text) > 2
            or not token.text.isupper()
            or not token.is_word
            or token.low in self.words.ordinary
        ):
            return len(token.text) == 1 and token.is_capital and self._low(number + 1) == "."
        return True

    def _is_name_word(self, number: int, *, is_first: bool) -> bool:
        token = self._token(number)
        if token is None or not token.is_word or not token.is_capital or len(token.text) < 2:
            return False
        if self.shouts or (token.text.isupper() and len(token.text) > 3):
            return token.low not in self.words.ordinary and token.low not in self.words.also_words
        if token.low in self.words.also_words:
            return is_first or token.low not in MODALS
        return token.low not in self.words.ordinary or (token.low in self.words.given_names and is_first)

    def _is_small_given(self, token: Token) -> bool:
        return (
            self.guesses
            and token.low in self.words.given_names
            and token.low not in (self.words.also_words | self.words.ordinary)
        )

    def _is_place(self, title: Token, name: Name) -> bool:
        after = self._low(name.last)
        return title.low in ("sir", "lady", "lord", "dame", "madam") and after in PLACE_NEXT

    def _has_possessive_before(self, number: int) -> bool:
        return any(self._low(number - back) in POSSESSIVES for back in (1, 2, 3))

    def _is_close(self, one: int, other: int) -> bool:
        """Return whether only a few blanks stand between two tokens."""
        if not 0 <= one < other < len(self.tokens):
            return False
        gap = self.text[self.tokens[one].end : self.tokens[other].start]
        return len(gap) <= MOST_GAP and not gap.strip() and "\n\n" not in gap

    def _is_glued(self, one: int, other: int) -> bool:
        return 0 <= one < other < len(self.tokens) and self.tokens[one].end == self.tokens[other].start

    def _token(self, number: int) -> Token | None:
        return self.tokens[number] if 0 <= number < len(self.tokens) else None

    def _low(self, number: int) -> str:
        token = self._token(number)
        return token.low if token else ""

    def _span(self, name: Name, kind: str, reason: str) -> Span:
        end = self.tokens[name.last - 1].end
        return Span(self.tokens[name.first].start, end, kind, name.certainty, reason)
