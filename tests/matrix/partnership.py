"""What the world of the matrix holds of the partnership room: one line for each part of it."""

from typing import Any

from tests.factories.contacts import make_contact_things
from tests.factories.disclosures import make_disclosed
from tests.factories.funding import make_funding_of
from tests.factories.ledgers import make_payments
from tests.factories.relations import make_partner


def make_partnership(mark: str) -> dict[str, Any]:
    """Return the ids of a partner and of everything we keep about it; `mark` says whose it is."""
    partner = make_partner(mark)
    group = partner["organisation_id"]
    return {
        **partner,
        **make_contact_things(mark, group),
        **make_funding_of(mark, group),
        **make_payments(mark),
        **make_disclosed(group, 2025 if mark == "own" else 2024),
    }
