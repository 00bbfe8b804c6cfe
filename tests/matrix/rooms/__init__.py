"""Every address of Alongside with its row, by room. A new address is one line more in its room's file."""

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
    agreements,
    consent,
    engagement,
    front,
    insight,
    people,
    public,
    relations,
    rights,
    services,
    rights,
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
    "Without an account": public.ROWS,
}
ROWS: tuple[Row, ...] = tuple(row for rows in ROOMS.values() for row in rows)
