"""Which agreements an engagement needs before it asks anybody for their time, and which ones they are."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.apps.agreements.operations import give_paper, need_paper, withdraw_need
from alongside.apps.agreements.queries.needs import list_fitting_agreements, list_kinds, list_needs
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.forms.papers import GiveForm, NeedForm
from alongside.apps.engagement.queries import get_engagement

KIND = "engagement"


def _find(request: ViewerRequest, engagement_id: UUID) -> object:
    check_may(request.viewer, "run_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    return engagement


def papers(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Say that an engagement needs an agreement first, and see how each stands."""
    return _show(request, engagement_id, NeedForm(request.POST or None, kinds=list_kinds()))


def _show(request: ViewerRequest, engagement_id: UUID, form: NeedForm) -> HttpResponse:
    engagement = _find(request, engagement_id)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = try_to(
            form,
            lambda: need_paper(
                subject_kind=KIND,
                subject_id=engagement_id,
                kinds=data["kinds"],
                why=data["why"],
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if done:
            return redirect("engagement:papers", engagement_id)
    needs = list_needs(request.viewer, KIND, engagement_id)
    context = {
        "engagement": engagement,
        "needs": needs,
        "form": form,
        "give_form": GiveForm(agreements=list_fitting_agreements(request.viewer, needs)) if needs else None,
        "may_write": request.viewer.may("write_agreements"),
    }
    return render(request, "engagement/papers.html", context)


@require_POST
def give(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Name the agreement an engagement needed."""
    _find(request, engagement_id)
    needs = list_needs(request.viewer, KIND, engagement_id)
    form = GiveForm(request.POST, agreements=list_fitting_agreements(request.viewer, needs))
    if form.is_valid():
        give_paper(
            subject_kind=KIND,
            subject_id=engagement_id,
            agreement_id=form.cleaned_data["agreement"],
            by=request.viewer,
            at=timezone.now(),
        )
    return redirect("engagement:papers", engagement_id)


@require_POST
def withdraw(request: ViewerRequest, engagement_id: UUID, needed_id: UUID) -> HttpResponse:
    """Say that no agreement is needed after all, with the reason."""
    _find(request, engagement_id)
    if not any(one.id == needed_id for one in list_needs(request.viewer, KIND, engagement_id)):
        raise Http404
    withdraw_need(needed_id=needed_id, why=request.POST.get("why", ""), by=request.viewer, at=timezone.now())
    return redirect("engagement:papers", engagement_id)
