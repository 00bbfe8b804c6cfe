"""Content about paid work as values, and rate cards out of files."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from alongside.adapters.files import open_table
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.rules.services import CardTerms, LineWords
from alongside.science.values.sources import FileRefused, TableRow

SHIPPED_CARDS = ("nihr",)
CARD_COLUMNS = ("band", "task", "amount", "status", "note")
MOST_ERRORS = 10
NOTICE_LANGUAGES = ("cy",)  # beside English, in which every notice is written first


@dataclass(frozen=True)
class PayingTerms:
    """What an installation pays and counts: pence a mile, groups of the list for people, words of a fee."""

    pence_a_mile: int
    groups: Mapping[str, str]
    group_words: Mapping[str, str]
    fee_words: tuple[str, ...]


@dataclass(frozen=True)
class NoticePart:
    """One heading of a notice with its words."""

    heading: str
    text: str


@dataclass(frozen=True)
class Notice:
    """One version of a notice; `key` names it, `sha256` is the digest of every word of it."""

    key: str
    sha256: str
    title: str
    parts: tuple[NoticePart, ...]
    not_advice: str
    who_can_advise: tuple[str, ...]
    source: str
    verified_by: str
    verified_on: date | None


def _read_content(*path: str) -> Any:
    return yaml.safe_load(files("alongside.content").joinpath(*path).read_text("utf-8"))


@lru_cache
def get_paying_terms() -> PayingTerms:
    """Return the dated terms of paying people."""
    content = _read_content("services", "paying.yaml")
    return PayingTerms(
        pence_a_mile=content["mileage"]["pence_a_mile"],
        groups=content["groups"],
        group_words=content["group_words"],
        fee_words=tuple(content["fee_words"]),
    )


@lru_cache
def list_notices(name: str = "benefits", language: str = "") -> tuple[tuple[date, Notice], ...]:
    """Return every version of a notice with its first day, the newest first; in English where no language is named."""
    content = _read_content("notices", f"{name}.{language}.yaml" if language else f"{name}.yaml")
    versions = [(one["from"], _as_notice(content["name"], one)) for one in content["versions"]]
    return tuple(sorted(versions, key=lambda pair: pair[0], reverse=True))


def get_notice(on: date, language: str = "") -> Notice:
    """Return the version of the benefits notice that holds on a day; the oldest for any day before it.

    It is in the language asked for where that version has it, else in English.
    """
    versions = list_notices()
    notice = next((notice for first, notice in versions if first <= on), versions[-1][1])
    return _find_in(notice.key, language) or notice


def list_notice_digests(on: date) -> frozenset[str]:
    """Return the digests of the notice that holds on a day, one for each language it has."""
    notice = get_notice(on)
    others = (_find_in(notice.key, language) for language in NOTICE_LANGUAGES)
    return frozenset({notice.sha256, *(one.sha256 for one in others if one)})


def _find_in(key: str, language: str) -> Notice | None:
    if language not in NOTICE_LANGUAGES:
        return None
    return next((one for _first, one in list_notices(language=language) if one.key == key), None)


def _as_notice(name: str, one: Mapping[str, Any]) -> Notice:
    parts = tuple(NoticePart(part["heading"], part["text"].strip()) for part in one["parts"])
    words = [one["title"], *(f"{part.heading}\n{part.text}" for part in parts), one["not_advice"]]
    words += one["who_can_advise"]
    return Notice(
        key=f"{name}/{one['version']}",
        sha256=hashlib.sha256("\n".join(words).encode()).hexdigest(),
        title=one["title"],
        parts=parts,
        not_advice=one["not_advice"].strip(),
        who_can_advise=tuple(one["who_can_advise"]),
        source=one["source"].strip(),
        verified_by=one["verified_by"],
        verified_on=one["verified_on"],
    )


@lru_cache
def list_shipped_cards() -> tuple[CardTerms, ...]:
    """Return the rate cards that come with Alongside."""
    found = []
    for name in SHIPPED_CARDS:
        content = _read_content("rates", f"{name}.yaml")
        for card in content["cards"]:
            lines = tuple(
                LineWords(
                    line["band"],
                    line["task"],
                    line["amount_pence"],
                    line["status"],
                    str(line.get("note", "")),
                )
                for line in card["lines"]
            )
            found.append(
                CardTerms(
                    content["scheme"],
                    card["title"],
                    card["source"],
                    card["valid_from"],
                    card["valid_to"],
                    lines,
                    is_shipped=True,
                )
            )
    return tuple(found)


def read_card_lines(content: bytes, name: str) -> tuple[LineWords, ...]:
    """Return the lines of a rate card in a CSV or XLSX file.

    Columns are band, task, amount and, if somebody likes, status and note. Raises Refused with every bad row.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "card"
        path.write_bytes(content)
        try:
            return _read_lines(path, name)
        except FileRefused as refusal:
            raise Refused(str(refusal), field="lines") from refusal


def _read_lines(path: Path, name: str) -> tuple[LineWords, ...]:
    table = open_table(path, name)
    places = {column: table.column(column) for column in CARD_COLUMNS[:3]}
    folded = [column.strip().casefold() for column in table.columns]
    places |= {column: folded.index(column) for column in CARD_COLUMNS[3:] if column in folded}
    lines: list[LineWords] = []
    wrong: list[str] = []
    for row in table.rows():
        try:
            lines.append(_read_line(row, places))
        except Refused as refusal:
            wrong.append(f"Row {row.row}: {refusal.reason}")
    if wrong:
        more = len(wrong) - MOST_ERRORS
        rest = f" And {more} more rows." if more > 0 else ""
        raise Refused(" ".join(wrong[:MOST_ERRORS]) + rest, field="lines")
    return tuple(lines)


def _read_line(row: TableRow, places: Mapping[str, int]) -> LineWords:
    def cell(column: str) -> str:
        return row.cells[places[column]].strip() if column in places else ""

    if not cell("band"):
        raise Refused("band is empty. Write a short name, such as half day.")
    status = cell("status").casefold() or "verified"
    if status not in ("verified", "computed"):
        raise Refused(f"status “{cell('status')[:40]}” is neither verified nor computed.")
    return LineWords(cell("band"), cell("task"), read_money(cell("amount")), status, cell("note"))
