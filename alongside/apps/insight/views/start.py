"""Where the insight room begins, and asking for themes."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.engagement.queries import get_engagement
from alongside.apps.insight.forms import FindThemesForm
from alongside.apps.insight.operations import RunAsked, ask_for_themes
from alongside.apps.insight.queries import get_latest_run, list_overview


def start(request: ViewerRequest) -> HttpResponse:
    """Show every engagement with where its themes stand."""
    check_may(request.viewer, "see_themes")
    lines = list_overview(request.viewer)
    context = {
        "lines": lines,
        "waiting": [line for line in lines if line.to_decide],
        "may_find": request.viewer.may("find_themes"),
    }
    return render(request, "insight/start.html", context)


def engagement(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Lead to the review where there is one, else to finding themes, else say that nobody has looked yet."""
    check_may(request.viewer, "see_themes")
    found = get_engagement(request.viewer, engagement_id)
    if found is None:
        raise Http404
    if get_latest_run(request.viewer, engagement_id):
        return redirect("insight:review", engagement_id)
    if request.viewer.may("find_themes"):
        return redirect("insight:find_themes", engagement_id)
    return render(request, "insight/not_looked.html", {"engagement": found})


def find_themes(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Ask how to look for themes, then start looking."""
    check_may(request.viewer, "find_themes")
    found = get_engagement(request.viewer, engagement_id)
    if found is None:
        raise Http404
    latest = get_latest_run(request.viewer, engagement_id)
    form = FindThemesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = RunAsked(
            engagement_id=engagement_id,
            themes=form.get_number(),
            only_new=latest is not None and form.cleaned_data["which"] == "new",
        )
        back_url = reverse("insight:review", args=[engagement_id])
        try:
            job_id = ask_for_themes(by=request.viewer, at=timezone.now(), asked=asked, back_url=back_url)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("base:job", job_id)
    return render(request, "insight/find_themes.html", {"form": form, "engagement": found, "latest": latest})
