"""The audit as it is read: acts, changed rows, one row's whole history, and how far it is sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.bridge.heads import KeptHead, read_heads
from alongside.apps.base.models import AuditChange, AuditHead, AuditLine
from alongside.apps.base.queries.values import OpenedValues, open_values
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.audited import AuditedTable, Column, find_audited_table, list_audited_tables

SHOWN_LETTERS = 400
Line = TypeVar("Line", AuditLine, AuditChange)


@dataclass(frozen=True)
class AuditFilter:
    """What somebody looks for: an act or a page, a person, a table and row, days (both counted), one work."""

    operation: str = ""
    kind: str = ""
    person_id: UUID | None = None
    table: str = ""
    row_id: str = ""
    since: date | None = None
    until: date | None = None
    work_id: UUID | None = None


@dataclass(frozen=True)
class SealStatus:
    """How far the audit is sealed, and the end of the chain that was last kept beside the database."""

    number: int
    seal: str
    sealed_at: datetime | None
    waiting: int
    kept: KeptHead | None


@dataclass(frozen=True)
class ValueChange:
    """One column of one change. `hidden` says why a value is not shown, where it is not."""

    name: str
    old: str
    new: str
    hidden: str = ""


@dataclass(frozen=True)
class RowChange:
    """One change of one row, as it is told: who, when, why, from what to what."""

    line: AuditChange
    values: tuple[ValueChange, ...] = ()


@dataclass(frozen=True)
class RowHistory:
    """Everything the audit knows of one row, the latest change last."""

    table: str
    label: str
    row_id: str
    changes: tuple[RowChange, ...] = field(default_factory=tuple)
    has_hidden: bool = False


def list_audit_lines(viewer: Viewer, wanted: AuditFilter | None = None) -> QuerySet[AuditLine]:
    """Return the acts newest first, for those who may see them."""
    if not viewer.may("see_audit"):
        return AuditLine.objects.none()
    wanted = wanted or AuditFilter()
    found = _in_period(AuditLine.objects.all(), wanted)
    if wanted.operation:
        found = found.filter(operation__icontains=wanted.operation.strip().replace(" ", "_"))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.person_id:
        found = found.filter(by_person_id=wanted.person_id)
    return found


def list_row_changes(viewer: Viewer, wanted: AuditFilter) -> QuerySet[AuditChange]:
    """Return the changed rows newest first, for those who may see them."""
    if not viewer.may("see_audit"):
        return AuditChange.objects.none()
    found = _in_period(AuditChange.objects.all(), wanted)
    if wanted.table:
        found = found.filter(table_name=wanted.table)
    if wanted.row_id:
        found = found.filter(row_id=as_row_id(wanted.row_id))
    if wanted.person_id:
        found = found.filter(person_id=wanted.person_id)
    if wanted.operation:
        found = found.filter(why__icontains=wanted.operation.strip())
    return found


def as_row_id(words: str) -> str:
    """Return a row's id as the audit writes it: a UUID without its dashes."""
    return words.strip().replace("-", "").lower()


def get_seal_status(viewer: Viewer) -> SealStatus | None:
    """Return how far the audit is sealed, for those who may see it."""
    if not viewer.may("see_audit"):
        return None
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    waiting = (
        AuditChange.objects.filter(seal_number=None).count()
        + AuditLine.objects.filter(seal_number=None).count()
    )
    return SealStatus(
        head.seal_number, head.seal, head.sealed_at, waiting, next(iter(read_heads()[-1:]), None)
    )


def list_table_labels() -> list[tuple[str, str]]:
    """Return every audited table with its words, in the order of the words."""
    names = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    labels = [(table.name, str(names[table.name]._meta.verbose_name)) for table in list_audited_tables()]
    return sorted(labels, key=lambda pair: pair[1])


def get_row_history(
    viewer: Viewer, table_name: str, row_id: str, *, opened: bool = False
) -> RowHistory | None:
    """Return a row's whole history. Values about persons stay shut unless `opened`, which the caller writes down."""
    table = find_audited_table(table_name)
    if table is None or not viewer.may("see_audit"):
        return None
    lines = list(AuditChange.objects.filter(table_name=table.name, row_id=as_row_id(row_id)).order_by("id"))
    if not lines:
        return None
    values = open_values([one.id for one in lines]) if opened else {}
    changes = tuple(
        RowChange(one, tuple(_tell(table, one, values.get(one.id), opened=opened))) for one in lines
    )
    return RowHistory(
        table=table.name,
        label=dict(list_table_labels())[table.name],
        row_id=lines[0].row_id,
        changes=changes,
        has_hidden=any(value.hidden for change in changes for value in change.values),
    )


def _in_period(found: QuerySet[Line], wanted: AuditFilter) -> QuerySet[Line]:
    if wanted.since:
        found = found.filter(at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__date__lte=wanted.until)
    if wanted.work_id:
        found = found.filter(work_id=wanted.work_id)
    return found


def _tell(
    table: AuditedTable, one: AuditChange, values: OpenedValues | None, *, opened: bool
) -> Sequence[ValueChange]:
    old, new = one.old or {}, one.new or {}
    told = [column for column in table.columns if old.get(column.name, "") or new.get(column.name, "") != ""]
    return [
        _tell_column(table, one, column, values, opened=opened) for column in told if column.name != table.key
    ]


def _tell_column(
    table: AuditedTable, one: AuditChange, column: Column, values: OpenedValues | None, *, opened: bool
) -> ValueChange:
    name = column.name.replace("_", " ").strip()
    old, new = one.old or {}, one.new or {}
    if column.name in table.masked:
        return ValueChange(name, "", "", _("secret: only its digest is kept"))
    if column.name in table.personal:
        if not opened:
            return ValueChange(name, "", "", _("about a person: locked"))
        if one.seal_number is not None:
            if values is None or not values.is_open:
                return ValueChange(name, "", "", _("erased: only its digest is kept"))
            old, new = values.old, values.new
    return ValueChange(name, _show(old, column), _show(new, column))


def _show(values: Mapping[str, Any], column: Column) -> str:
    value = values.get(column.name)
    if value is None:
        return ""
    if column.is_boolean:
        return _("yes") if value else _("no")
    words = str(value)
    return words if len(words) <= SHOWN_LETTERS else words[:SHOWN_LETTERS] + " …"
