"""One row of a list becomes a contact or an event as the row says it; a wrong cell says what would do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from alongside.apps.base.rules.cells import RowProblem, read_date, read_email, read_short
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_columns import ListColumns

LONGEST_NOTES = 20_000
OTHER = "other"  # the kind of an event that a list does not name
_SHIFTED = "Are the cells of this row shifted, or is it another column?"
_PHONE = re.compile(r"^[+(]?[\d\s().+/-]*\d[\d\s().+/-]*((ext|x|est)\.?\s*\d+)?$", re.IGNORECASE)
_LANGUAGES: Mapping[str, str] = {"english": "en", "welsh": "cy", "cymraeg": "cy", "saesneg": "en"}
_LANGUAGE_CODE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_WEBSITE = re.compile(r"^(https?://)?[^\s/@]+\.[^\s@]+$", re.IGNORECASE)
_YES, _NO = (
    frozenset({"yes", "y", "true", "1", "x", "main", "ie"}),
    frozenset({"no", "n", "false", "0", "na"}),
)


@dataclass(frozen=True)
class SaidContact:
    """What one row says of an organisation and, where it names one, of a contact there; dates as ISO or empty."""

    organisation: str
    organisation_kind: str = ""
    identifier: str = ""
    website: str = ""
    reach: str = ""
    conditions: str = ""
    nation: str = ""
    name: str = ""
    role_words: str = ""
    email: str = ""
    phone: str = ""
    preferred_way: str = ""
    language: str = ""
    mandated_from: str = ""
    mandated_until: str = ""
    is_main: str = ""  # yes, no or empty

    def as_json(self) -> dict[str, str]:
        """Return what the row says, as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "SaidContact":
        """Return what a stored row says."""
        return cls(**{one.name: str(stored.get(one.name, "")) for one in fields(cls)})


@dataclass(frozen=True)
class SaidEvent:
    """What one row says of something that happened with an organisation; the date as ISO."""

    organisation: str
    on: str
    title: str
    kind: str = ""
    notes: str = ""
    contact: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what the row says, as it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "SaidEvent":
        """Return what a stored row says."""
        return cls(**{one.name: str(stored.get(one.name, "")) for one in fields(cls)})


@dataclass(frozen=True)
class Words:
    """The words that a list may use for each thing we know by a key: kinds of organisation, ways, kinds of events."""

    organisation_kinds: tuple[tuple[str, str], ...]  # key, words
    ways: tuple[tuple[str, str], ...]
    event_kinds: tuple[tuple[str, str], ...]


class _Row:
    """The cells of one row, asked for by what they mean."""

    def __init__(self, cells: Sequence[str], places: Mapping[str, int], choice: ListColumns) -> None:
        self.cells, self.places, self.choice = cells, places, choice

    def column(self, meaning: str) -> str:
        """Return the name of the column with this meaning, empty where there is none."""
        return self.choice.by_meaning.get(meaning, "")

    def cell(self, meaning: str) -> str:
        """Return the cell with this meaning."""
        column = self.column(meaning)
        return self.cells[self.places[column]] if column else ""

    def short(self, meaning: str, longest: int) -> str:
        return read_short(self.column(meaning), self.cell(meaning), longest)

    def named(self, meaning: str, longest: int) -> str:
        """Return a name: letters, and no address."""
        text = self.short(meaning, longest)
        if "@" in text:
            raise RowProblem(self.column(meaning), text, f"This is an e-mail address, not a name. {_SHIFTED}")
        if text and not any(letter.isalpha() for letter in text):
            raise RowProblem(self.column(meaning), text, f"A name has letters. {_SHIFTED}")
        return text

    def day(self, meaning: str) -> str:
        found = read_date(self.column(meaning), self.cell(meaning), self.choice.date_order)
        return found.isoformat() if found else ""

    def matching(self, meaning: str, pattern: re.Pattern[str], longest: int, cure: str) -> str:
        text = self.short(meaning, longest)
        if text and not pattern.match(text):
            raise RowProblem(self.column(meaning), text, f"{cure} {_SHIFTED}")
        return text

    def one_of(self, meaning: str, known: Sequence[tuple[str, str]]) -> str:
        """Return the key of a word: as we write it, or the key itself, whatever its capitals."""
        text = self.short(meaning, 80)
        if not text:
            return ""
        folded = fold_name(text.replace("_", " "))
        for key, words in known:
            if folded in (fold_name(key.replace("_", " ")), fold_name(words)):
                return key
        accepted = ", ".join(words for _key, words in known)
        raise RowProblem(self.column(meaning), text, f"Write one of: {accepted}.")

    def language(self, meaning: str) -> str:
        text = self.short(meaning, 20)
        known = _LANGUAGES.get(text.casefold(), text)
        if known and (len(known) > 10 or not _LANGUAGE_CODE.match(known)):
            raise RowProblem(
                self.column(meaning), text, f"Write English, Welsh, or a code such as pl. {_SHIFTED}"
            )
        return known

    def yes_or_no(self, meaning: str) -> str:
        text = self.short(meaning, 20).casefold()
        if text not in _YES | _NO | {""}:
            raise RowProblem(self.column(meaning), text, f"Write yes or no. {_SHIFTED}")
        return "yes" if text in _YES else "no" if text in _NO else ""

    def needed(self, meaning: str, text: str, cure: str) -> str:
        if not text:
            raise RowProblem(self.column(meaning), "", cure)
        return text


