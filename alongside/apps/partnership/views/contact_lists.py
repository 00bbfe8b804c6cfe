"""A list on its way in: upload, say what it means, watch it being read, decide on what is new, confirm or leave."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import get_job
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.contacts import LABELS, ListColumnsForm, ListUploadForm
from alongside.apps.partnership.operations.contacts.bringing import confirm_list
from alongside.apps.partnership.operations.contacts.lists import (
    choose_list_columns,
    decide_unknown,
    leave_list,
    start_list,
)
from alongside.apps.partnership.operations.contacts.taking_out import take_out_list
from alongside.apps.partnership.queries.contacts.lists import (
    get_list,
    get_list_columns,
    list_imports,
    list_listed_changes,
    list_unknown,
    list_wrong_rows,
)

WORKING = ("reading", "bringing")


def upload(request: ViewerRequest) -> HttpResponse:
    """Take a list of organisations and contacts, or of what happened with them."""
    check_may(request.viewer, "keep_relations")
    form = ListUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = try_to(
            form,
            lambda: start_list(
                kind=form.cleaned_data["kind"],
                file_name=file.name,
                size_bytes=file.size,
                parts=file.chunks(),
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("contacts:import_columns", made)
    page = get_page(request, list_imports(request.viewer), 50)
    return render(request, "partnership/contacts/upload.html", {"form": form, "page": page})


def columns(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Say what the columns of a list mean."""
    found = _get(request, list_id)
    if found.state not in ("uploaded", "ready", "refused"):
        return redirect("contacts:import_show", list_id)
    peek, choice = get_list_columns(request.viewer, found)
    form = ListColumnsForm(
        request.POST or None, initial={**dict(choice.chosen), "date_order": choice.date_order}
    )
    form.offer_columns(found.kind, peek.columns)
    if form.is_valid():

        def choose() -> bool:
            by, at = request.viewer, timezone.now()
            choose_list_columns(import_id=list_id, choice=form.choice, by=by, at=at)
            return True

        if try_to(form, choose):
            return redirect("contacts:import_show", list_id)
    examples = [(name, [row[place] for row in peek.examples]) for place, name in enumerate(peek.columns)]
    context = {
        "form": form,
        "found": found,
        "examples": examples,
        "notes": peek.notes,
        "meanings": [form[name] for name in form.meanings],
    }
    return render(request, "partnership/contacts/columns.html", context)


def show(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Show how far a list is: choose, wait, look and confirm, or how it ended."""
    found = _get(request, list_id)
    if found.state == "uploaded":
        return redirect("contacts:import_columns", list_id)
    job = get_job(request.viewer, found.job_id) if found.job_id else None
    if found.state in WORKING and job is not None and not job.has_ended:
        return redirect("base:job", job.id)
    is_ready = found.state == "ready"
    changes = list_listed_changes(request.viewer, list_id) if is_ready else []
    context = {
        "found": found,
        "job": job,
        "is_working": found.state in WORKING,
        "problems": get_page(request, list_wrong_rows(request.viewer, list_id), 25),
        "changes": [
            (one, [(LABELS.get(name, name), was, will) for name, was, will in one.changes]) for one in changes
        ],
        "unknown": list_unknown(request.viewer, found) if is_ready else [],
        "incoming": found.rows_new + found.rows_changed,
        "notes": found.notes.splitlines(),
    }
    return render(request, "partnership/contacts/import.html", context)


def _get(request: ViewerRequest, list_id: UUID) -> Any:
    check_may(request.viewer, "keep_relations")
    found = get_list(request.viewer, list_id)
    if found is None:
        raise Http404
    return found


@require_POST
def unknown(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Decide on organisations that are not here, and read the list again."""
    found = _get(request, list_id)
    listed = list_unknown(request.viewer, found)
    keys, values = request.POST.getlist("key"), request.POST.getlist("meant")
    allowed = {one.key for one in listed}
    decisions = {key: value for key, value in zip(keys, values, strict=False) if key in allowed}
    decide_unknown(import_id=list_id, decisions=decisions, by=request.viewer, at=timezone.now())
    return redirect("contacts:import_show", list_id)


@require_POST
def confirm(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Bring the list in."""
    found = _get(request, list_id)
    confirm_list(import_id=list_id, by=request.viewer, at=timezone.now())
    number = found.rows_new + found.rows_changed
    words = ngettext("%(number)s row brought in.", "%(number)s rows brought in.", number)
    if _get(request, list_id).state == "confirmed":
        messages.success(request, words % {"number": f"{number:,}"})
    return redirect("contacts:import_show", list_id)


@require_POST
def leave(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Leave the list out."""
    _get(request, list_id)
    leave_list(import_id=list_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Left out. Nothing of it was kept."))
    return redirect("contacts:import")


@require_POST
def take_out(request: ViewerRequest, list_id: UUID) -> HttpResponse:
    """Take the list out again."""
    _get(request, list_id)
    take_out_list(import_id=list_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken out again. Upload the file once more to bring it back."))
    return redirect("contacts:import_show", list_id)


def wrong_rows(request: ViewerRequest, list_id: UUID) -> HttpResponseBase:
    """Download the wrong rows as they were, with what to do about each."""
    found = _get(request, list_id)
    problems = list_wrong_rows(request.viewer, list_id)
    record_export(
        what="wrong_rows",
        object_type="partnership.contactimport",
        object_ids=[list_id],
        rows=problems.count(),
        ending="csv",
        by=request.viewer,
        at=timezone.now(),
    )
    names = ("row", "what to do", "column", *found.header)
    return download("csv", "wrong-rows", names, _rows_of(problems))


def _rows_of(problems: Any) -> Iterator[Sequence[str]]:
    for problem in problems.iterator(500):
        yield [str(problem.row), problem.cure, problem.column, *(str(cell) for cell in problem.whole_row)]
