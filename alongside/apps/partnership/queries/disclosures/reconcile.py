"""What is missing before a year can go out, what it comes to, and how that differs from the year before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.urls import NoReverseMatch, reverse

from alongside.apps.agreements.queries.lines import list_agreement_lines
from alongside.apps.agreements.queries.rule_sets import judge_all, list_editions_in_force
from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.bridge.openness import route_year
from alongside.apps.partnership.models import Disclosure, DisclosureRow, Payment
from alongside.apps.partnership.queries.disclosures.paid import list_paid_facts
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.rules.disclosures import Gap
from alongside.science.values.openness import LeftOut, ListTotal, RoutingTerms
from alongside.science.values.rules import Facts

FEWEST_LETTERS = 10
MOST_NAMED = 100


@dataclass(frozen=True)
class Difference:
    """One category of one list beside the year before; None where that year is not disclosed here."""

    total: ListTotal
    before_pence: int | None

    @property
    def change_pence(self) -> int | None:
        """Return by how much it differs."""
        return None if self.before_pence is None else self.total.amount_pence - self.before_pence


def find_url(name: str, *values: object) -> str:
    """Return an address, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=values)
    except NoReverseMatch:
        return ""


def list_gaps(disclosure: Disclosure) -> list[Gap]:
    """Return what stands in the way of a year, then what to look at; asked once a page, never by the public."""
    rows = list(DisclosureRow.objects.filter(disclosure=disclosure, correction=None).order_by("number"))
    found = [
        *_gaps_of_rows(disclosure, rows),
        *_unpaid(disclosure.year),
        *_without_identifier(rows),
        *_not_given(disclosure),
    ]
    return sorted(found, key=lambda gap: not gap.is_blocking)


def _gaps_of_rows(disclosure: Disclosure, rows: Iterable[DisclosureRow]) -> Iterable[Gap]:
    """Yield what the rules of the field in force at the end of the year say of rows; the first of each row."""
    editions = list_editions_in_force(date(disclosure.year, 12, 31))
    for row in rows:
        found = [
            one for one in judge_all("disclosure_row", _facts_of(row), editions) if one.outcome != "pass"
        ]
        found.sort(key=lambda one: not one.is_blocking)
        for one in found[:1]:
            yield Gap(
                one.rule,
                f"{row.organisation_name}, {row.paid_on:%-d %B %Y}",
                one.words,
                one.is_blocking,
                find_url("payments:payment", row.source_key),
            )


def _facts_of(row: DisclosureRow) -> Facts:
    """Return what the rules look at; words too short to say anything are as good as none."""
    said = row.description if len(row.description.strip()) >= FEWEST_LETTERS else ""
    return Facts.of(
        organisation_name=row.organisation_name,
        description=said,
        value_pence=row.amount_pence,
        non_monetary_description=said if row.amount_pence is None else "",
        category=row.category,
        is_in_kind=row.is_in_kind,
        currency=row.currency,
    )


def _unpaid(year: int) -> Iterable[Gap]:
    waiting = (
        Payment.State.ASKED, Payment.State.APPROVED_ONCE, Payment.State.APPROVED, Payment.State.QUERIED
    )  # fmt: skip
    unpaid = Payment.objects.filter(state__in=waiting, due_on__lte=date(year, 12, 31)).select_related(
        "organisation", "person"
    )
    for one in unpaid.order_by("due_on", "id")[:MOST_NAMED]:
        why = f"It was due on {one.due_on:%-d %B %Y} and is not paid; it is disclosed in the year it is paid in."
        named = one.organisation.name if one.organisation else "A person"
        yield Gap("unpaid", f"{named}, {one.reference}", why, False, find_url("payments:payment", one.id))


def _without_identifier(rows: Iterable[DisclosureRow]) -> Iterable[Gap]:
    without = {row.organisation_id: row.organisation_name for row in rows if not row.organisation_identifier}
    for organisation_id, name in without.items():
        why = "No official number is written down, so readers may not find it in other registers."
        yield Gap("identifier", name, why, False, find_url("relations:organisation", organisation_id))


def _not_given(disclosure: Disclosure) -> Iterable[Gap]:
    """Yield agreements that promise something in kind of which nothing was recorded as given."""
    given = set(
        Payment.objects.filter(is_in_kind=True, state=Payment.State.PAID).values_list(
            "agreement_id", flat=True
        )
    )
    first, last = date(disclosure.year, 1, 1), date(disclosure.year, 12, 31)
    for line in list_agreement_lines(SYSTEM, in_force_only=True):
        if line.in_kind_description and first <= line.ends_on <= last and line.id not in given:
            why = "The agreement says something is given in kind, and nothing is recorded as given."
            yield Gap(
                "not_given",
                f"{line.reference} {line.title}",
                why,
                False,
                find_url("agreements:agreement", line.id),
            )


def list_differences(disclosure: Disclosure) -> list[Difference]:
    """Return the sums of the rows as they stand, each beside that of the year before."""
    before = {
        (one.list, one.category, one.currency): one.amount_pence for one in _totals_of(disclosure.year - 1)
    }
    has_before = Disclosure.objects.filter(year=disclosure.year - 1).exists()
    return [
        Difference(one, before.get((one.list, one.category, one.currency), 0) if has_before else None)
        for one in _totals_of(disclosure.year)
    ]


def _totals_of(year: int) -> list[ListTotal]:
    """Return the sums of a year's rows by list, category and currency, summed in the database."""
    wrong = DisclosureRow.objects.filter(
        disclosure__year=year, corrected_by__published_at__isnull=False
    ).values("id")
    rows = DisclosureRow.objects.filter(disclosure__year=year).standing().exclude(id__in=wrong)
    sums = (
        rows.order_by("list", "category", "currency")
        .values_list("list", "category", "currency")
        .annotate(
            rows=Count("id"),
            organisations=Count("organisation_id", distinct=True),
            pence=Sum("amount_pence", default=0),
            unvalued=Count("id", filter=Q(amount_pence=None)),
        )
    )
    return [ListTotal(*one) for one in sums]


def list_left_out(disclosure: Disclosure) -> tuple[LeftOut, ...]:
    """Return the payments of the year that are in no list, each with its reason."""
    terms = get_rules(disclosure.rules).routing
    return route_year(list_paid_facts(disclosure.year, without=_surely_listed(terms)), terms).left_out


def _surely_listed(terms: RoutingTerms) -> Q:
    """Return which payments are certainly in a list: of tens of thousands only the others need be looked at."""
    listed = Q(pk__in=[])
    for kind, place in terms.lists.items():
        categories = [one for one, goes_to in terms.categories.get(place, {}).items() if place and goes_to]
        listed |= Q(organisation__kind=kind, organisation__merged_into=None, category__in=categories)
    return Q(organisation__isnull=False) & listed
