"""What was paid and how it is disclosed, as values: a payment as it counts, a line of a list, sums for people.

Amounts are whole pence; None stands for something in kind that has no value, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

ORGANISATIONS, JOINT = "organisations", "joint"
THEMSELVES = "themselves"


@dataclass(frozen=True, slots=True)
class PaidFact:
    """One payment made, or one thing given, in the year. Exactly one of organisation and person is there."""

    id: UUID
    agreement_id: UUID
    agreement_reference: str
    agreement_title: str
    agreed_on: date | None
    organisation_id: UUID | None
    organisation_kind: str
    person_id: UUID | None
    capacity: str
    category: str
    description: str
    is_in_kind: bool
    amount_pence: int | None
    currency: str
    vat: str
    is_event_related: bool
    affiliate: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class RoutingTerms:
    """Which list a kind of organisation stands in, what a payment is called there, why others are left out.

    `categories` maps a list to what each category of payment is called in it. `row_per` is payment or agreement.
    """

    lists: Mapping[str, str]
    categories: Mapping[str, Mapping[str, str]]
    left_out: Mapping[str, str]
    row_per: str


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One line of a list of organisations. `source_key` says what it was computed from and is unique in a year."""

    list: str
    source_key: str
    organisation_id: UUID
    category: str
    description: str
    is_event_related: bool
    is_in_kind: bool
    amount_pence: int | None
    currency: str
    vat: str
    affiliate: str
    agreement_id: UUID
    agreement_reference: str
    agreement_title: str
    agreed_on: date | None
    paid_on: date
    payment_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A payment of the year that is in no list, and why."""

    id: UUID
    because: str


@dataclass(frozen=True, slots=True)
class RoutedYear:
    """Every payment of a year, each in exactly one place."""

    rows: tuple[ListedRow, ...]
    people: tuple[PaidFact, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class ListTotal:
    """The sum of one category of one list in one currency; `unvalued` counts what has no amount."""

    list: str
    category: str
    currency: str
    rows: int
    organisations: int
    amount_pence: int
    unvalued: int


@dataclass(frozen=True, slots=True)
class PeopleSum:
    """Fees and expenses of one broad group of people, exactly."""

    group: str
    individuals: int
    fees_pence: int
    expenses_pence: int
    services: str
    currency: str = "GBP"


@dataclass(frozen=True, slots=True)
class ShownPeople:
    """The same as it may be shown: money is None where the group is too small for it."""

    group: str
    individuals: str
    fees_pence: int | None
    expenses_pence: int | None
    services: str
    currency: str = "GBP"


@dataclass(frozen=True, slots=True)
class ShownYearOfPeople:
    """Every group as it may be shown, and how many people there were in all."""

    groups: tuple[ShownPeople, ...]
    individuals: str


@dataclass(frozen=True, slots=True)
class GivingOrganisation:
    """An organisation as 360Giving names it; `identifier` is a list and a number, empty where none is known."""

    id: UUID
    name: str
    identifier: str
    website: str = ""


@dataclass(frozen=True, slots=True)
class GivingRow:
    """A published line that may be a grant."""

    year: int
    number: str
    list: str
    category: str
    category_words: str
    title: str
    description: str
    amount_pence: int | None
    currency: str
    awarded_on: date
    recipient: GivingOrganisation
    changed_at: str


@dataclass(frozen=True, slots=True)
class GivingTerms:
    """Which categories are grants, and what is said about the others."""

    categories: tuple[str, ...]
    vocabulary: str
    left_out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GivingLeftOut:
    """How many published lines are not in the 360Giving file, and why."""

    rows: int
    because: str
