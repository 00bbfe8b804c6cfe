"""The audit: who did what, which rows changed, one row's whole history, and how far it is sealed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_read
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.queries import (
    AuditFilter,
    get_seal_status,
    list_audit_lines,
    list_row_changes,
    list_table_labels,
)
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.home.bridge import stream_csv
from alongside.apps.home.forms import OpenValuesForm
from alongside.apps.home.queries import (
    get_history,
    list_acts,
    list_changes,
    list_people_to_choose,
    make_act_rows,
    make_change_rows,
)

ACT_COLUMNS = ("when", "who", "done", "looked at", "kind of thing", "id", "reason", "rows", "work", "line")
CHANGE_COLUMNS = ("when", "who", "what happened", "table", "row", "columns", "page or job", "work", "line")
STEP = 500


def audit(request: ViewerRequest) -> HttpResponse:
    """List who did what, with how far the audit is sealed."""
    wanted = _read_filter(request)
    context = {
        "page": list_acts(request.viewer, wanted, page=request.GET.get("page", "1")),
        "status": get_seal_status(request.viewer),
        **_draw_filters(request),
    }
    return render(request, "home/audit.html", context)


def audit_changes(request: ViewerRequest) -> HttpResponse:
    """List which rows changed."""
    wanted = _read_filter(request)
    context = {
        "page": list_changes(request.viewer, wanted, page=request.GET.get("page", "1")),
        **_draw_filters(request),
    }
    return render(request, "home/audit_changes.html", context)


def audit_row(request: ViewerRequest, table: str, row_id: str) -> HttpResponse:
    """Show one row's whole history; values about persons open for those who may, with a reason that is kept."""
    viewer, opened = request.viewer, False
    form = OpenValuesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_may(viewer, "see_originals")
        if form.is_valid():
            record_read(
                by=viewer,
                at=timezone.now(),
                what="open_audit_values",
                object_type=table[:40],
                object_id=_read_id(row_id),
                reason=form.cleaned_data["reason"],
            )
            opened = True
    found = get_history(viewer, table, row_id, opened=opened)
    if found is None:
        raise Http404
    history, rows = found
    context = {
        "history": history,
        "rows": rows,
        "form": form,
        "opened": opened,
        "may_open": viewer.may("see_originals") and history.has_hidden and not opened,
    }
    return render(request, "home/audit_row.html", context)


def audit_export(request: ViewerRequest, list_name: str) -> StreamingHttpResponse:
    """Give the list as it is filtered to a spreadsheet: names of columns, never values."""
    check_may(request.viewer, "see_audit")
    if list_name not in ("acts", "rows"):
        raise Http404
    wanted, are_acts = _read_filter(request), list_name == "acts"
    found: Any = (list_audit_lines if are_acts else list_row_changes)(request.viewer, wanted)
    record_read(by=request.viewer, at=timezone.now(), what="export_audit", rows=found.count())
    lines = found.iterator(chunk_size=STEP)
    rows = _tell_acts(request, lines) if are_acts else _tell_changes(request, lines)
    columns = ACT_COLUMNS if are_acts else CHANGE_COLUMNS
    answer = StreamingHttpResponse(stream_csv(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{list_name}.csv"'
    return answer


def _tell_acts(request: ViewerRequest, lines: Iterable[Any]) -> Iterator[list[str]]:
    for part in _in_steps(lines):
        for row in make_act_rows(request.viewer, part):
            yield [
                row.at.isoformat(), row.who, row.operation, "yes" if row.is_look else "no", row.object_type,
                str(row.object_id or ""), row.reason, row.rows, str(row.work_id or ""), str(row.number or ""),
            ]  # fmt: skip


def _tell_changes(request: ViewerRequest, lines: Iterable[Any]) -> Iterator[list[str]]:
    for part in _in_steps(lines):
        for row in make_change_rows(request.viewer, part):
            yield [
                row.at.isoformat(), row.who, row.kind, row.table, row.row_id, row.columns, row.why,
                str(row.work_id or ""), str(row.number or ""),
            ]  # fmt: skip


def _in_steps(lines: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for line in lines:
        part.append(line)
        if len(part) == STEP:
            yield part
            part = []
    if part:
        yield part


def _read_filter(request: ViewerRequest) -> AuditFilter:
    asked = request.GET
    return AuditFilter(
        operation=asked.get("q", "")[:80],
        kind=asked.get("kind", "") if asked.get("kind") in ("read", "write") else "",
        person_id=_read_id(asked.get("person", "")),
        table=asked.get("table", "")[:63],
        row_id=asked.get("row", "")[:64],
        since=_read_day(asked.get("since", "")),
        until=_read_day(asked.get("until", "")),
        work_id=_read_id(asked.get("work", "")),
    )


def _read_id(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _read_day(words: str) -> date | None:
    try:
        return parse_date(words)
    except ValueError:
        return None


def _draw_filters(request: ViewerRequest) -> dict[str, object]:
    """Return what the filter panel and its chips show."""
    people = [(str(person_id), name) for person_id, name in list_people_to_choose(request.viewer)]
    tables = list_table_labels()
    kinds = [("write", _("changed something")), ("read", _("looked at something sensitive"))]
    labels = {
        "q": (_("Done"), {}),
        "kind": (_("Showing"), dict(kinds)),
        "person": (_("Person"), dict(people)),
        "table": (_("Table"), dict(tables)),
        "row": (_("Row"), {}),
        "since": (_("From"), {}),
        "until": (_("To"), {}),
        "work": (_("One piece of work"), {}),
    }
    return {
        "asked": request.GET,
        "people": _make_items(people, request.GET.get("person", ""), _("Everybody")),
        "tables": _make_items(tables, request.GET.get("table", ""), _("Every table")),
        "kinds": _make_items(kinds, request.GET.get("kind", ""), _("Everything")),
        "chips": make_chips(request.GET, labels),
        "query": request.GET.urlencode(),
    }


def _make_items(choices: list[tuple[str, str]], chosen: str, every: str) -> list[dict[str, object]]:
    return [
        {"value": value, "text": text, "selected": value == chosen} for value, text in [("", every), *choices]
    ]
