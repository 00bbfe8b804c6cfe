"""A file on its way in: upload, say what it means, watch it being read, look, confirm or leave."""

from collections.abc import Iterator
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

from alongside.apps.base.operations import record_read
from alongside.apps.base.queries import get_job
from alongside.apps.base.rules import ViewerRequest, check, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.engagement.forms import ColumnsForm, SpeakersForm, UploadForm
from alongside.apps.engagement.forms.imports import CONTACTS, FACTS, MEANINGS
from alongside.apps.engagement.operations import (
    choose_columns,
    choose_speakers,
    confirm_import,
    leave_import,
    set_up_basis,
    start_import,
    take_out_import,
)
from alongside.apps.engagement.presenters import describe_uses, list_text_choices
from alongside.apps.engagement.queries import (
    brings_in,
    count_staged_turns,
    get_engagement,
    get_import,
    get_import_columns,
    get_import_speakers,
    list_changes,
    list_imports,
    list_problems,
    view_basis,
)


def upload(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Take a file."""
    check_may(request.viewer, "bring_in_voices")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = try_to(
            form,
            lambda: start_import(
                engagement_id=engagement_id,
                file_name=file.name,
                size_bytes=file.size,
                parts=file.chunks(),
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("engagement:import", made.id)
    earlier = list_imports(request.viewer, engagement_id)
    return render(
        request, "engagement/upload.html", {"form": form, "engagement": engagement, "imports": earlier}
    )


def show(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Show how far a file is: choose, wait, look and confirm, or how it ended."""
    found = _get(request, import_id)
    if found.state == "uploaded":
        step = "import_columns" if found.kind == "table" else "import_speakers"
        return redirect(f"engagement:{step}", import_id)
    job = get_job(request.viewer, found.job_id) if found.job_id else None
    if found.state == "reading" and job is not None and not job.has_ended:
        return redirect("base:job", job.id)
    problems = get_page(request, list_problems(request.viewer, import_id))
    turns, moderators = (
        count_staged_turns(request.viewer, import_id) if found.kind == "transcript" else (0, 0)
    )
    context = {
        "found": found,
        "engagement": found.engagement,
        "job": job,
        "problems": problems,
        "is_own": brings_in(request.viewer, found),
        "changes": list_changes(request.viewer, import_id),
        "uses": describe_uses(view_basis(found.basis)) if found.basis else [],
        "basis": view_basis(found.basis) if found.basis else None,
        "turns": turns,
        "moderators": moderators,
        "incoming": found.answers_new + found.answers_changed,
        "notes": found.notes.splitlines(),
        "choose": "engagement:import_columns" if found.kind == "table" else "engagement:import_speakers",
    }
    return render(request, "engagement/import.html", context)


def _get(request: ViewerRequest, import_id: UUID) -> Any:
    check_may(request.viewer, "bring_in_voices")
    found = get_import(request.viewer, import_id)
    if found is None:
        raise Http404
    return found


def columns(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Say what the columns of a table mean, and on what basis the words come in."""
    found = _get(request, import_id)
    if found.kind != "table" or found.state in ("confirmed", "left", "taken_out"):
        return redirect("engagement:import", import_id)
    peek, guess, is_remembered = get_import_columns(request.viewer, import_id)
    initial = ColumnsForm.initial_of(guess) | {"language_of_all": found.language}
    form = ColumnsForm(request.POST or None, initial=initial)
    form.offer_columns(peek.columns)
    form.offer_texts(list_text_choices(request.viewer))
    form.name_messages()
    if form.is_valid():
        by, at = request.viewer, timezone.now()

        def choose() -> bool:
            basis_id = set_up_basis(terms=form.basis_terms, by=by, at=at)
            language = form.cleaned_data["language_of_all"]
            choose_columns(
                import_id=import_id, choice=form.choice, basis_id=basis_id, language=language, by=by, at=at
            )
            return True

        if try_to(form, choose):
            return redirect("engagement:import", import_id)
    examples = [
        (column, [row[place] for row in peek.examples if row[place].strip()][:2])
        for place, column in enumerate(peek.columns)
    ]
    context = {
        "form": form,
        "found": found,
        "engagement": found.engagement,
        "examples": examples,
        "notes": peek.notes,
        "is_remembered": is_remembered,
        "meanings": [form[name] for name, _label in MEANINGS],
        "facts": [form[name] for name, _label in FACTS],
        "contacts": [form[name] for name, _label in CONTACTS],
    }
    return render(request, "engagement/columns.html", context)


def speakers(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Say who moderates a transcript, how its speakers are called here, and on what basis their words come in."""
    found = _get(request, import_id)
    if found.kind != "transcript" or found.state in ("confirmed", "left", "taken_out"):
        return redirect("engagement:import", import_id)
    lines, notes = get_import_speakers(request.viewer, import_id)
    form = SpeakersForm(
        request.POST or None, initial={"language_of_all": found.language, "text_key": "spoken.1"}
    )
    form.offer_speakers(lines)
    form.offer_texts(list_text_choices(request.viewer))
    if form.is_valid():
        by, at = request.viewer, timezone.now()

        def choose() -> bool:
            basis_id = set_up_basis(terms=form.basis_terms, by=by, at=at)
            language = form.cleaned_data["language_of_all"]
            choose_speakers(
                import_id=import_id, choice=form.choice, basis_id=basis_id, language=language, by=by, at=at
            )
            return True

        if try_to(form, choose):
            return redirect("engagement:import", import_id)
    context = {"form": form, "found": found, "engagement": found.engagement, "notes": notes}
    return render(request, "engagement/speakers.html", context)


@require_POST
def confirm(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Bring the file's voices in."""
    found = _get(request, import_id)
    confirm_import(import_id=import_id, by=request.viewer, at=timezone.now())
    number = found.answers_new + found.answers_changed
    words = ngettext("%(number)s voice brought in.", "%(number)s voices brought in.", number)
    messages.success(request, words % {"number": f"{number:,}"})
    return redirect("engagement:import", import_id)


@require_POST
def leave(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Leave the file out."""
    found = _get(request, import_id)
    leave_import(import_id=import_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Left out. Nothing of it was kept."))
    return redirect("engagement:detail", found.engagement_id)


@require_POST
def take_out(request: ViewerRequest, import_id: UUID) -> HttpResponse:
    """Take the file's voices out again."""
    found = _get(request, import_id)
    take_out_import(import_id=import_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken out again. Upload the file once more to bring it back."))
    return redirect("engagement:detail", found.engagement_id)


def wrong_rows(request: ViewerRequest, import_id: UUID) -> HttpResponseBase:
    """Download the wrong rows as they were, with what to do about each."""
    found = _get(request, import_id)
    check(
        brings_in(request.viewer, found),
        _(
            "The words in these rows are not covered yet. Only the person who uploaded the file can download them."
        ),
    )
    problems = list_problems(request.viewer, import_id)
    record_read(
        by=request.viewer,
        at=timezone.now(),
        what="export_wrong_rows",
        object_type="engagement.import",
        object_id=import_id,
        rows=problems.count(),
    )
    names = found.header or [_("words")]
    return download("csv", "wrong-rows", ("row", "what to do", "column", *names), _problem_rows(problems))


def _problem_rows(problems: Any) -> Iterator[list[str]]:
    for problem in problems.iterator():
        cells = [str(cell) for cell in problem.whole_row] or [problem.value]
        yield [str(problem.row or ""), problem.cure, problem.column, *cells]
