"""Grants other funders publish, as values: what each says, and what is wrong with those that cannot be used."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GrantProblem:
    """One thing that is wrong with one grant: where in the file, which field, what stood there, what would do.

    `row` counts grants (or the rows under a header) from 1. `field` is the path in the grant, such as
    "recipientOrganization/1/id".
    """

    row: int
    grant_id: str
    field: str
    value: str
    cure: str


@dataclass(frozen=True, slots=True)
class GrantParty:
    """An organisation in a grant, by the identifier of an official list or of the publisher."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PublishedGrantValue:
    """A grant as it was published; the amount is in pence or cents of its currency. A person's name is never kept."""

    row: int
    id: str
    title: str
    description: str
    currency: str
    amount_pence: int
    awarded_on: date
    funder: GrantParty
    recipient: GrantParty | None  # None where the grant went to a person
    programme: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CheckedGrant:
    """A grant of a file with what is wrong with it, or as a value where nothing is; `hints` are worth a look."""

    row: int
    problems: tuple[GrantProblem, ...]
    hints: tuple[str, ...]
    value: PublishedGrantValue | None
