"""Corrections inside: one to decide on, and payments a published year left behind."""

from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.partnership.bridge.openness import route_year
from alongside.apps.partnership.models import Disclosure, DisclosureCorrection, DisclosureRow
from alongside.apps.partnership.queries.disclosures.paid import list_paid_facts, name_organisations
from alongside.apps.partnership.rules.disclosure_content import get_rules


def get_correction(viewer: Viewer, correction_id: UUID) -> DisclosureCorrection | None:
    """Return one correction to the team, whatever became of it."""
    if not viewer.may("see_disclosures"):
        return None
    found = DisclosureCorrection.objects.filter(id=correction_id)
    return found.select_related("disclosure", "corrects").prefetch_related("rows").first()


def list_missing(disclosure: Disclosure) -> list[tuple[UUID, str]]:
    """Return the payments of a year that stand in none of its rows though a list is theirs, in words."""
    rules = get_rules(disclosure.rules)
    if disclosure.state not in Disclosure.PUBLIC or rules.routing.row_per != "payment":
        return []
    held = set(
        DisclosureRow.objects.filter(disclosure=disclosure)
        .exclude(correction__refused_because__gt="")
        .values_list("source_key", flat=True)
    )
    rows = route_year(list_paid_facts(disclosure.year), rules.routing).rows
    missing = [row for row in rows if row.source_key not in held]
    named = name_organisations({row.organisation_id for row in missing})
    return [
        (
            UUID(row.source_key),
            f"{named[row.organisation_id].name}, {row.paid_on:%-d %B %Y}, "
            f"{write_money(row.amount_pence, row.currency)}: {row.description[:60]}",
        )
        for row in missing
    ]
