"""Published grants of other funders, their files, and what was wrong in them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import GivingFile, GivingProblem, PublishedGrant


@dataclass(frozen=True)
class GrantFilters:
    """What a list of published grants is narrowed to; empty means everything."""

    words: str = ""
    scope: str = ""  # ours: to partners of ours
    funder: str = ""
    year: str = ""
    partner: UUID | None = None


def list_grants(viewer: Viewer, filters: GrantFilters) -> "QuerySet[PublishedGrant]":
    """Return the published grants a viewer may see, narrowed, the latest first."""
    found = PublishedGrant.objects.for_viewer(viewer)
    if filters.words:
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(description__icontains=filters.words)
            | Q(recipient_name__icontains=filters.words)
            | Q(grant_id__istartswith=filters.words)
            | Q(recipient_identifier__istartswith=filters.words)
        )
    if filters.scope == "ours":
        found = found.filter(recipient__isnull=False)
    if filters.funder:
        found = found.filter(funder_name=filters.funder)
    if filters.partner is not None:
        found = found.filter(recipient_id=filters.partner)
    if filters.year.isascii() and filters.year.isdigit() and 1 <= int(filters.year) < 9999:
        year = int(filters.year)
        found = found.filter(awarded_on__gte=date(year, 1, 1), awarded_on__lt=date(year + 1, 1, 1))
    return found.select_related("recipient").order_by("-awarded_on", "-id")


def list_funders(viewer: Viewer, most: int = 200) -> list[str]:
    """Return the names of funders whose grants are here, to filter by."""
    found = PublishedGrant.objects.for_viewer(viewer).order_by("funder_name")
    return list(found.values_list("funder_name", flat=True).distinct()[:most])


def list_grant_years(viewer: Viewer) -> list[int]:
    """Return the years in which grants were awarded, the latest first."""
    visible = PublishedGrant.objects.for_viewer(viewer)
    first, last = (
        visible.order_by(order).values_list("awarded_on", flat=True).first()
        for order in ("awarded_on", "-awarded_on")
    )
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def get_grant(viewer: Viewer, published_id: UUID) -> PublishedGrant | None:
    """Return one published grant the viewer may see."""
    found = PublishedGrant.objects.for_viewer(viewer).filter(id=published_id)
    return found.select_related("recipient", "file").first()


def list_giving_files(viewer: Viewer) -> "QuerySet[GivingFile]":
    """Return the files of published grants, the latest first."""
    return GivingFile.objects.all() if viewer.may("see_relations") else GivingFile.objects.none()


def get_giving_file(viewer: Viewer, file_id: UUID) -> GivingFile | None:
    """Return one file of published grants."""
    return list_giving_files(viewer).filter(id=file_id).first()


def list_giving_problems(found: GivingFile) -> "QuerySet[GivingProblem]":
    """Return what is wrong in a file, by place."""
    return found.problems.order_by("row", "id")


def collect_giving(subject: Subject) -> list[HeldRecord]:
    """Return the files of published grants a person brought in."""
    files = GivingFile.objects.filter(uploaded_by_id__in=subject.person_ids).order_by("uploaded_at")
    return [
        HeldRecord(
            "partnership_giving_file", _("A file of published grants you brought in"), str(one.id),
            ((_("File"), one.file_name),), held_since=one.uploaded_at,
            why=_("We must be able to show who did what (accountability, Article 5(2))."),
        )
        for one in files
    ]  # fmt: skip
