"""People in paid work: whom to ask, and the exact sums of a year by group, to be protected before anybody sees them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.paid_work import get_paying_terms
from alongside.apps.partnership.models import Payment, ServiceClaim
from alongside.apps.people.queries import list_people_with_permission

CLAIM = "service_claim"
MOST_DESCRIPTIONS = 12


@dataclass(frozen=True)
class PeopleLine:
    """One group of people in one year, exact: pence, and how many individuals. Not for publication as it stands.

    `services` are the titles of what they were asked for, without names.
    """

    group: str  # patients, public or journalists
    label: str
    individuals: int
    fees_pence: int
    expenses_pence: int
    services: tuple[str, ...]


def list_people_to_ask(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return who can be offered work: patient partners, and those who speak for a partner, by name."""
    if not viewer.may("offer_paid_work"):
        return []
    found = dict(list_people_with_permission(viewer, "take_paid_work"))
    found |= dict(list_people_with_permission(viewer, "speak_for_organisation"))
    return sorted(found.items(), key=lambda pair: pair[1])


def sum_for_people(year: int) -> tuple[PeopleLine, ...]:
    """Return for each group what individuals were paid in a calendar year: fees and expenses apart, exact.

    Counted are payments of the year to people who speak for themselves; what an organisation is paid, and what
    somebody asked us to give to a charity, stand elsewhere. Every group is there, also with nobody in it.
    """
    terms = get_paying_terms()
    paid = list(
        Payment.objects.filter(
            person__isnull=False, state=Payment.State.PAID, paid_on__year=year, currency="GBP"
        ).values_list("person_id", "category", "amount_pence", "source_kind", "source_id")
    )
    offers = _find_offers(source for _who, _what, _pence, kind, source in paid if kind == CLAIM)
    people: dict[str, set[UUID]] = defaultdict(set)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    services: dict[str, set[str]] = defaultdict(set)
    for person_id, category, pence, _kind, source_id in paid:
        standing, title = offers.get(source_id, ("unknown", ""))
        group = terms.groups[standing]
        people[group].add(person_id)
        sums[group, category] += pence or 0
        services[group] |= {title} - {""}
    return tuple(
        PeopleLine(
            group=group,
            label=label,
            individuals=len(people[group]),
            fees_pence=sums[group, Payment.Category.FEE],
            expenses_pence=sums[group, Payment.Category.EXPENSE],
            services=tuple(sorted(services[group])[:MOST_DESCRIPTIONS]),
        )
        for group, label in terms.group_words.items()
    )


def _find_offers(claim_ids: Iterable[UUID | None]) -> dict[UUID | None, tuple[str, str]]:
    """Return standing and the need's title for each claim; a need's title names nobody, an offer's might."""
    found = ServiceClaim.objects.filter(id__in=[one for one in claim_ids if one])
    rows = found.values_list("id", "offer__standing", "offer__need__title")
    return {claim_id: (standing, title) for claim_id, standing, title in rows}
