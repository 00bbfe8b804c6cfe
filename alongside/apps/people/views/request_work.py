"""The work on one request: who it is, what is held, what is given, put right, stopped or erased."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_read
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.base.rules.subjects import ErasedRows
from alongside.apps.people.forms.requests import CorrectForm, EraseForm, LookForm, ObjectForm, ReviewForm
from alongside.apps.people.operations.answers import (
    decide_record,
    gather_records,
    make_answer,
    make_new_secret,
)
from alongside.apps.people.operations.corrections import correct_field, keep_objection
from alongside.apps.people.operations.erasing import erase_person, preview_erasure
from alongside.apps.people.operations.matching import choose_matches, look_for_person
from alongside.apps.people.operations.records import open_record, open_records
from alongside.apps.people.presenters import add_up
from alongside.apps.people.queries.requests import RequestPage, get_request
from alongside.apps.people.queries.subjects import get_chosen_subject, list_correctable
from alongside.apps.people.rules import ask_again_to_change


def _get(request: ViewerRequest, request_id: UUID) -> RequestPage:
    found = get_request(request.viewer, request_id, timezone.localdate())
    if found is None:
        raise Http404
    return found


def find(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Look for the person in every room, and say which of those found they are."""
    found = _get(request, request_id)
    start = {"email": found.email, "name": found.line.name, "code": found.receipt_code}
    form = LookForm(request.POST if "look" in request.POST else None, initial=start)
    if form.is_valid():
        try:
            number = look_for_person(
                request_id=request_id, by=request.viewer, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            words = ngettext("%(number)s found anew.", "%(number)s found anew.", number) % {"number": number}
            messages.success(request, words)
            return redirect("people:request_find", request_id)
    if "choose" in request.POST:
        chosen = {match.id for match in found.matches if str(match.id) in request.POST.getlist("match")}
        choose_matches(request_id=request_id, chosen=chosen, by=request.viewer, at=timezone.now())
        messages.success(request, _("Kept."))
        return redirect("people:request", request_id)
    return render(request, "people/requests/find.html", {"found": found, "line": found.line, "form": form})


def records(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Show what was gathered, by place; gather it again."""
    found = _get(request, request_id)
    if request.method == "POST":
        gather_records(request_id=request_id, by=request.viewer, at=timezone.now())
        return redirect("people:request_records", request_id)
    places: dict[str, list[object]] = {}
    opened = open_records(request.viewer, request_id)
    if opened:
        _note_look(request, request_id, len(opened))
    for record in opened:
        places.setdefault(record.place, []).append(record)
    to_read = [one for one in opened if one.needs_review and not one.decision]
    context = {"found": found, "line": found.line, "places": list(places.items()), "to_read": to_read}
    return render(request, "people/requests/records.html", context)


def _note_look(request: ViewerRequest, request_id: UUID, rows: int) -> None:
    """Write down that somebody looked at what is held about a person."""
    record_read(
        by=request.viewer,
        at=timezone.now(),
        what="read_gathered_records",
        object_type="people.datarequest",
        object_id=request_id,
        rows=rows,
    )


def review(request: ViewerRequest, request_id: UUID, record_id: UUID) -> HttpResponse:
    """Read one record and decide what happens to it."""
    found = _get(request, request_id)
    record = open_record(request.viewer, record_id, request_id)
    if record is None:
        raise Http404
    _note_look(request, request_id, 1)
    start = {
        "given": record.given or "\n".join(f"{name}: {value}" for name, value in record.fields),
        "decision": record.decision,
        "exemption": record.exemption,
    }
    form = ReviewForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            decide_record(record_id=record_id, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return _go_to_next(request, request_id)
    return render(
        request,
        "people/requests/review.html",
        {"found": found, "line": found.line, "record": record, "form": form},
    )


def _go_to_next(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    waiting = [one for one in open_records(request.viewer, request_id, only_review=True) if not one.decision]
    if waiting:
        return redirect("people:request_review", request_id, waiting[0].id)
    messages.success(request, _("Every record is read."))
    return redirect("people:request_records", request_id)


@ask_again_to_change
@require_POST
def make(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Make and seal the answer; show the one-time password, once."""
    secret = make_answer(request_id=request_id, by=request.viewer, at=timezone.now(), on=timezone.localdate())
    return render(
        request, "people/requests/secret.html", {"secret": secret, "line": _get(request, request_id).line}
    )


@ask_again_to_change
@require_POST
def new_secret(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Make a new one-time password; show it, once."""
    secret = make_new_secret(
        request_id=request_id, by=request.viewer, at=timezone.now(), on=timezone.localdate()
    )
    return render(
        request, "people/requests/secret.html", {"secret": secret, "line": _get(request, request_id).line}
    )


def correct(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Put one field right."""
    found = _get(request, request_id)
    form = CorrectForm(request.POST or None)
    form.offer([field for _source, field in list_correctable(get_chosen_subject(request_id))])
    if form.is_valid():
        try:
            correct_field(request_id=request_id, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Put right."))
            return redirect("people:request", request_id)
    return render(request, "people/requests/correct.html", {"found": found, "line": found.line, "form": form})


def stop_uses(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Stop the uses somebody objects to."""
    found = _get(request, request_id)
    form = ObjectForm(request.POST or None)
    if form.is_valid():
        try:
            number = keep_objection(
                request_id=request_id,
                everything=form.cleaned_data["everything"] == "yes",
                by=request.viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            words = ngettext("Stopped for %(number)s voice.", "Stopped for %(number)s voices.", number)
            messages.success(request, words % {"number": number})
            return redirect("people:request", request_id)
    return render(
        request, "people/requests/stop_uses.html", {"found": found, "line": found.line, "form": form}
    )


@ask_again_to_change
def erase(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Show what would be erased and what is kept and why; erase it once the word is typed."""
    check_may(request.viewer, "erase_people")
    found = _get(request, request_id)
    form = EraseForm(request.POST if "typed" in request.POST else None)
    if form.is_valid():
        try:
            erase_person(
                request_id=request_id, typed=form.cleaned_data["typed"], by=request.viewer, at=timezone.now()
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Erased. What is kept, and why, stands below."))
            return redirect("people:request", request_id)
    rows: list[ErasedRows] = []
    refusal_words = ""
    if request.method == "POST":  # it is counted by doing it and taking it back, which no mere look may do
        try:
            rows = preview_erasure(request_id=request_id, by=request.viewer, at=timezone.now())
        except Refused as refusal:
            refusal_words = refusal.reason
    context = {
        "found": found,
        "line": found.line,
        "form": form,
        "erased": [row for row in add_up(rows) if row.erased],
        "kept": [row for row in add_up(rows) if row.kept],
        "refusal": refusal_words,
        "is_counted": request.method == "POST",
    }
    return render(request, "people/requests/erase.html", context)
