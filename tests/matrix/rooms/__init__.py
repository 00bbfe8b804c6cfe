"""Every address of Alongside with its row, by room. A new address is one line more in its room's file."""

from importlib import import_module

from tests.matrix.language import Row

_FILES = {
    "The front": "front",
    "People": "people",
    "Agreeing": "agreements",
    "Listening": "engagement",
    "Consents and needs": "consent",
    "People's rights, and concerns": "rights",
    "Understanding": "insight",
    "Acting": "actions",
    "Partners": "relations",
    "Contacts at partners": "contacts",
    "Funding": "funding",
    "Payments": "payments",
    "Published grants": "giving",
    "Paid work": "paid_work",
    "Events": "events",
    "Joint projects": "projects",
    "Openness": "disclosures",
    "A partner's own side": "ours",
    "Openness": "disclosures",
    "Without an account": "public",
}


def _read(name: str) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = import_module(f"tests.matrix.rooms.{name}").ROWS
    return rows


ROOMS: dict[str, tuple[Row, ...]] = {room: _read(name) for room, name in _FILES.items()}
ROWS: tuple[Row, ...] = tuple(row for rows in ROOMS.values() for row in rows)
