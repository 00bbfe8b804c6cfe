"""One concern: its words in place, what happened to it, and the next step."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.forms import CloseConcernForm, DecideForm, ForwardForm, ReopenForm
from alongside.apps.engagement.operations import (
    close_concern,
    decide_concern,
    forward_concern,
    hand_back_concern,
    note_seen,
    open_contact,
    reopen_concern,
    take_on_concern,
)
from alongside.apps.engagement.presenters.concerns import describe_page_of, find_next_step, make_line
from alongside.apps.engagement.queries.concerns import ConcernView, get_concern


def _get(request: ViewerRequest, concern_id: UUID, permission: str = "triage_concerns") -> ConcernView:
    check_may(request.viewer, permission)
    found = get_concern(request.viewer, concern_id)
    if found is None:
        raise Http404
    return found


def _sent(request: ViewerRequest) -> QueryDict | None:
    """Return what was sent, also where it was nothing, so that an empty form is answered too."""
    return request.POST if request.method == "POST" else None


def concern(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Show one concern; that it was opened, and by whom, is written down."""
    if request.method == "GET":
        _get(request, concern_id, "see_concerns")
        note_seen(concern_id=concern_id, by=request.viewer, at=timezone.now())
    return _show(request, concern_id)


def _show(request: ViewerRequest, concern_id: UUID, contact: str = "") -> HttpResponse:
    found = _get(request, concern_id, "see_concerns")
    context = {
        "found": found,
        "line": make_line(found.concern, timezone.now()),
        "about": describe_page_of(found.concern, request.viewer),
        "next_url": find_next_step(found.concern.id, found.concern.state),
        "may_triage": request.viewer.may("triage_concerns"),
        "contact": contact,
    }
    return render(request, "engagement/concerns/detail.html", context)


@require_POST
def take(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Take a concern on."""
    take_on_concern(concern_id=concern_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("You are looking at it. Decide when you have read it."))
    return redirect("concerns:detail", concern_id)


@require_POST
def hand_back(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Let somebody else look."""
    hand_back_concern(concern_id=concern_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("It waits again. The clock goes on."))
    return redirect("concerns:list")


def _step(
    request: ViewerRequest,
    concern_id: UUID,
    template: str,
    form: forms.Form,
    do: Callable[[], bool],
    done: str,
) -> HttpResponse:
    """Show a step's form, or take it and go back to the concern."""
    found = _get(request, concern_id)
    if request.method == "POST" and form.is_valid() and try_to(form, do):
        messages.success(request, done)
        return redirect("concerns:detail", concern_id)
    context = {"form": form, "found": found, "line": make_line(found.concern, timezone.now())}
    return render(request, f"engagement/concerns/{template}.html", context)


def decide(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Decide whether it is one."""
    found = _get(request, concern_id)
    form = DecideForm(_sent(request), initial={"kind": found.concern.kind})

    def do() -> bool:
        data = form.cleaned_data
        decide_concern(
            concern_id=concern_id,
            is_one=data["is_one"] == "yes",
            kind=data["kind"],
            reason=data["reason"],
            by=request.viewer,
            at=timezone.now(),
        )
        return True

    return _step(request, concern_id, "decide", form, do, _("Decided, and written down."))


def forward(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Record that it was forwarded."""
    now = timezone.localtime()
    start = {"sent_on": now.date(), "sent_time": f"{now:%H:%M}"}
    form = ForwardForm(_sent(request), initial=start)

    def do() -> bool:
        forward_concern(concern_id=concern_id, sent=form.sent, by=request.viewer, at=timezone.now())
        return True

    return _step(request, concern_id, "forward", form, do, _("The forwarding is recorded."))


def close(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Close it with how it ended."""
    form = CloseConcernForm(_sent(request))

    def do() -> bool:
        data = form.cleaned_data
        close_concern(
            concern_id=concern_id,
            outcome=data["outcome"],
            reason=data["reason"],
            by=request.viewer,
            at=timezone.now(),
        )
        return True

    return _step(
        request, concern_id, "close", form, do, _("Closed. It stays on the list of what was looked at.")
    )


def reopen(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Look at it again."""
    form = ReopenForm(_sent(request))

    def do() -> bool:
        reopen_concern(
            concern_id=concern_id, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now()
        )
        return True

    return _step(request, concern_id, "reopen", form, do, _("Open again, with a deadline of its own."))


@require_POST
def contact(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Show how to reach whoever this is about, once; that it was opened is written down."""
    opened = open_contact(concern_id=concern_id, by=request.viewer, at=timezone.now())
    return _show(request, concern_id, contact=opened)


def sheet(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Show the sheet for forwarding: only what the desk that receives it needs."""
    _get(request, concern_id)
    note_seen(concern_id=concern_id, by=request.viewer, at=timezone.now(), printed=True)
    found = _get(request, concern_id)
    context = {
        "found": found,
        "line": make_line(found.concern, timezone.now()),
        "whole": request.GET.get("words") == "all",
        "at": timezone.now(),
    }
    return render(request, "engagement/concerns/sheet.html", context)
