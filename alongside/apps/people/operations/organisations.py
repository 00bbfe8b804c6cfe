"""Partners: patient groups, NHS bodies, charities, companies: added, changed, checked again."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.models import Organisation, OrganisationIdentifier, OrganisationIncome

MOST_IDENTIFIERS = 20


@dataclass(frozen=True)
class OrganisationDetails:
    """What an organisation is, as somebody types it."""

    name: str
    kind: str
    purpose: str = ""
    conditions: str = ""
    reach: str = ""
    membership: int | None = None
    nation: str = ""
    website: str = ""
    independence_policy_url: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class IncomeTerms:
    """An organisation's whole income in the year that ends on a day, in pence, and where it was read."""

    year_ends_on: date
    amount_pence: int
    source: str
    currency: str = "GBP"


@transaction.atomic
def add_organisation(
    *,
    name: str,
    kind: str,
    by: Viewer,
    at: datetime,
    purpose: str = "",
    reach: str = "",
    nation: str = "",
    website: str = "",
) -> Organisation:
    """Add an organisation under its full name."""
    check_may(by, "manage_partners")
    _check_name_and_kind(name, kind)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name.strip(),
                kind=kind,
                purpose=purpose,
                reach=reach,
                nation=nation,
                website=website,
                created_at=at,
            )
    except IntegrityError as clash:
        raise Refused(f"“{name.strip()}” is already here.", field="name") from clash
    record_audit(by=by, at=at, operation="add_organisation", on=organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation_id: UUID, details: OrganisationDetails, by: Viewer, at: datetime
) -> None:
    """Change what we say an organisation is."""
    organisation = _lock(by, organisation_id)
    _check_name_and_kind(details.name, details.kind)
    check(
        details.kind != Organisation.Kind.OWN,
        "Only this installation’s own organisation is “own”.",
        field="kind",
    )
    details = replace(details, name=details.name.strip())
    names = [one.name for one in fields(details)]
    changed = [name for name in names if getattr(organisation, name) != getattr(details, name)]
    for name in changed:
        setattr(organisation, name, getattr(details, name))
    try:
        with transaction.atomic():
            organisation.save(update_fields=changed)
    except IntegrityError as clash:
        raise Refused(f"“{details.name}” is already here.", field="name") from clash
    record_audit(by=by, at=at, operation="change_organisation", on=organisation, detail={"changed": changed})


@transaction.atomic
def set_identifiers(
    *, organisation_id: UUID, identifiers: Sequence[tuple[str, str]], by: Viewer, at: datetime
) -> None:
    """Make these an organisation's numbers on official lists: pairs of the list's code and the number there.

    A number that does not fit its list is kept: `queries.list_identifier_warnings` says what looks wrong.
    """
    organisation = _lock(by, organisation_id)
    wanted = {(scheme.strip().upper(), "".join(number.split())) for scheme, number in identifiers}
    check(
        len(wanted) <= MOST_IDENTIFIERS,
        f"Keep at most {MOST_IDENTIFIERS} numbers for one organisation.",
        field="identifiers",
    )
    for scheme, number in wanted:
        check(bool(scheme) and len(scheme) <= 20, "Choose the list the number stands on.", field="scheme")
        check(bool(number), f"Write the number on {scheme}, or leave the list out.", field="number")
        check(len(number) <= 60, "A number has at most 60 characters.", field="number")
    there = {(one.scheme, one.number): one for one in organisation.identifiers.all()}
    gone, new = there.keys() - wanted, wanted - there.keys()
    OrganisationIdentifier.objects.filter(id__in=[there[pair].id for pair in gone]).delete()
    OrganisationIdentifier.objects.bulk_create(
        [
            OrganisationIdentifier(organisation=organisation, scheme=scheme, number=number, added_at=at)
            for scheme, number in sorted(new)
        ]
    )
    detail: dict[str, object] = {"added": len(new), "removed": len(gone)}
    record_audit(by=by, at=at, operation="set_identifiers", on=organisation, detail=detail)


@transaction.atomic
def set_income(*, organisation_id: UUID, income: IncomeTerms, by: Viewer, at: datetime) -> None:
    """Keep an organisation's whole income in one year; a second figure for that year takes the first one's place."""
    organisation = _lock(by, organisation_id)
    check(income.amount_pence >= 0, "An income is not below nothing.", field="amount")
    check(bool(income.source.strip()), "Write where this figure was read.", field="source")
    check(income.year_ends_on <= at.date(), "Enter a year that has ended.", field="year_ends_on")
    kept, is_new = OrganisationIncome.objects.update_or_create(
        organisation=organisation,
        year_ends_on=income.year_ends_on,
        defaults={
            "amount_pence": income.amount_pence,
            "currency": income.currency,
            "source": income.source.strip(),
            "added_at": at,
        },
    )
    record_audit(by=by, at=at, operation="set_income", on=kept, detail={"is_new": is_new})


@transaction.atomic
def remove_income(*, organisation_id: UUID, year_ends_on: date, by: Viewer, at: datetime) -> None:
    """Take a wrong figure away."""
    organisation = _lock(by, organisation_id)
    gone, _each = organisation.incomes.filter(year_ends_on=year_ends_on).delete()
    check(bool(gone), "There is no income for that year.", field="year_ends_on")
    record_audit(by=by, at=at, operation="remove_income", on=organisation)


@transaction.atomic
def assure_organisation(*, organisation_id: UUID, by: Viewer, at: datetime) -> None:
    """Write down that somebody checked today that all we hold about an organisation is right."""
    organisation = _lock(by, organisation_id)
    organisation.assured_on = at.date()
    organisation.save(update_fields=["assured_on"])
    record_audit(by=by, at=at, operation="assure_organisation", on=organisation)


def _lock(by: Viewer, organisation_id: UUID) -> Organisation:
    check_may(by, "manage_partners")
    partners = Organisation.objects.filter(merged_into=None).exclude(kind=Organisation.Kind.OWN)
    organisation = partners.select_for_update().filter(id=organisation_id).first()
    if organisation is None:
        raise Refused("There is no such organisation here.")
    return organisation


def _check_name_and_kind(name: str, kind: str) -> None:
    check(bool(name.strip()), "Enter the organisation's name.", field="name")
    kinds = dict(Organisation.Kind.choices)
    check(
        kind in kinds,
        f"“{kind}” is not a kind of organisation. Use one of: {', '.join(kinds)}.",
        field="kind",
    )
