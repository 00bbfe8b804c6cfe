"""What was paid and given in a year, as a disclosure counts it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.bridge.openness import as_fact, sum_people
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.services.people import sum_for_people
from alongside.apps.partnership.rules.disclosure_content import DisclosureRules
from alongside.apps.people.queries import list_organisations
from alongside.science.values.openness import PaidFact, PeopleSum

# Which identifier names an organisation best where it has several: registers of charities before companies.
OUR_CURRENCY = "GBP"
SCHEMES = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-MPR", "GB-NHS")


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation as a disclosure names it; `identifier` is list and number, or empty."""

    id: UUID
    name: str
    kind: str
    identifier: str
    country: str
    website: str


def list_paid_facts(year: int, *, without: Q | None = None) -> list[PaidFact]:
    """Return every payment made and everything given in a calendar year, by day, but those the caller can do without.

    Asked by operations and reads that checked who is asking.
    """
    paid = Payment.objects.filter(
        state=Payment.State.PAID, paid_on__range=(date(year, 1, 1), date(year, 12, 31))
    )
    if without is not None:
        paid = paid.exclude(id__in=paid.filter(without).values("id"))
    found = paid.select_related("organisation__merged_into", "agreement").order_by("paid_on", "id")
    return [as_fact(one) for one in found]


def name_organisations(ids: Iterable[UUID]) -> dict[UUID, NamedOrganisation]:
    """Return organisations by id, as they are called today."""
    organisation: Any = Payment._meta.get_field("organisation").related_model
    found = organisation._default_manager.filter(id__in=set(ids)).prefetch_related("identifiers")
    return {one.id: _as_named(one) for one in found}


def _as_named(one: Any) -> NamedOrganisation:
    identifiers = [(each.scheme, each.number) for each in one.identifiers.all()]
    order = {scheme: place for place, scheme in enumerate(SCHEMES)}
    identifiers.sort(key=lambda each: (order.get(each[0], len(order)), each))
    return NamedOrganisation(
        id=one.id,
        name=one.name,
        kind=one.kind,
        identifier="-".join(identifiers[0]) if identifiers else "",
        country=one.country,
        website=one.website,
    )


def get_own_organisation() -> NamedOrganisation:
    """Return the organisation that runs this installation; under its brand where nobody wrote it down."""
    own = list_organisations(SYSTEM, kind="own")
    name = str(settings.BRAND["organisation"] or settings.BRAND["name"])
    return _as_named(own[0]) if own else NamedOrganisation(UUID(int=0), name, "own", "", "", "")


def list_people_sums(year: int, facts: Iterable[PaidFact], rules: DisclosureRules) -> tuple[PeopleSum, ...]:
    """Return fees and expenses of people who spoke for themselves, by broad group and currency, exactly.

    Paid work knows who stands in which group, in our own currency. What was paid in another counts in the first
    group, so that nothing is lost.
    """
    ours = [
        PeopleSum(
            line.group, line.individuals, line.fees_pence, line.expenses_pence, "; ".join(line.services)
        )
        for line in sum_for_people(year)
        if line.individuals
    ]
    abroad = sum_people((one for one in facts if one.currency != OUR_CURRENCY), {}, rules.groups[0])
    return (*ours, *abroad)
