"""Naming the agreement that an event or a joint project needed first."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.agreements.operations import give_paper
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.forms.events import PaperForm
from alongside.apps.partnership.queries.event_guards import list_papers_to_name
from alongside.apps.partnership.queries.events import get_event
from alongside.apps.partnership.queries.projects import get_project
from alongside.apps.partnership.views.event_pages import try_to


def event_paper(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Name the agreement an event stands on."""
    check_may(request.viewer, "run_events")
    return _name(request, "event", get_event(request.viewer, event_id), "events:event")


def project_paper(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Name the agreement a joint project stands on."""
    check_may(request.viewer, "run_projects")
    return _name(request, "project", get_project(request.viewer, project_id), "projects:project")


def _name(request: ViewerRequest, kind: str, thing: Any, back: str) -> HttpResponse:
    if thing is None:
        raise Http404
    papers = list_papers_to_name(request.viewer, thing)
    form = PaperForm(request.POST if request.method == "POST" else None, papers=papers)
    if request.method == "POST" and form.is_valid():
        done, _none = try_to(
            form,
            lambda: give_paper(
                subject_kind=kind,
                subject_id=thing.id,
                agreement_id=form.cleaned_data["agreement"],
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if done:
            return redirect(back, thing.id)
    context = {"form": form, "thing": thing, "papers": papers, kind: thing}
    return render(request, f"partnership/{kind}s/paper.html", context)
