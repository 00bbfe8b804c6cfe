"""Pages of joint projects for the team: the list, one project, its plan, its way to the start."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_blockers, list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.base.views.pages import download
from alongside.apps.partnership.forms.events import WhyForm
from alongside.apps.partnership.forms.projects import ProjectForm, SummaryForm
from alongside.apps.partnership.operations.project_moves import move_project, publish_summary
from alongside.apps.partnership.operations.projects import change_project, plan_project
from alongside.apps.partnership.presenters.projects import (
    PROJECT_COLUMNS,
    draw_project_filters,
    export_projects,
    get_project_move_page,
    project_tone,
)
from alongside.apps.partnership.queries.event_guards import list_project_agreements
from alongside.apps.partnership.queries.events import list_possible_partners
from alongside.apps.partnership.queries.projects import (
    ProjectFilters,
    get_evaluation,
    get_project,
    list_aims,
    list_chain_links,
    list_contributions,
    list_project_history,
    list_project_partners_in_use,
    list_projects,
)
from alongside.apps.partnership.queries.registrations import name_lead
from alongside.apps.partnership.rules.projects import CHANGEABLE, list_next_states
from alongside.apps.partnership.views.event_pages import get_page, own_name, read_id, try_to

EXPORT_ROWS = 5_000


def _read_filters(request: ViewerRequest) -> ProjectFilters:
    get = request.GET.get
    return ProjectFilters(
        words=get("words", "").strip()[:100], state=get("state", ""), partner=read_id(get("partner", ""))
    )


def projects(request: ViewerRequest) -> HttpResponse:
    """List the joint projects."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    chosen = _read_filters(request)
    page = get_page(request, list_projects(viewer, chosen))
    context = {
        "page": page,
        "lines": [(one, project_tone(one.state)) for one in page.object_list],
        "filters": draw_project_filters(
            request.GET, list_project_partners_in_use(viewer, read_id(request.GET.get("partner", "")))
        ),
        "saved_views": list_saved_views(viewer, "projects:list"),
        "query": request.GET.urlencode(),
        "may_run": viewer.may("run_projects"),
    }
    return render(request, "partnership/projects/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_relations")
    found = list(list_projects(request.viewer, _read_filters(request))[:EXPORT_ROWS])
    record_export(
        what="projects",
        object_type="partnership.jointproject",
        object_ids=[one.id for one in found],
        ending=kind,
        by=request.viewer,
        at=timezone.now(),
        rows=len(found),
    )
    return download(kind, "joint-projects", PROJECT_COLUMNS, export_projects(found))


def new(request: ViewerRequest) -> HttpResponse:
    """Plan a joint project."""
    viewer = request.viewer
    check_may(viewer, "run_projects")
    partners = list_possible_partners(viewer)
    form = ProjectForm(request.POST if request.method == "POST" else None, partners=partners)
    if request.method == "POST" and form.is_valid():
        done, project_id = try_to(form, lambda: plan_project(plan=form.plan(), by=viewer, at=timezone.now()))
        if done:
            return redirect("projects:project", project_id)
    return render(request, "partnership/projects/new.html", {"form": form})


def project(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Show one project whole: aims, who brings what, measures, meetings, and what is in the way of its start."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    found = get_project(viewer, project_id)
    if found is None:
        raise Http404
    waits = found.state in ("agreed", "published")
    starting = Starting("project", found.id, found.title, timezone.localdate())
    context = {
        "project": found,
        "tone": project_tone(found.state),
        "blockers": list_blockers(viewer, starting) if waits else [],
        "agreements": list_project_agreements(viewer, found.id),
        "aims": list_aims(found, own_name()),
        "sides": list_contributions(found, own_name()),
        "links": list_chain_links(viewer, found),
        "evaluation": get_evaluation(found),
        "history": list_project_history(viewer, found),
        "lead": name_lead(viewer, found.lead_id),
        "next_states": list_next_states(found.state),
        "may_run": viewer.may("run_projects"),
        "may_change": viewer.may("run_projects") and found.state in CHANGEABLE,
        "is_open": found.state != "closed",
    }
    return render(request, "partnership/projects/project.html", context)


def edit(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Change a project's plan."""
    viewer = request.viewer
    check_may(viewer, "run_projects")
    found = get_project(viewer, project_id)
    if found is None:
        raise Http404
    form = ProjectForm(
        request.POST if request.method == "POST" else None,
        partners=list_possible_partners(viewer),
        initial={
            **{name: getattr(found, name) for name in ProjectForm.base_fields if name != "partners"},
            "partners": [str(one.id) for one in found.partners.all()],
        },
    )
    if request.method == "POST" and form.is_valid():
        done, _none = try_to(
            form,
            lambda: change_project(project_id=project_id, plan=form.plan(), by=viewer, at=timezone.now()),
        )
        if done:
            return redirect("projects:project", project_id)
    return render(request, "partnership/projects/edit.html", {"form": form, "project": found})


def move(request: ViewerRequest, project_id: UUID, to: str) -> HttpResponse:
    """Bring a project to another state, or say exactly what is in the way."""
    viewer = request.viewer
    check_may(viewer, "run_projects")
    found = get_project(viewer, project_id)
    page = get_project_move_page(found, to) if found else None
    if found is None or page is None:
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    form.fields["words"].label = page.label
    form.fields["words"].required = page.needs_words
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done, _none = try_to(
            form,
            lambda: move_project(project_id=project_id, to=to, words=words, by=viewer, at=timezone.now()),
        )
        if done:
            return redirect("projects:project", project_id)
    return render(request, "partnership/projects/move.html", {"form": form, "project": found, "page": page})


def summary(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Write the summary that everybody may read, and make it public."""
    viewer = request.viewer
    check_may(viewer, "run_projects")
    found = get_project(viewer, project_id)
    if found is None:
        raise Http404
    form = SummaryForm(request.POST if request.method == "POST" else None, initial={"summary": found.summary})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["summary"]
        done, _none = try_to(
            form,
            lambda: publish_summary(project_id=project_id, summary=words, by=viewer, at=timezone.now()),
        )
        if done:
            return redirect("projects:project", project_id)
    return render(request, "partnership/projects/summary.html", {"form": form, "project": found})
