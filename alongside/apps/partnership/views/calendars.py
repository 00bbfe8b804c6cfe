"""Calendars to follow: of public events for everybody, of one's own under a secret address."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.partnership.operations.feeds import end_feed, open_feed
from alongside.apps.partnership.queries.attending import (
    find_feed_owner,
    has_feed,
    make_own_feed,
    make_public_feed,
)

CALENDAR_TYPE = "text/calendar; charset=utf-8"
SHOWN_ONCE = "calendar_token"


@login_not_required
def feed(request: ViewerRequest) -> HttpResponse:
    """Give the calendar of public events."""
    return HttpResponse(make_public_feed(timezone.now()), content_type=CALENDAR_TYPE)


@login_not_required
@never_cache
def own_feed(request: ViewerRequest, token: str) -> HttpResponse:
    """Give one person's calendar to whoever holds its secret address."""
    owner = find_feed_owner(token)
    if owner is None:
        raise Http404
    return HttpResponse(make_own_feed(owner, timezone.now()), content_type=CALENDAR_TYPE)


@never_cache
def calendar(request: ViewerRequest) -> HttpResponse:
    """Show how to follow events in a calendar of one's own; a new address is shown once."""
    token = request.session.pop(SHOWN_ONCE, "")
    context = {
        "has_feed": has_feed(request.viewer),
        "own_address": settings.PUBLIC_URL + reverse("attend:own_feed", args=[token]) if token else "",
        "public_address": settings.PUBLIC_URL + reverse("attend:feed"),
        "sees_all": request.viewer.may("run_events"),
    }
    return render(request, "partnership/attend/calendar.html", context)


@require_POST
def make_feed(request: ViewerRequest) -> HttpResponse:
    """Make a private calendar address, in place of the one before."""
    request.session[SHOWN_ONCE] = open_feed(by=request.viewer, at=timezone.now())
    return redirect("attend:calendar")


@require_POST
def stop_feed(request: ViewerRequest) -> HttpResponse:
    """End the private calendar address."""
    end_feed(by=request.viewer, at=timezone.now())
    return redirect("attend:calendar")
