"""Reads about organisations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

import yaml
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation, OrganisationIdentifier
from alongside.apps.people.rules.identifiers import IdentifierScheme, find_misfit

SEES_NAMES = ("see_partners", "see_relations", "manage_partners")


@dataclass(frozen=True)
class Identifier:
    """What an official list calls an organisation, the list's name, and why the number looks wrong, if it does."""

    scheme: str
    number: str
    list_name: str
    misfit: str = ""


@dataclass(frozen=True)
class Income:
    """An organisation's whole income in one of its years, in pence, and where the figure was read."""

    year_ends_on: date
    amount_pence: int
    currency: str
    source: str


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation whole, as its page shows it."""

    id: UUID
    name: str
    kind: str
    kind_words: str
    purpose: str
    conditions: str
    reach: str
    membership: int | None
    nation: str
    country: str
    website: str
    independence_policy_url: str
    assured_on: date | None
    is_public: bool
    ended_on: date | None
    identifiers: tuple[Identifier, ...]
    incomes: tuple[Income, ...]


def sees_names(viewer: Viewer) -> bool:
    """Return whether a viewer may know which organisations we work with."""
    return any(viewer.may(one) for one in SEES_NAMES)


def list_organisations(viewer: Viewer, *, words: str = "", kind: str = "") -> list[Organisation]:
    """Return the organisations, by name; one that was joined to another is left out."""
    if not sees_names(viewer):
        return []
    organisations = Organisation.objects.filter(name__icontains=words, merged_into=None)
    return list(organisations.filter(kind=kind) if kind else organisations)


def select_partners(
    viewer: Viewer, *, words: str = "", kind: str = "", nation: str = ""
) -> "QuerySet[Organisation]":
    """Return everybody but our own organisation as a viewer may see them, narrowed, by name, to be paged.

    Somebody of a partner organisation sees their own. Words are looked for in conditions and purpose too, where the
    viewer may see more than names.
    """
    partners = Organisation.objects.exclude(kind=Organisation.Kind.OWN).filter(merged_into=None)
    if not sees_names(viewer):
        own_id = viewer.partner_id if viewer.may("see_own_organisation") else None
        return partners.filter(id=own_id) if own_id else partners.none()
    if words:
        wanted = Q(name__icontains=words)
        if viewer.may("see_relations"):
            wanted |= Q(conditions__icontains=words) | Q(purpose__icontains=words)
        partners = partners.filter(wanted)
    if kind in Organisation.Kind.values:
        partners = partners.filter(kind=kind)
    return partners.filter(nation=nation) if nation else partners


def get_organisation(viewer: Viewer, organisation_id: UUID) -> OrganisationPage | None:
    """Return one partner whole, for those who may see more than names, and for its own people."""
    may_see = viewer.may("see_relations") or viewer.may("manage_partners") or viewer.partner_id is not None
    found = select_partners(viewer).filter(id=organisation_id).first() if may_see else None
    if found is None:
        return None
    incomes = found.incomes.all()
    return OrganisationPage(
        id=found.id,
        name=found.name,
        kind=found.kind,
        kind_words=str(Organisation.Kind(found.kind).label),
        purpose=found.purpose,
        conditions=found.conditions,
        reach=found.reach,
        membership=found.membership,
        nation=found.nation,
        country=found.country,
        website=found.website,
        independence_policy_url=found.independence_policy_url,
        assured_on=found.assured_on,
        is_public=found.is_public,
        ended_on=found.ended_on,
        identifiers=tuple(_as_identifier(one) for one in found.identifiers.all()),
        incomes=tuple(
            Income(one.year_ends_on, one.amount_pence, one.currency, one.source) for one in incomes
        ),
    )


def _as_identifier(one: OrganisationIdentifier) -> Identifier:
    schemes = list_identifier_schemes()
    scheme = schemes.get(one.scheme)
    misfit = find_misfit(schemes, one.scheme, one.number)
    return Identifier(one.scheme, one.number, scheme.name if scheme else one.scheme, misfit)


def list_nations(viewer: Viewer) -> list[str]:
    """Return the nations partners are in, to filter by."""
    found = select_partners(viewer).exclude(nation="").order_by("nation")
    return list(found.values_list("nation", flat=True).distinct())


def get_partner_names(viewer: Viewer, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of partners by id, as far as the viewer may know them."""
    found = select_partners(viewer).filter(id__in=organisation_ids)
    return dict(found.values_list("id", "name"))


def list_organisation_kinds() -> dict[str, str]:
    """Return the kinds of organisation with their words, to filter by."""
    return {value: str(label) for value, label in Organisation.Kind.choices}


@lru_cache
def list_identifier_schemes() -> dict[str, IdentifierScheme]:
    """Return the official lists we know, by code."""
    content = yaml.safe_load((files("alongside.content") / "identifiers" / "schemes.yaml").read_text("utf-8"))
    return {
        one["code"]: IdentifierScheme(
            one["code"], one["name"], one["pattern"], str(one["example"]), one["url"]
        )
        for one in content["schemes"]
    }


def list_identifier_warnings(organisation_id: UUID, identifiers: Sequence[tuple[str, str]]) -> list[str]:
    """Return what looks wrong about an organisation's numbers: ones that do not fit, ones another has too."""
    schemes = list_identifier_schemes()
    misfits = [words for code, number in identifiers if (words := find_misfit(schemes, code, number))]
    numbers = [number for _code, number in identifiers]
    others = OrganisationIdentifier.objects.filter(number__in=numbers, organisation__merged_into=None)
    taken = others.exclude(organisation_id=organisation_id).select_related("organisation")
    return misfits + [
        _("%(number)s stands at %(name)s too. If both are one organisation, join them.")
        % {"number": one.number, "name": one.organisation.name}
        for one in taken
        if (one.scheme, one.number) in set(identifiers)
    ]