def read_contact_row(
    cells: Sequence[str], places: Mapping[str, int], choice: ListColumns, words: Words
) -> SaidContact:
    """Return what a row says of an organisation and a contact. Raise RowProblem at the first cell that is wrong."""
    row = _Row(cells, places, choice)
    organisation = row.named("organisation", 200)
    said = SaidContact(
        organisation=row.needed("organisation", organisation, "Write the organisation’s name in this row."),
        organisation_kind=row.one_of("organisation_kind", words.organisation_kinds),
        identifier=row.short("identifier", 80),
        website=row.matching("website", _WEBSITE, 200, "Write an address such as https://example.org."),
        reach=row.short("reach", 200),
        conditions=row.short("conditions", 300),
        nation=row.short("nation", 40),
        name=row.named("name", 120),
        role_words=row.short("role_words", 120),
        email=read_email(row.column("email"), row.cell("email")),
        phone=row.matching("phone", _PHONE, 40, "Write a telephone number in figures."),
        preferred_way=row.one_of("preferred_way", words.ways),
        language=row.language("language"),
        mandated_from=row.day("mandated_from"),
        mandated_until=row.day("mandated_until"),
        is_main=row.yes_or_no("is_main"),
    )
    _check_contact(row, said)
    return said


def _check_contact(row: _Row, said: SaidContact) -> None:
    if not said.name:
        of_contact = (
            "role_words",
            "email",
            "phone",
            "preferred_way",
            "mandated_from",
            "mandated_until",
            "is_main",
        )
        given = next((meaning for meaning in of_contact if getattr(said, meaning) not in ("", "no")), "")
        if given:
            cure = "Write the contact’s name, or leave the cells about the contact empty."
            raise RowProblem(row.column("name"), "", cure)


def read_history_row(
    cells: Sequence[str], places: Mapping[str, int], choice: ListColumns, words: Words, today: date
) -> SaidEvent:
    """Return what a row says of something that happened. Raise RowProblem at the first cell that is wrong."""
    row = _Row(cells, places, choice)
    organisation = row.named("organisation", 200)
    said = SaidEvent(
        organisation=row.needed("organisation", organisation, "Write the organisation’s name in this row."),
        on=row.needed("on", row.day("on"), "Write the day on which it happened."),
        kind=row.one_of("kind", words.event_kinds) or OTHER,
        title=row.needed("title", row.short("title", 200), "Write in a few words what it was."),
        notes=row.short("notes", LONGEST_NOTES),
        contact=row.short("contact", 254),
    )
    if date.fromisoformat(said.on) > today:
        cure = "This day is yet to come. Is the order of day, month and year right?"
        raise RowProblem(row.column("on"), row.cell("on"), cure)
    return said
