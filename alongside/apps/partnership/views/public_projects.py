"""Public summaries of joint projects."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.partnership.queries.projects import (
    get_public_project,
    list_contributions,
    list_public_projects,
)
from alongside.apps.partnership.views.event_pages import get_page, own_name


@login_not_required
def published(request: ViewerRequest) -> HttpResponse:
    """List the joint projects whose summary is public."""
    page = get_page(request, list_public_projects())
    return render(request, "partnership/projects/published.html", {"page": page})


@login_not_required
def public(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Show one project's public summary."""
    found = get_public_project(project_id)
    if found is None:
        raise Http404
    context = {"project": found, "sides": list_contributions(found, own_name()), "own_name": own_name()}
    return render(request, "partnership/projects/public.html", context)
