"""The document both sides sign: plain text made of an agreement's words, always the same for the same words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.apps.base.rules.money import write_money
from alongside.science.values.rules import PaperField

HEADING = "## "


@dataclass(frozen=True)
class PaperToSign:
    """Everything that stands in the document, before it is text. Amounts are pence."""

    name: str
    reference: str
    version_number: int
    title: str
    opens: str
    closes: tuple[str, ...]
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    amount_pence: int | None
    currency: str
    in_kind_description: str
    in_kind_value_pence: int | None
    fields: Sequence[tuple[PaperField, str]]


def make_text(paper: PaperToSign) -> str:
    """Return the document: a title, then sections, each a heading line and its words.

    No words of anybody can pass for a heading: a line that begins like one is moved in by a space.
    """
    sections = [
        (paper.name, f"{_plain(paper.title)}\n{paper.reference}, version {paper.version_number}"),
        ("Parties", "\n".join(_plain(one) for one in paper.parties)),
        ("What this is", paper.opens),
        ("From when to when", f"{_day(paper.starts_on)} to {_day(paper.ends_on)}"),
        *_money(paper),
        *((field.prints_under, _plain(words)) for field, words in paper.fields if words),
        ("What else holds", "\n".join(f"• {one}" for one in paper.closes)),
    ]
    return "\n\n".join(f"{HEADING}{heading}\n{words}" for heading, words in sections) + "\n"


def split_text(document: str) -> list[tuple[str, str]]:
    """Return the headings of a document with their words."""
    found: list[tuple[str, str]] = []
    for part in f"\n\n{document.rstrip()}".split(f"\n\n{HEADING}")[1:]:
        heading, _line, words = part.partition("\n")
        found.append((heading, words))
    return found


def digest_document(document: str) -> str:
    """Return the SHA-256 of a document, as 64 hexadecimal digits."""
    return hashlib.sha256(document.encode()).hexdigest()


def _money(paper: PaperToSign) -> list[tuple[str, str]]:
    found = []
    if paper.amount_pence is not None:
        found.append(("Amount", f"At most {write_money(paper.amount_pence, paper.currency)}"))
    if paper.in_kind_description:
        value = (
            f"Value: {write_money(paper.in_kind_value_pence, paper.currency)}"
            if paper.in_kind_value_pence is not None
            else "No value can be put on it."
        )
        found.append(("Given in kind", f"{_plain(paper.in_kind_description)}\n{value}"))
    return found


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _plain(words: str) -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(f" {line}" if line.startswith(HEADING) else line for line in lines)
