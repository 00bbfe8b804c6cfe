"""Every address of Alongside with its row, by room. A new address is one line more in its room's file."""

from tests.matrix.language import Row
from tests.matrix.rooms import (
    actions,
    agreements,
    consent,
    contacts,
    disclosures,
    engagement,
    front,
    funding,
    insight,
    ours,
    payments,
    people,
    public,
    relations,
    rights,
    services,
)

ROOMS: dict[str, tuple[Row, ...]] = {
    "The front": front.ROWS,
    "People": people.ROWS,
    "Listening": engagement.ROWS,
    "Consents and needs": consent.ROWS,
    "People's rights, and concerns": rights.ROWS,
    "Understanding": insight.ROWS,
    "Acting": actions.ROWS,
    "Paid work": services.ROWS,
    "Partners": relations.ROWS,
    "Contacts at partners": contacts.ROWS,
    "A partner's own side": ours.ROWS,
    "Agreeing": agreements.ROWS,
    "Funding": funding.ROWS,
    "Payments": payments.ROWS,
    "Openness": disclosures.ROWS,
    "Without an account": public.ROWS,
from importlib import import_module
from tests.matrix.language import Row
from tests.matrix.rooms import (
    actions,
    agreements,
    consent,
    contacts,
    engagement,
    front,
    funding,
    insight,
    ours,
    payments,
    people,
    public,
    relations,
    rights,
    services,
)

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
    "Paid work": "services",
    "Events": "events",
    "Joint projects": "projects",
    "A partner's own side": "ours",
    "Without an account": "public",
}


def _read(name: str) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = import_module(f"tests.matrix.rooms.{name}").ROWS
    return rows


ROOMS: dict[str, tuple[Row, ...]] = {room: _read(name) for room, name in _FILES.items()}
ROWS: tuple[Row, ...] = tuple(row for rows in ROOMS.values() for row in rows)
