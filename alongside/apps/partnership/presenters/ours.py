"""Where a partner goes for each kind of record it shares with us."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from alongside.apps.base.presenters.frame import find_url
from alongside.apps.partnership.queries.contacts.ours import SharedKind

# Pages on which a partner does something with its records; the others are read as a plain list.
PAGES = {
    "notes": "ours:notes",
    "priorities": "ours:promises",
    "promises": "ours:promises",
    "agreements": "ours:agreements",
    "funding": "ours:funding",
    "other_funders": "ours:funders",
    "payments": "ours:payments",
    "events": "ours:events",
    "projects": "ours:projects",
    "disclosures": "ours:disclosures",
    "contacts": "ours:organisation",
    "changes": "ours:organisation",
}


@dataclass(frozen=True)
class Place:
    """One kind of shared record: what it is called, how many there are, where to go."""

    label: str
    number: int
    url: str


def list_places(kinds: Iterable[SharedKind]) -> list[Place]:
    """Return where a partner goes for each kind: to the page where it can do something, where there is one."""
    return [
        Place(
            kind.label,
            len(kind.table.rows),
            find_url(PAGES.get(kind.name, "")) or reverse("ours:kind", args=[kind.name]),
        )
        for kind in kinds
    ]
