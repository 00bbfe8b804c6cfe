"""Published lines that are grants, as a 360Giving 1.4 package; what it cannot say is counted, not bent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from alongside.science.values.openness import (
    JOINT,
    GivingLeftOut,
    GivingOrganisation,
    GivingRow,
    GivingTerms,
)

VERSION = "1.4"


def _why_not(row: GivingRow, terms: GivingTerms) -> str:
    if row.list == JOINT:
        return "joint"
    if row.category not in terms.categories:
        return "services"
    return "unvalued" if row.amount_pence is None else ""


def split_grants(
    rows: Iterable[GivingRow], terms: GivingTerms
) -> tuple[tuple[GivingRow, ...], tuple[GivingLeftOut, ...]]:
    """Return the lines 360Giving can carry, and how many others there are for each reason."""
    grants, others = [], Counter[str]()
    for row in rows:
        why = _why_not(row, terms)
        if why:
            others[why] += 1
        else:
            grants.append(row)
    left_out = tuple(
        GivingLeftOut(others[why], words) for why, words in terms.left_out.items() if others[why]
    )
    return tuple(grants), left_out


def _name_organisation(one: GivingOrganisation, prefix: str) -> dict[str, object]:
    """Return an organisation; who has no official number gets one of ours, which starts with our prefix."""
    named: dict[str, object] = {"id": one.identifier or f"{prefix}-{one.id}", "name": one.name}
    return {**named, "url": one.website} if one.website else named


def _make_grant(
    row: GivingRow, publisher: GivingOrganisation, prefix: str, terms: GivingTerms
) -> dict[str, object]:
    kind = {"vocabulary": terms.vocabulary, "code": row.category, "title": row.category_words}
    return {
        "id": f"{prefix}-{row.year}-{row.number}",
        "title": row.title,
        "description": row.description,
        "currency": row.currency,
        "amountAwarded": (row.amount_pence or 0) / 100,
        "awardDate": row.awarded_on.isoformat(),
        "recipientOrganization": [_name_organisation(row.recipient, prefix)],
        "fundingOrganization": [_name_organisation(publisher, prefix)],
        "fundingType": [kind],
        "dateModified": row.changed_at,
    }


def make_package(
    rows: Sequence[GivingRow],
    *,
    publisher: GivingOrganisation,
    prefix: str,
    terms: GivingTerms,
    title: str,
    description: str,
    issued_on: date,
    licence: str,
) -> Iterator[tuple[str, object]]:
    """Yield the members of a package in order: `dict()` of it is the document.

    `prefix` is the publisher's 360Giving prefix, such as "360G-example". A package without a grant is not valid
    360Giving; ask whether there is one before you offer it.
    """
    yield "version", VERSION
    yield "title", title
    yield "description", description
    yield "issued", issued_on.isoformat()
    named = {"name": publisher.name, "identifier": publisher.identifier or f"{prefix}-{publisher.id}"}
    yield "publisher", {**named, "website": publisher.website} if publisher.website else named
    yield "license", licence
    yield "grants", [_make_grant(row, publisher, prefix, terms) for row in rows]
