"""Something that cannot wait, for people without an account: whom to ring, and a way to tell us."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.forms import PublicRaiseForm
from alongside.apps.engagement.operations import raise_public_concern
from alongside.apps.engagement.presenters.concerns import list_deadlines

SLUG = re.compile(r"^[a-z0-9-]{1,40}$")
TOLD = "cannot-wait-sent"


@login_not_required
@never_cache
def cannot_wait(request: ViewerRequest) -> HttpResponse:
    """Say whom to ring first, then take what somebody tells us; nothing is kept before it is sent."""
    slug = request.GET.get("page", "")
    form = PublicRaiseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = try_to(
            form,
            lambda: raise_public_concern(
                terms=form.raised,
                slug=slug if SLUG.match(slug) else "",
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if made is not None:
            request.session[TOLD] = {"contact": bool(form.cleaned_data["contact"].strip())}
            return redirect("concerns:cannot_wait_sent")
    return render(
        request, "engagement/concerns/cannot_wait.html", {"form": form, "deadlines": list_deadlines()}
    )


@login_not_required
@never_cache
def sent(request: ViewerRequest) -> HttpResponse:
    """Say that it arrived and what happens next; the page shows nothing of what was said."""
    told = request.session.get(TOLD)
    if told is None:
        return redirect("concerns:cannot_wait")
    return render(request, "engagement/concerns/cannot_wait_sent.html", {"left_contact": told.get("contact")})
