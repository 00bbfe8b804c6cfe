"""The rows of a disclosure: inside with filters, an organisation's own, the checksum of what it was shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.openness import digest_text, write_canonical
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCheck,
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
)


@dataclass(frozen=True)
class RowFilter:
    """What somebody looks for among rows; an empty word looks for everything. `answer` is what the partner said."""

    words: str = ""
    list: str = ""
    category: str = ""
    organisation: UUID | None = None
    unvalued: bool = False
    answer: str = ""


def filter_rows(rows: "QuerySet[DisclosureRow]", wanted: RowFilter) -> "QuerySet[DisclosureRow]":
    """Return the rows that fit, with the corrections that name them, in the order of the list."""
    if wanted.words:
        rows = rows.filter(
            Q(organisation_name__icontains=wanted.words)
            | Q(description__icontains=wanted.words)
            | Q(agreement_reference__iexact=wanted.words)
        )
    if wanted.list:
        rows = rows.filter(list=wanted.list)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.organisation is not None:
        rows = rows.filter(organisation_id=wanted.organisation)
    if wanted.unvalued:
        rows = rows.filter(amount_pence=None)
    return with_corrections(rows).order_by("number", "id")


def with_corrections(rows: "QuerySet[DisclosureRow]") -> "QuerySet[DisclosureRow]":
    """Return rows that carry the correction they stand in, and as `corrections` those that name them."""
    public = DisclosureCorrection.objects.filter(published_at__isnull=False).order_by("number")
    return rows.select_related("correction__corrects", "disclosure").prefetch_related(
        Prefetch("corrected_by", queryset=public, to_attr="corrections")
    )


def list_rows(viewer: Viewer, disclosure_id: UUID, wanted: RowFilter) -> "QuerySet[DisclosureRow]":
    """Return the rows of a year that this viewer may see and that fit."""
    found = filter_rows(
        DisclosureRow.objects.for_viewer(viewer).filter(disclosure_id=disclosure_id).standing(), wanted
    )
    if not wanted.answer:
        return found
    checks = DisclosureCheck.objects.for_viewer(viewer).filter(disclosure_id=disclosure_id, is_current=True)
    answer = "" if wanted.answer == "silent" else wanted.answer
    return found.filter(organisation_id__in=checks.filter(answer=answer).values("organisation_id"))


def get_row(viewer: Viewer, row_id: UUID) -> DisclosureRow | None:
    """Return one row of a year to the team."""
    if not viewer.may("see_disclosures"):
        return None
    found = DisclosureRow.objects.filter(id=row_id).standing()
    return with_corrections(found).first()


def list_people_lines(viewer: Viewer, disclosure: Disclosure) -> list[DisclosurePeople]:
    """Return the sums for people, exact numbers too; for the team only."""
    if not viewer.may("see_disclosures"):
        return []
    return list(DisclosurePeople.objects.filter(disclosure=disclosure).order_by("group", "currency"))


def digest_of_organisation(rows: Iterable[DisclosureRow]) -> str:
    """Return the checksum of what an organisation is shown: it changes when anything it would read changes."""
    said = [
        [
            row.list, row.category, row.description, row.is_event_related, row.is_in_kind, row.amount_pence,
            row.currency, row.vat, row.affiliate, row.agreement_reference, row.organisation_name,
            row.paid_on.isoformat(),
        ]
        for row in rows
    ]  # fmt: skip
    return digest_text(write_canonical({"rows": sorted(said, key=repr)}))


def group_by_organisation(rows: Iterable[DisclosureRow]) -> Mapping[UUID, Sequence[DisclosureRow]]:
    """Return rows by the organisation they are about."""
    found: dict[UUID, list[DisclosureRow]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return found
