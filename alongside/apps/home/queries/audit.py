"""The audit with names: who did what, which rows changed, and one row's whole history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from alongside.apps.base.queries import (
    AuditFilter,
    RowHistory,
    get_row_history,
    list_audit_lines,
    list_row_changes,
    list_table_labels,
)
from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.people.queries import get_names, list_people_with_permission

AUDIT_LINES = 50


@dataclass(frozen=True)
class ActRow:
    """One act in words."""

    at: datetime
    who: str
    operation: str
    is_look: bool
    object_type: str
    object_id: UUID | None
    reason: str
    rows: str
    work_id: UUID | None
    number: int | None


@dataclass(frozen=True)
class ChangeRow:
    """One changed row in words; `columns` are names, never values."""

    at: datetime
    who: str
    kind: str
    label: str
    table: str
    row_id: str
    columns: str
    why: str
    work_id: UUID | None
    number: int | None


@dataclass(frozen=True)
class HistoryRow:
    """One change of one row, with who made it."""

    at: datetime
    who: str
    kind: str
    why: str
    reasons: tuple[str, ...]
    number: int | None
    values: Sequence[Any]


def list_acts(viewer: Viewer, wanted: AuditFilter, *, page: str = "1") -> Page[ActRow]:
    """Return a page of acts, newest first, for those who may see them."""
    check_may(viewer, "see_audit")
    found: Page[Any] = Paginator(list_audit_lines(viewer, wanted), AUDIT_LINES).get_page(page)
    found.object_list = make_act_rows(viewer, found.object_list)
    return found


def list_changes(viewer: Viewer, wanted: AuditFilter, *, page: str = "1") -> Page[ChangeRow]:
    """Return a page of changed rows, newest first, for those who may see them."""
    check_may(viewer, "see_audit")
    found: Page[Any] = Paginator(list_row_changes(viewer, wanted), AUDIT_LINES).get_page(page)
    found.object_list = make_change_rows(viewer, found.object_list)
    return found


def make_act_rows(viewer: Viewer, lines: Iterable[Any]) -> list[ActRow]:
    """Return acts with names."""
    here = list(lines)
    names = get_names(viewer, {line.by_person_id for line in here if line.by_person_id})
    return [
        ActRow(
            at=line.at,
            who=_name(names, line.by_person_id),
            operation=line.operation.replace("_", " "),
            is_look=line.kind == "read",
            object_type=_name_type(line.object_type),
            object_id=line.object_id,
            reason=line.reason,
            rows=str(line.detail.get("rows", "")),
            work_id=line.work_id,
            number=line.seal_number,
        )
        for line in here
    ]


def make_change_rows(viewer: Viewer, changes: Iterable[Any]) -> list[ChangeRow]:
    """Return changed rows with names."""
    here = list(changes)
    names = get_names(viewer, {one.person_id for one in here if one.person_id})
    labels = dict(list_table_labels())
    return [
        ChangeRow(
            at=one.at,
            who=_name(names, one.person_id, one.why),
            kind=one.get_kind_display(),
            label=labels.get(one.table_name, one.table_name),
            table=one.table_name,
            row_id=one.row_id,
            columns=_tell_columns(one),
            why=one.why,
            work_id=one.work_id,
            number=one.seal_number,
        )
        for one in here
    ]


def get_history(
    viewer: Viewer, table: str, row_id: str, *, opened: bool = False
) -> tuple[RowHistory, list[HistoryRow]] | None:
    """Return one row's history with names and with the reasons given in the same work; None where there is none."""
    check_may(viewer, "see_audit")
    found = get_row_history(viewer, table, row_id, opened=opened)
    if found is None:
        return None
    lines = [change.line for change in found.changes]
    names = get_names(viewer, {line.person_id for line in lines if line.person_id})
    return found, [
        HistoryRow(
            at=change.line.at,
            who=_name(names, change.line.person_id, change.line.why),
            kind=change.line.get_kind_display(),
            why=change.line.why,
            reasons=_list_reasons(viewer, change.line.work_id),
            number=change.line.seal_number,
            values=change.values,
        )
        for change in found.changes
    ]


def list_people_to_choose(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the colleagues whose lines can be asked for."""
    return list_people_with_permission(viewer, "raise_concerns")


def _list_reasons(viewer: Viewer, work_id: UUID | None) -> tuple[str, ...]:
    """Return what was done, and the reason given, in the work a change belongs to; at most five."""
    if work_id is None:
        return ()
    acts = list_audit_lines(viewer, AuditFilter(work_id=work_id)).order_by("at", "id")[:5]
    told = [f"{act.operation.replace('_', ' ')}: {act.reason}" for act in acts if act.reason]
    return tuple(told)


def _tell_columns(one: Any) -> str:
    if not one.row_id:
        return _("%(rows)s rows") % {"rows": (one.new or {}).get("rows", 0)}
    names = sorted({**(one.old or {}), **(one.new or {})})
    return ", ".join(names) if one.kind == "update" else ""


def _name(names: dict[UUID, str], person_id: UUID | None, why: str = "") -> str:
    """Return who it was; commands and jobs of nobody are Alongside's own, pages of nobody the public's."""
    if person_id:
        return names.get(person_id, _("somebody who is gone"))
    if why.startswith("alongside "):
        return "Alongside"
    return _("somebody without an account") if ":" in why else _("Alongside or the public")


def _name_type(label: str) -> str:
    """Return the words for a kind of row, or its label where it is gone."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
