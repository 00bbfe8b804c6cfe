"""Finance's ledger: upload it, say what its columns mean, look at what was found, confirm or leave."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_read
from alongside.apps.base.queries import get_job
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.reconciling import LedgerColumnsForm, LedgerForm
from alongside.apps.partnership.operations.reconciling import (
    choose_ledger_columns,
    confirm_ledger,
    leave_ledger,
    upload_ledger,
)
from alongside.apps.partnership.queries.reconciling import (
    find_same_ledger,
    get_ledger,
    get_ledger_columns,
    list_ledger_rows,
    list_ledgers,
)

ROWS_A_PAGE = 50
CHOOSABLE = ("uploaded", "ready", "refused")


def reconcile(request: ViewerRequest) -> HttpResponse:
    """Take a ledger file, and list those before."""
    viewer = request.viewer
    check_may(viewer, "pay")
    form = LedgerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = try_to(
            form,
            lambda: upload_ledger(
                file_name=file.name, size_bytes=file.size, parts=file.chunks(), by=viewer, at=timezone.now()
            ),
        )
        if made is not None:
            return redirect("payments:ledger_columns", made)
    context = {"form": form, "page": get_page(request, list_ledgers(viewer), ROWS_A_PAGE)}
    return render(request, "partnership/payments/reconcile.html", context)


def _get(request: ViewerRequest, ledger_id: UUID):  # type: ignore[no-untyped-def]
    check_may(request.viewer, "pay")
    found = get_ledger(request.viewer, ledger_id)
    if found is None:
        raise Http404
    return found


def columns(request: ViewerRequest, ledger_id: UUID) -> HttpResponse:
    """Say what the columns of a ledger mean."""
    found = _get(request, ledger_id)
    if found.state not in CHOOSABLE:
        return redirect("payments:ledger", ledger_id)
    head = get_ledger_columns(found)
    form = LedgerColumnsForm(
        request.POST if request.method == "POST" else None,
        columns=head.peek.columns,
        initial=head.guess.as_json(),
    )
    if request.method == "POST" and form.is_valid():
        by, at = request.viewer, timezone.now()
        chosen = try_to(
            form, lambda: choose_ledger_columns(file_id=ledger_id, choice=form.choice, by=by, at=at)
        )
        if chosen is not None:
            return redirect("payments:ledger", ledger_id)
    examples = [
        (column, [row[place] for row in head.peek.examples if row[place].strip()][:2])
        for place, column in enumerate(head.peek.columns)
    ]
    context = {"form": form, "found": found, "examples": examples, "notes": head.peek.notes}
    return render(request, "partnership/payments/ledger_columns.html", context)


def ledger(request: ViewerRequest, ledger_id: UUID) -> HttpResponse:
    """Show what was found in a ledger: counts, and the rows that need somebody."""
    found = _get(request, ledger_id)
    if found.state == "uploaded":
        return redirect("payments:ledger_columns", ledger_id)
    job = get_job(request.viewer, found.job_id) if found.job_id else None
    if found.state == "reading" and job is not None and not job.has_ended:
        return redirect("base:job", job.id)
    context = {
        "found": found,
        "job": job,
        "page": get_page(request, list_ledger_rows(found, request.GET.get("outcome", "")), ROWS_A_PAGE),
        "outcome": request.GET.get("outcome", ""),
        "same": find_same_ledger(found),
        "notes": found.notes.splitlines(),
        "may_choose": found.state in CHOOSABLE,
    }
    return render(request, "partnership/payments/ledger.html", context)


@require_POST
def confirm(request: ViewerRequest, ledger_id: UUID) -> HttpResponse:
    """Mark what matched as paid."""
    _get(request, ledger_id)
    number = confirm_ledger(file_id=ledger_id, by=request.viewer, at=timezone.now())
    words = ngettext("%(number)s payment is now paid.", "%(number)s payments are now paid.", number)
    messages.success(request, words % {"number": f"{number:,}"})
    return redirect("payments:ledger", ledger_id)


@require_POST
def leave(request: ViewerRequest, ledger_id: UUID) -> HttpResponse:
    """Leave a ledger."""
    _get(request, ledger_id)
    leave_ledger(file_id=ledger_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Left. Nothing of it was kept."))
    return redirect("payments:reconcile")


def wrong_rows(request: ViewerRequest, ledger_id: UUID) -> HttpResponseBase:
    """Download the rows that need somebody as they were, with what to do about each."""
    found = _get(request, ledger_id)
    rows = list_ledger_rows(found, request.GET.get("outcome", ""))
    record_read(
        by=request.viewer,
        at=timezone.now(),
        what="export_ledger_rows",
        object_type="partnership.reconciliationfile",
        object_id=ledger_id,
        rows=rows.count(),
    )
    return download(
        "csv", "ledger-rows", ("row", "found", "column", "what to do", *found.header), _write(rows)
    )


def _write(rows: Iterable[object]) -> Iterator[list[str]]:
    for row in rows:
        yield [
            str(getattr(row, "row", "")),
            str(getattr(row, "get_outcome_display", str)()),
            str(getattr(row, "column", "")),
            str(getattr(row, "words", "")),
            *[str(cell) for cell in getattr(row, "cells", ())],
        ]
