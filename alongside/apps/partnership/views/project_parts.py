"""Pages for the parts of a joint project: aims, what each side brings, measures, meetings, links, evaluation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.insight.queries import make_report_pdf
from alongside.apps.partnership.forms.projects import (
    AimForm,
    ContributionForm,
    EvaluationForm,
    LinksForm,
    MeasureForm,
    MeetingForm,
    ResultForm,
)
from alongside.apps.partnership.operations.project_moves import write_evaluation
from alongside.apps.partnership.operations.projects import (
    add_aim,
    add_contribution,
    add_measure,
    add_meeting,
    drop_aim,
    link_to_chain,
    record_aim_agreement,
    record_result,
)
from alongside.apps.partnership.presenters.projects import list_evaluation_sections, read_print_stylesheet
from alongside.apps.partnership.queries.projects import (
    get_evaluation,
    get_project,
    list_chain_choices,
    list_chain_links,
)
from alongside.apps.partnership.views.event_pages import own_name, try_to


def _find(request: ViewerRequest, project_id: UUID, permission: str = "run_projects") -> Any:
    check_may(request.viewer, permission)
    found = get_project(request.viewer, project_id)
    if found is None:
        raise Http404
    return found


def _ask(
    request: ViewerRequest,
    project_id: UUID,
    heading: str,
    make: Callable[[], forms.BaseForm],
    do: Callable[[Any], Any],
) -> HttpResponse:
    """Show one small form of a project and do what it asks for."""
    found = _find(request, project_id)
    form = make()
    if request.method == "POST" and form.is_valid():
        done, _kept = try_to(form, lambda: do(form))
        if done:
            return redirect("projects:project", project_id)
    return render(
        request, "partnership/projects/part.html", {"form": form, "project": found, "heading": heading}
    )


def _sent(request: ViewerRequest) -> Any:
    return request.POST if request.method == "POST" else None


def aim(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Add a shared aim."""
    return _ask(
        request,
        project_id,
        _("Add a shared aim"),
        lambda: AimForm(_sent(request)),
        lambda form: add_aim(
            project_id=project_id, words=form.cleaned_data["words"], by=request.viewer, at=timezone.now()
        ),
    )


@require_POST
def remove_aim(request: ViewerRequest, project_id: UUID, aim_id: UUID) -> HttpResponse:
    """Take an aim away."""
    drop_aim(project_id=project_id, aim_id=aim_id, by=request.viewer, at=timezone.now())
    return redirect("projects:project", project_id)


@require_POST
def record_agreement(
    request: ViewerRequest, project_id: UUID, aim_id: UUID, organisation_id: UUID
) -> HttpResponse:
    """Write down that a partner without an account agreed to an aim."""
    record_aim_agreement(
        project_id=project_id,
        aim_id=aim_id,
        organisation_id=organisation_id,
        by=request.viewer,
        at=timezone.now(),
    )
    return redirect("projects:project", project_id)


def contribution(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Add what one side brings."""
    found = _find(request, project_id)
    sides = [("ours", own_name()), *((str(one.id), one.name) for one in found.partners.all())]
    return _ask(
        request,
        project_id,
        _("Add what somebody brings"),
        lambda: ContributionForm(_sent(request), sides=sides),
        lambda form: add_contribution(
            project_id=project_id, contribution=form.contribution(), by=request.viewer, at=timezone.now()
        ),
    )


def measure(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Add an outcome and how it is measured."""
    return _ask(
        request,
        project_id,
        _("Add an outcome and its measure"),
        lambda: MeasureForm(_sent(request)),
        lambda form: add_measure(
            project_id=project_id, plan=form.plan(), by=request.viewer, at=timezone.now()
        ),
    )


def result(request: ViewerRequest, project_id: UUID, measure_id: UUID) -> HttpResponse:
    """Write down where a measure came out."""
    found = _find(request, project_id)
    chosen = next((one for one in found.measures.all() if one.id == measure_id), None)
    if chosen is None:
        raise Http404
    initial = {"result": chosen.result, "on": chosen.result_on}
    return _ask(
        request,
        project_id,
        _("Result: %(measure)s") % {"measure": chosen.measure},
        lambda: ResultForm(_sent(request), initial=initial),
        lambda form: record_result(
            project_id=project_id,
            measure_id=measure_id,
            **form.cleaned_data,
            by=request.viewer,
            at=timezone.now(),
        ),
    )


def meeting(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Write down a steering meeting."""
    return _ask(
        request,
        project_id,
        _("Write down a steering meeting"),
        lambda: MeetingForm(_sent(request)),
        lambda form: add_meeting(
            project_id=project_id, **form.cleaned_data, by=request.viewer, at=timezone.now()
        ),
    )


def links(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Link a project to insights and actions."""
    found = _find(request, project_id)
    insights, actions = list_chain_choices(request.viewer, timezone.localdate())
    linked = list_chain_links(request.viewer, found)
    initial = {
        f"{kind}s": [str(one) for of, one, _words in linked if of == kind] for kind in ("insight", "action")
    }
    return _ask(
        request,
        project_id,
        _("Link to what people said and what was done"),
        lambda: LinksForm(_sent(request), insights=insights, actions=actions, initial=initial),
        lambda form: link_to_chain(
            project_id=project_id,
            insight_ids=form.cleaned_data.get("insights", ()),
            action_ids=form.cleaned_data.get("actions", ()),
            by=request.viewer,
            at=timezone.now(),
        ),
    )


def evaluation(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Write the evaluation, step by step under the headings of the short form of GRIPP2."""
    found = _find(request, project_id)
    kept = get_evaluation(found)
    form = EvaluationForm(
        _sent(request), initial={name: getattr(kept, name, "") for name in EvaluationForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        done, _kept = try_to(
            form,
            lambda: write_evaluation(
                project_id=project_id, words=form.words(), by=request.viewer, at=timezone.now()
            ),
        )
        if done:
            return redirect("projects:project", project_id)
    return render(request, "partnership/projects/evaluation.html", {"form": form, "project": found})


def _report(request: ViewerRequest, project_id: UUID) -> dict[str, object]:
    found = _find(request, project_id, "see_relations")
    kept = get_evaluation(found)
    return {
        "project": found,
        "evaluation": kept,
        "sections": list_evaluation_sections(kept),
        "own_name": own_name(),
        "is_pdf": False,
    }


def evaluation_print(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Show the evaluation as a page to read and print."""
    return render(request, "partnership/projects/evaluation_print.html", _report(request, project_id))


def evaluation_pdf(request: ViewerRequest, project_id: UUID) -> HttpResponse:
    """Give the evaluation as a PDF."""
    context = {**_report(request, project_id), "is_pdf": True}
    html = render_to_string("partnership/projects/evaluation_print.html", context, request)
    found = make_report_pdf(html, read_print_stylesheet())
    record_export(
        what="evaluation",
        object_type="partnership.jointproject",
        object_ids=[project_id],
        ending="pdf",
        by=request.viewer,
        at=timezone.now(),
    )
    headers = {"Content-Disposition": 'attachment; filename="evaluation.pdf"'}
    return HttpResponse(found, content_type="application/pdf", headers=headers)
