"""A partner organisation's own joint projects: aims to agree to, what each side brings, what came of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.operations.projects import agree_to_aim
from alongside.apps.partnership.presenters.projects import list_evaluation_sections, project_tone
from alongside.apps.partnership.queries.projects import (
    ProjectFilters,
    get_evaluation,
    get_project,
    list_aims,
    list_contributions,
    list_projects,
)
from alongside.apps.partnership.views.event_pages import get_page, own_name


def projects(request: ViewerRequest) -> HttpResponse:
    """List the joint projects of the organisation somebody speaks for."""
    check_may(request.viewer, "see_own_organisation")
    page = get_page(request, list_projects(request.viewer, ProjectFilters()))
    lines = [(one, project_tone(one.state)) for one in page.object_list]
    return render(request, "partnership/ours/projects.html", {"page": page, "lines": lines})


def project(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Show one project to the organisation it is done with."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    found = get_project(viewer, project_id)
    if found is None:
        raise Http404
    aims = [
        (line, next((side for side in line.sides if side.organisation_id == viewer.partner_id), None))
        for line in list_aims(found, own_name())
    ]
    kept = get_evaluation(found)
    context = {
        "project": found,
        "tone": project_tone(found.state),
        "aims": aims,
        "sides": list_contributions(found, own_name()),
        "sections": list_evaluation_sections(kept) if kept and found.state in ("shared", "closed") else [],
        "may_agree": viewer.may("speak_for_organisation") and found.state != "closed",
    }
    return render(request, "partnership/ours/project.html", context)


@require_POST
def agree(request: ViewerRequest, project_id: UUID, aim_id: UUID) -> HttpResponse:
    """Agree to an aim for the organisation somebody speaks for."""
    agree_to_aim(project_id=project_id, aim_id=aim_id, by=request.viewer, at=timezone.now())
    return redirect("ours:project", project_id)
