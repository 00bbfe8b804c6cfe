"""Raising a concern from any page, and how far what one raised is."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.forms import RaiseForm
from alongside.apps.engagement.operations import raise_concern
from alongside.apps.engagement.presenters.concerns import describe_about, list_deadlines, make_line
from alongside.apps.engagement.queries.concerns import get_raised, list_raised, list_who_looks


def raise_one(request: ViewerRequest) -> HttpResponse:
    """Take what somebody raises; the page they were on comes along as its name and one id."""
    check_may(request.viewer, "raise_concerns")
    about = describe_about(request.GET.get("about", ""))
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = try_to(
            form,
            lambda: raise_concern(
                terms=form.as_raised(about.about if about else ""), by=request.viewer, at=timezone.now()
            ),
        )
        if made is not None:
            return redirect("concerns:raised_one", made.id)
    context = {"form": form, "about": about, "deadlines": list_deadlines()}
    return render(request, "engagement/concerns/raise.html", context)


def raised(request: ViewerRequest) -> HttpResponse:
    """List what the viewer raised and how far it is."""
    at = timezone.now()
    lines = [make_line(concern, at) for concern in list_raised(request.viewer)]
    return render(request, "engagement/concerns/raised.html", {"lines": lines})


def raised_one(request: ViewerRequest, concern_id: UUID) -> HttpResponse:
    """Show one thing the viewer raised: that it arrived, who looks by when, how far it is."""
    found = get_raised(request.viewer, concern_id)
    if found is None:
        raise Http404
    concern, words = found
    context = {
        "line": make_line(concern, timezone.now()),
        "words": words,
        "who": list_who_looks(),
        "is_new": concern.state == "waiting",
    }
    return render(request, "engagement/concerns/raised_one.html", context)
