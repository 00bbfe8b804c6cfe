"""Your data: what anybody may ask about the data we hold on them, without an account or signed in."""

import json
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest
from alongside.apps.people.forms.requests import AskForm, OpenAnswerForm, OwnAskForm
from alongside.apps.people.operations.answers import open_answer, unlock_answer
from alongside.apps.people.operations.requests import AskTerms, receive_request
from alongside.apps.people.queries.requests import (
    find_request_by_code,
    get_own_answer,
    list_own_records,
    list_own_requests,
)
from alongside.apps.people.rules.requests import make_code

OPEN_FOR = timedelta(minutes=30)
SHAPES = ("page", "file")


@login_not_required
def welcome(request: ViewerRequest) -> HttpResponse:
    """Say what anybody may ask about their data, what happens then and by when."""
    return render(request, "people/your_data/welcome.html")


@login_not_required
@never_cache
def ask(request: ViewerRequest) -> HttpResponse:
    """Take a request from anybody."""
    form = AskForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if form.is_valid():
        try:
            code = receive_request(
                terms=form.terms, by=request.viewer, at=timezone.now(), on=timezone.localdate()
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            request.session["your-data-code"] = code
            return redirect("people:your_data_sent")
    return render(request, "people/your_data/ask.html", {"form": form})


@login_not_required
@never_cache
def sent(request: ViewerRequest) -> HttpResponse:
    """Show the reference code of the request that was just sent, and by when it is answered."""
    code = request.session.get("your-data-code", "")
    line = find_request_by_code(code, timezone.localdate()) if code else None
    if line is None:
        return redirect("people:your_data")
    return render(request, "people/your_data/sent.html", {"code": code, "line": line})


@login_not_required
@never_cache
def answer(request: ViewerRequest) -> HttpResponse:
    """Open an answer with code and one-time password; once open, offer it as a page and as a file for half an hour."""
    form = OpenAnswerForm(request.POST or None)
    now = timezone.now()
    if form.is_valid():
        try:
            found = unlock_answer(
                code=form.cleaned_data["code"],
                secret=form.cleaned_data["secret"],
                by=request.viewer,
                at=now,
                on=timezone.localdate(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            request.session["answer"] = {"id": str(found), "until": (now + OPEN_FOR).timestamp()}
            return redirect("people:your_answer")
    is_open = _get_open_answer(request) is not None
    return render(request, "people/your_data/answer.html", {"form": form, "is_open": is_open})


def _get_open_answer(request: ViewerRequest) -> UUID | None:
    held = request.session.get("answer")
    if not isinstance(held, dict) or float(held.get("until", 0)) < timezone.now().timestamp():
        return None
    return UUID(held["id"])


@login_not_required
@never_cache
@require_POST
def open_as(request: ViewerRequest, shape: str) -> HttpResponse:
    """Give the opened answer as a page or as a file, and write that down."""
    found = _get_open_answer(request)
    if found is None:
        return redirect("people:your_answer")
    return _give(request, found, shape)


def _give(request: ViewerRequest, answer_id: UUID, shape: str) -> HttpResponse:
    if shape not in SHAPES:
        raise Http404
    written = open_answer(
        answer_id=answer_id, by=request.viewer, at=timezone.now(), on=timezone.localdate(), form=shape
    )
    if shape == "file":
        response = HttpResponse(written, content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="what-we-hold-about-you.json"'
        return response
    document = json.loads(written)
    places: dict[str, list[object]] = {}
    for record in document["records"]:
        places.setdefault(record["place"], []).append(record)
    days = {name: date.fromisoformat(document[name]) for name in ("made_on", "request_received_on")}
    context = {"document": {**document, **days}, "places": list(places.items())}
    return render(request, "people/your_data/document.html", context)


@never_cache
def mine(request: ViewerRequest) -> HttpResponse:
    """Show at once what stands under somebody's own account, and let them ask for the rest."""
    form = OwnAskForm(request.POST or None, initial={"kind": "access"})
    if form.is_valid():
        terms = AskTerms(**form.cleaned_data, name=request.viewer.name, came_by="signed_in", code=make_code())
        try:
            receive_request(terms=terms, by=request.viewer, at=timezone.now(), on=timezone.localdate())
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("people:held")
    context = {
        "form": form,
        "places": list_own_records(request.viewer),
        "requests": [
            (line, get_own_answer(request.viewer, line.id))
            for line in list_own_requests(request.viewer, timezone.localdate())
        ],
        "here": _("What we hold about you"),
    }
    return render(request, "people/your_data/mine.html", context)


@never_cache
@require_POST
def open_own(request: ViewerRequest, request_id: UUID, shape: str) -> HttpResponse:
    """Give the answer to one's own request, signed in."""
    found = get_own_answer(request.viewer, request_id)
    if found is None:
        raise Http404
    return _give(request, found.id, shape)
