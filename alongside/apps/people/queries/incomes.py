"""What an organisation is called and lives on, as other rooms need it: a line, and its income by year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.people.models import Organisation, OrganisationIncome


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation by name and kind."""

    id: UUID
    name: str
    kind: str
    independence_policy_url: str = ""


@dataclass(frozen=True)
class IncomeLine:
    """An organisation's whole income in its financial year that ends on a day, in pence, and where it was read."""

    organisation_id: UUID
    year_ends_on: date
    amount_pence: int
    currency: str
    source: str


def _may_see(viewer: Viewer, organisation_id: UUID) -> bool:
    sees_all = viewer.may("see_relations") or viewer.may("see_funding") or viewer.may("manage_partners")
    return sees_all or (viewer.partner_id == organisation_id and viewer.may("see_own_organisation"))


def get_organisation_line(viewer: Viewer, organisation_id: UUID) -> OrganisationLine:
    """Return one partner this viewer may see, by name and kind; Refused where there is none."""
    found = Organisation.objects.filter(id=organisation_id, merged_into=None).first()
    if found is None or not _may_see(viewer, organisation_id):
        raise Refused("That organisation is not there, or not yours to see.", field="organisation")
    return OrganisationLine(found.id, found.name, found.kind, found.independence_policy_url)


def _select_incomes(viewer: Viewer) -> "QuerySet[OrganisationIncome]":
    if _may_see(viewer, UUID(int=0)):
        return OrganisationIncome.objects.all()
    own_id = viewer.partner_id if viewer.may("see_own_organisation") else None
    return (
        OrganisationIncome.objects.filter(organisation_id=own_id)
        if own_id
        else OrganisationIncome.objects.none()
    )


def list_incomes(
    viewer: Viewer, organisation_ids: Collection[UUID] | None = None, *, ending_in: int | None = None
) -> list[IncomeLine]:
    """Return yearly incomes the viewer may see, newest year first, of these organisations or of all.

    `ending_in` keeps the financial years that end in this year.
    """
    found = _select_incomes(viewer).order_by("-year_ends_on")
    if organisation_ids is not None:
        found = found.filter(organisation_id__in=list(organisation_ids))
    if ending_in is not None:
        found = found.filter(year_ends_on__year=ending_in)
    return [
        IncomeLine(one.organisation_id, one.year_ends_on, one.amount_pence, one.currency, one.source)
        for one in found
    ]


def list_year_ends(viewer: Viewer, year: int) -> list[date]:
    """Return the days in a year on which financial years end whose income the viewer may see, earliest first."""
    found = _select_incomes(viewer).filter(year_ends_on__year=year)
    return list(found.order_by("year_ends_on").values_list("year_ends_on", flat=True).distinct())
