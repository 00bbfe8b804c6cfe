"""Rows as tables to take away: the columns the rules ask for, then what says whether an entry was corrected."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import Sum

from alongside.apps.partnership.bridge.openness import iterate_csv, write_xlsx
from alongside.apps.partnership.models import Disclosure, DisclosurePeople, DisclosureRow
from alongside.apps.partnership.queries.disclosures.paid import get_own_organisation
from alongside.apps.partnership.queries.disclosures.rows import with_corrections
from alongside.apps.partnership.queries.disclosures.years import get_note
from alongside.apps.partnership.rules.disclosure_content import DisclosureRules, get_rules

CORRECTION_COLUMNS = ("list", "entry_number", "entry", "correction_number", "correction_reason")
PEOPLE_COLUMNS = (
    "reporting_year", "group", "number_of_individuals_contracted", "total_fees", "total_expenses", "currency",
    "types_of_services_description", "methodology_note_id", "first_published_at", "retain_until",
)  # fmt: skip
AT_ONCE = 500


def write_pounds(pence: int | None) -> str:
    """Return an amount for a machine: "1234.50", empty where there is none."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


class _Cells:
    """What stands in each kind of column, for the rows of one year."""

    def __init__(self, disclosure: Disclosure, rules: DisclosureRules) -> None:
        note = get_note(disclosure)
        own = get_own_organisation().name
        services = _sum_services(disclosure)
        note_id = f"{disclosure.year}-{note.number if note else 1}"
        published = disclosure.published_at.date().isoformat() if disclosure.published_at else ""
        retain = disclosure.retain_until.isoformat() if disclosure.retain_until else ""
        self.make: Mapping[str, Callable[[DisclosureRow], str]] = {
            "year": lambda _row: str(disclosure.year),
            "company": lambda _row: own,
            "organisation_name": lambda row: row.organisation_name,
            "organisation_identifier": lambda row: row.organisation_identifier,
            "country": lambda row: row.country,
            "category": lambda row: rules.say_category(row.category),
            "is_event_related": lambda row: _yes(row.is_event_related),
            "description": lambda row: row.description,
            "money": lambda row: "" if row.is_in_kind else write_pounds(row.amount_pence),
            "currency": lambda row: row.currency,
            "vat": lambda row: row.vat,
            "is_in_kind": lambda row: _yes(row.is_in_kind),
            "in_kind_money": lambda row: write_pounds(row.amount_pence) if row.is_in_kind else "",
            "unvalued_description": lambda row: row.description if row.amount_pence is None else "",
            "services_total": lambda row: services.get((str(row.organisation_id), row.currency), ""),
            "affiliate": lambda row: row.affiliate,
            "agreement_reference": lambda row: row.agreement_reference,
            "paid_on": lambda row: row.paid_on.isoformat(),
            "note_id": lambda _row: note_id,
            "published_on": lambda _row: published,
            "retain_until": lambda _row: retain,
        }


def _sum_services(disclosure: Disclosure) -> dict[tuple[str, str], str]:
    rows = DisclosureRow.objects.filter(disclosure=disclosure, category="contracted_service").standing()
    wrong = DisclosureRow.objects.filter(
        disclosure=disclosure, corrected_by__published_at__isnull=False
    ).values("id")
    sums = rows.exclude(id__in=wrong).order_by().values_list("organisation_id", "currency")
    return {
        (str(organisation_id), currency): write_pounds(pence)
        for organisation_id, currency, pence in sums.annotate(pence=Sum("amount_pence"))
    }


def _say_entry(row: DisclosureRow) -> tuple[str, str, str]:
    """Return whether an entry stands, is corrected or is a correction, and with what number and reason."""
    for one in row.corrections:  # type: ignore[attr-defined]
        return ("withdrawn" if one.kind == "withdrawn" else "corrected", str(one.number), one.reason)
    if row.correction is not None:
        return "correction", str(row.correction.number or ""), row.correction.reason
    return "as published", "", ""


def stream_rows(disclosure_id: UUID, rows: "Iterable[DisclosureRow] | None" = None) -> Iterator[str]:
    """Yield the CSV of a year's organisations and joint working, every entry that stands or stood."""
    disclosure = Disclosure.objects.get(id=disclosure_id)
    columns, cells = make_table(disclosure, rows)
    return iterate_csv(columns, cells)


def make_table(
    disclosure: Disclosure, rows: "Iterable[DisclosureRow] | None" = None
) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Return the columns a year is published in and its rows, as text."""
    rules = get_rules(disclosure.rules)
    make = _Cells(disclosure, rules).make
    known = [column for column in rules.columns if column.of in make]
    every = DisclosureRow.objects.filter(disclosure=disclosure).standing()
    found = rows if rows is not None else with_corrections(every).order_by("number", "id").iterator(AT_ONCE)
    cells = (
        (*(make[column.of](row) for column in known), row.list, str(row.number), *_say_entry(row))
        for row in found
    )
    return (*(column.key for column in known), *CORRECTION_COLUMNS), cells


def stream_people(disclosure_id: UUID) -> Iterator[str]:
    """Yield the CSV of fees and expenses of people, as they may be shown."""
    disclosure = Disclosure.objects.get(id=disclosure_id)
    rules, note = get_rules(disclosure.rules), get_note(disclosure)
    lines = DisclosurePeople.objects.filter(disclosure=disclosure).order_by("group", "currency")
    published = disclosure.published_at.date().isoformat() if disclosure.published_at else ""
    retain = disclosure.retain_until.isoformat() if disclosure.retain_until else ""
    rows = [
        (
            str(disclosure.year),
            rules.group_words.get(one.group, one.group),
            one.shown_individuals,
            write_pounds(one.shown_fees_pence) or "not shown",
            write_pounds(one.shown_expenses_pence) or "not shown",
            one.currency,
            one.services,
            f"{disclosure.year}-{note.number if note else 1}",
            published,
            retain,
        )
        for one in lines
    ]
    return iterate_csv(PEOPLE_COLUMNS, rows)


def make_file(disclosure: Disclosure, rows: "Iterable[DisclosureRow]") -> bytes:
    """Return rows of a year as XLSX."""
    columns, cells = make_table(disclosure, rows)
    file = io.BytesIO()
    write_xlsx(file, columns, cells, sheet=str(disclosure.year))
    return file.getvalue()
