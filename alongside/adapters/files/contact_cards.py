"""Contacts out as vCard 4.0 (RFC 6350): escaped, folded at 75 octets, and never cut inside a letter."""

import re
from collections.abc import Iterable, Iterator

from alongside.science.values.contacts import ContactCard

MOST_OCTETS = 75
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"^[A-Za-z0-9-]{2,20}$")


def write_cards(cards: Iterable[ContactCard]) -> Iterator[str]:
    """Yield each card as one text; together they are a file with several cards."""
    for card in cards:
        yield "".join(f"{part}\r\n" for line in _list_lines(card) for part in _fold(line))


def _list_lines(card: ContactCard) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield f"UID:urn:uuid:{card.id}"
    yield "KIND:individual"
    yield f"FN:{_escape(card.name)}"
    yield f"ORG:{_escape(card.organisation)}"
    if card.role:
        yield f"TITLE:{_escape(card.role)}"
    if card.email:
        yield f"EMAIL:{_escape(card.email)}"
    if card.phone:
        yield f"TEL;VALUE=text:{_escape(card.phone)}"
    if _LANGUAGE.match(card.language):
        yield f"LANG:{card.language}"
    if card.note:
        yield f"NOTE:{_escape(card.note)}"
    if card.changed_at is not None:
        yield f"REV:{card.changed_at:%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _escape(text: str) -> str:
    """Return a text that stays one value: backslash, comma, semicolon and line break are written out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROLS.sub("", lines).replace("\\", "\\\\").replace("\n", "\\n")
    return plain.replace(",", "\\,").replace(";", "\\;")


def _fold(line: str) -> Iterator[str]:
    """Yield the parts of a line, each of at most 75 octets; every part but the first begins with a blank."""
    part, octets = "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > MOST_OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + letter, octets + size
    yield part
