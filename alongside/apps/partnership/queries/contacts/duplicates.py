"""Pairs that may be one, as proposed; merges as decided; what would happen if two became one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from alongside.apps.base.operations.moving import count_pointing
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import ContactPerson, DuplicateProposal, Merge, MergeKind
from alongside.apps.partnership.rules.merging import list_papers
from alongside.apps.people.queries import get_names
from alongside.apps.people.queries.marks import list_organisation_marks

ORGANISATION = "people.Organisation"


@dataclass(frozen=True)
class Side:
    """One of two that may be one: its name, and what tells it apart."""

    id: UUID
    name: str
    facts: tuple[str, ...] = ()
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one, as a machine proposed."""

    id: UUID
    kind: str
    why: str
    found_at: datetime
    first: Side
    second: Side


@dataclass(frozen=True)
class MergeLine:
    """A merge as somebody decided it."""

    id: UUID
    kind: str
    kept: str
    merged: str
    reason: str
    by: str
    at: datetime
    undone_by: str
    undone_at: datetime | None
    left_behind: int


def list_proposals(viewer: Viewer) -> "QuerySet[DuplicateProposal]":
    """Return what a machine proposed, to be paged."""
    if not viewer.may("keep_relations"):
        return DuplicateProposal.objects.none()
    return DuplicateProposal.objects.order_by("kind", "why", "first_id", "second_id")


def view_pairs(viewer: Viewer, proposals: Iterable[DuplicateProposal]) -> list[Pair]:
    """Return a page of proposals with both sides, in a fixed number of statements, but those with one side gone."""
    listed = list(proposals)
    sides = get_sides(viewer, [(one.kind, side) for one in listed for side in (one.first_id, one.second_id)])
    return [
        Pair(
            id=one.id,
            kind=one.kind,
            why=str(one.get_why_display()),
            found_at=one.found_at,
            first=sides[one.first_id],
            second=sides[one.second_id],
        )
        for one in listed
        if one.first_id in sides and one.second_id in sides
    ]


def get_sides(
    viewer: Viewer, wanted: Sequence[tuple[str, UUID]], *, with_merged: bool = False
) -> dict[UUID, Side]:
    """Return rows by id with what tells them apart: pairs of a kind and an id."""
    found: dict[UUID, Side] = {}
    organisations = [one for kind, one in wanted if kind == MergeKind.ORGANISATION]
    for marks in (
        list_organisation_marks(viewer, organisations, with_merged=with_merged) if organisations else []
    ):
        facts = tuple(f"{scheme} {number}" for scheme, number in marks.numbers)
        found[marks.id] = Side(marks.id, marks.name, facts)
    contacts = [one for kind, one in wanted if kind == MergeKind.CONTACT]
    if contacts and viewer.may("see_relations"):
        rows = ContactPerson.objects.all() if with_merged else ContactPerson.objects.for_viewer(viewer)
        for one in rows.filter(id__in=contacts).select_related("organisation"):
            facts = tuple(
                part for part in (one.organisation.name, one.role_words, one.email, one.phone) if part
            )
            found[one.id] = Side(one.id, one.name, facts, one.organisation_id)
    return found


def count_to_move(kind: str, row_id: UUID) -> list[tuple[str, int]]:
    """Return how many rows of each table a merge would move, in the words of the tables."""
    model = apps.get_model(ORGANISATION) if kind == MergeKind.ORGANISATION else ContactPerson
    return [
        (str(apps.get_model(label)._meta.verbose_name_plural), number)
        for label, number in sorted(count_pointing(model, row_id).items())
    ]


def list_papers_of(kind: str, row_id: UUID) -> list[str]:
    """Return what stands in an organisation's name and keeps it from being merged away; nothing for a contact."""
    if kind != MergeKind.ORGANISATION:
        return []
    return list_papers(count_pointing(apps.get_model(ORGANISATION), row_id))


def list_merges(viewer: Viewer) -> "QuerySet[Merge]":
    """Return what was merged, newest first, to be paged."""
    return Merge.objects.order_by("-at", "-id") if viewer.may("keep_relations") else Merge.objects.none()


def view_merges(viewer: Viewer, merges: Iterable[Merge]) -> list[MergeLine]:
    """Return a page of merges in words, in a fixed number of statements."""
    listed = list(merges)
    sides = get_sides(
        viewer,
        [(one.kind, side) for one in listed for side in (one.kept_id, one.merged_id)],
        with_merged=True,
    )
    people = {one for merge in listed for one in (merge.by_id, merge.undone_by_id) if one is not None}
    names = get_names(viewer, people)
    return [
        MergeLine(
            id=one.id,
            kind=str(one.get_kind_display()),
            kept=sides[one.kept_id].name if one.kept_id in sides else "",
            merged=sides[one.merged_id].name if one.merged_id in sides else "",
            reason=one.reason,
            by=names.get(one.by_id, "") if one.by_id else "",
            at=one.at,
            undone_by=names.get(one.undone_by_id, "") if one.undone_by_id else "",
            undone_at=one.undone_at,
            left_behind=one.left_behind,
        )
        for one in listed
    ]
