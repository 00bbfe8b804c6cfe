"""Lists on their way in: how far they are, what is wrong in them, what they would change, which partners are new."""

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.bridge.tables import TablePeek, peek_table
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import ContactImport, ContactImportRow, ContactPerson
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_columns import ListColumns, guess_list_columns
from alongside.apps.people.queries.marks import list_organisation_marks

MOST_UNKNOWN = 40
MOST_LIKE = 4


@dataclass(frozen=True)
class UnknownOrganisation:
    """An organisation that a list names and that is not here: how often, which ones here are named nearly so."""

    key: str
    name: str
    rows: int
    decided: str
    like: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class ListedChange:
    """One contact that a list would change: what stands there and what would."""

    row: int
    name: str
    changes: tuple[tuple[str, str, str], ...]  # label, was, will be


def list_imports(viewer: Viewer) -> "QuerySet[ContactImport]":
    """Return the lists that came in, newest first."""
    return ContactImport.objects.for_viewer(viewer)


def get_list(viewer: Viewer, import_id: UUID) -> ContactImport | None:
    """Return one list."""
    return ContactImport.objects.for_viewer(viewer).filter(id=import_id).first()


def get_list_columns(viewer: Viewer, found: ContactImport) -> tuple[TablePeek, ListColumns]:
    """Return the head of a list, and what its columns most likely mean or were chosen to mean."""
    peek = peek_table(found.stored_name, found.file_name)
    if found.columns:
        return peek, ListColumns.from_json(found.columns)
    before = ContactImport.objects.for_viewer(viewer).filter(kind=found.kind, header=found.header)
    chosen = before.exclude(columns={}).exclude(id=found.id).first()
    return peek, ListColumns.from_json(chosen.columns) if chosen else guess_list_columns(
        found.kind, peek.columns
    )


def list_wrong_rows(viewer: Viewer, import_id: UUID) -> "QuerySet[ContactImportRow]":
    """Return what is wrong in a list, by row, to be paged."""
    allowed = ContactImport.objects.for_viewer(viewer).filter(id=import_id)
    return ContactImportRow.objects.filter(
        of_import__in=allowed, verdict=ContactImportRow.Verdict.WRONG
    ).order_by("row", "id")


def list_listed_changes(viewer: Viewer, import_id: UUID, limit: int = 20) -> list[ListedChange]:
    """Return the first contacts that a list would change."""
    allowed = ContactImport.objects.for_viewer(viewer).filter(id=import_id)
    rows = list(
        ContactImportRow.objects.filter(
            of_import__in=allowed, verdict=ContactImportRow.Verdict.CHANGED
        ).order_by("row", "id")[:limit]
    )
    here = ContactPerson.objects.for_viewer(viewer).in_bulk([row.target_id for row in rows])
    found = []
    for row in rows:
        one = here.get(row.target_id) if row.target_id else None
        if one is not None:
            changes = tuple(
                (name, _write(getattr(one, name)), row.said.get(name, "")) for name in row.changes
            )
            found.append(ListedChange(row.row, one.name, changes))
    return found


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def list_unknown(viewer: Viewer, found: ContactImport) -> list[UnknownOrganisation]:
    """Return the organisations a read list would add, the most frequent first, and those it was told about."""
    rows = ContactImportRow.objects.filter(of_import=found, organisation_id=None).order_by("row")
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for said in (
        rows.exclude(verdict=ContactImportRow.Verdict.WRONG).values_list("said", flat=True).iterator(500)
    ):
        name = str(said.get("organisation", ""))
        counts[fold_name(name)] += 1
        names.setdefault(fold_name(name), name)
    if not counts:
        return []
    marks = {fold_name(one.name): (one.id, one.name) for one in list_organisation_marks(viewer)}
    folded = list(marks)
    return [
        UnknownOrganisation(
            key=key,
            name=names[key],
            rows=number,
            decided=str(found.decisions.get(key, "add")),
            like=tuple(marks[one] for one in get_close_matches(key, folded, n=MOST_LIKE, cutoff=0.6)),
        )
        for key, number in counts.most_common(MOST_UNKNOWN)
    ]
