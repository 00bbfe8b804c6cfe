"""The start page, search, the trail of one thing, work under way, and pages about Alongside."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.apps.base.queries import list_jobs, list_trail
from alongside.apps.base.rules import ViewerRequest
from alongside.apps.home.presenters import list_ways
from alongside.apps.home.queries import get_day, search

ABOUT_PAGES = ("accessibility", "privacy")


def start(request: ViewerRequest) -> HttpResponse:
    """Show the viewer's own day."""
    day = get_day(request.viewer, timezone.localdate())
    context = {"day": day, "today": timezone.localdate(), "ways": list_ways(request.viewer)}
    return render(request, "home/start.html", context)


def find(request: ViewerRequest) -> HttpResponse:
    """Search every room."""
    words = request.GET.get("q", "")[:200]
    return render(request, "home/search.html", {"words": words, "found": search(request.viewer, words)})


def trail(request: ViewerRequest, step: str, object_id: UUID) -> HttpResponse:
    """Show the whole chain as seen from one thing."""
    sections = list_trail(request.viewer, step, object_id)
    here = next((section for section in sections if section.stop.is_here and section.items), None)
    if here is None:
        raise Http404
    return render(request, "home/trail.html", {"sections": sections, "here": here})


def work(request: ViewerRequest) -> HttpResponse:
    """List the viewer's background work."""
    return render(request, "home/work.html", {"jobs": list_jobs(request.viewer)})


@login_not_required
def about(request: ViewerRequest, page: str) -> HttpResponse:
    """Show a page about Alongside that anybody may read."""
    if page not in ABOUT_PAGES:
        raise Http404
    return render(request, f"home/{page}.html")
