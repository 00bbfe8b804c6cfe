"""Insights: the list, one insight, writing it, standing behind it, what patients say."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_export
from alongside.apps.base.presenters import find_url, make_chips, make_pager
from alongside.apps.base.queries import get_trail, list_saved_views
from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.insight import operations
from alongside.apps.insight.forms import ConfirmationForm, InsightForm, ListForm
from alongside.apps.insight.presenters import answer_with_table, select_items, state_tone, suggest_limits
from alongside.apps.insight.queries import (
    CONFIRMED,
    KINDS,
    STATES,
    InsightFilter,
    count_evidence,
    export_evidence,
    export_insights,
    get_insight_page,
    get_lost_quote,
    list_insights,
    list_theme_choices,
    make_lines,
)

ROWS_ON_A_PAGE = 25


def insights(request: ViewerRequest) -> HttpResponse:
    """List insights."""
    check_may(request.viewer, "see_insights")
    wanted = _filter(request)
    found = list_insights(request.viewer, wanted)
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    labels = {
        "q": (_("Words"), {}),
        "kind": (_("Kind"), {value: str(label) for value, label in KINDS}),
        "state": (_("State"), {value: str(label) for value, label in STATES}),
        "confirmed": (_("Patients"), {value: str(label) for value, label in CONFIRMED}),
    }
    lines = make_lines(list(page.object_list))
    context = {
        "lines": [(line, state_tone(line.state)) for line in lines],
        "pager": make_pager(page, request.GET),
        "chips": make_chips(request.GET, labels),
        "kinds": select_items(KINDS, wanted.kind),
        "states": select_items(STATES, wanted.state),
        "confirmed": select_items(CONFIRMED, wanted.confirmed),
        "query": request.GET.urlencode(),
        "saved_views": list_saved_views(request.viewer, "insight:insights"),
        "may_export": request.viewer.may("export_rows"),
        "may_write": request.viewer.may("write_insights"),
        "has_filters": wanted != InsightFilter(),
    }
    return render(request, "insight/insights.html", context)


def export(request: ViewerRequest, what: str, ending: str) -> HttpResponse:
    """Give the filtered insights, or their evidence, as a file."""
    wanted, is_evidence = _filter(request), what == "evidence"
    table = (export_evidence if is_evidence else export_insights)(request.viewer, wanted, ending)
    found = list_insights(request.viewer, wanted)
    record_export(
        what="evidence" if is_evidence else "insights",
        object_type="insight.insight",
        object_ids=list(found.values_list("id", flat=True)),
        rows=count_evidence(found) if is_evidence else found.count(),
        ending=ending,
        by=request.viewer,
        at=timezone.now(),
    )
    return answer_with_table(table, what, ending)


def insight(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Show one insight."""
    return _show(request, insight_id)


@require_POST
def looked_again(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Record that somebody looked again after a quote was withdrawn."""
    operations.look_again(insight_id=insight_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Noted: you have looked at it again."))
    return redirect("insight:insight", insight_id)


def write(request: ViewerRequest) -> HttpResponse:
    """Write an insight from one or more themes."""
    check_may(request.viewer, "write_insights")
    choices = list_theme_choices(request.viewer)
    form = InsightForm(request.POST or None, themes=choices, initial={"themes": request.GET.getlist("theme")})
    if request.method == "POST" and form.is_valid():
        try:
            new = operations.write_insight(by=request.viewer, at=timezone.now(), text=form.get_text())
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Written as a draft. Add the evidence it stands on."))
            return redirect("insight:insight", new)
    return render(request, "insight/write.html", {"form": form, "page": None, "has_themes": bool(choices)})


def change(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Change what an insight says."""
    check_may(request.viewer, "write_insights")
    page = get_insight_page(request.viewer, insight_id)
    if page is None:
        raise Http404
    initial = {
        "statement": page.line.statement,
        "kind": page.line.kind,
        "limits": suggest_limits(page) if request.GET.get("suggest") else page.line.limits,
        "themes": [str(theme_id) for theme_id, _name in page.themes],
    }
    form = InsightForm(request.POST or None, themes=list_theme_choices(request.viewer), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_insight(
                by=request.viewer, at=timezone.now(), insight_id=insight_id, text=form.get_text()
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Changed."))
            return redirect("insight:insight", insight_id)
    return render(request, "insight/write.html", {"form": form, "page": page, "has_themes": True})


@require_POST
def decide(request: ViewerRequest, insight_id: UUID, decision: str) -> HttpResponse:
    """Stand behind an insight, step back, retire it, bring it back, or disagree."""
    if decision not in _DECIDE:
        raise Http404
    _check_may_decide(request.viewer, decision)
    try:
        words = _DECIDE[decision](request, insight_id)
    except Refused as refusal:
        return _show(request, insight_id, refusal=refusal.reason)
    messages.success(request, words)
    return redirect("insight:insight", insight_id)


@require_POST
def confirm(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Record what a patient partner says about an insight."""
    check_may(request.viewer, "confirm_insights")
    form = ConfirmationForm(request.POST)
    if form.is_valid():
        try:
            operations.confirm_insight(
                by=request.viewer,
                at=timezone.now(),
                insight_id=insight_id,
                answer=form.cleaned_data["answer"],
                note=form.cleaned_data["note"],
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Thank you. Your answer stands beside the insight."))
            return redirect("insight:insight", insight_id)
    return _show(request, insight_id, confirmation=form)


def _stand(request: ViewerRequest, insight_id: UUID) -> str:
    operations.stand_behind(by=request.viewer, at=timezone.now(), insight_id=insight_id)
    return _("You stand behind this insight.")


def _step_back(request: ViewerRequest, insight_id: UUID) -> str:
    operations.step_back(by=request.viewer, at=timezone.now(), insight_id=insight_id)
    return _("You no longer stand behind this insight.")


def _retire(request: ViewerRequest, insight_id: UUID) -> str:
    reason = request.POST.get("reason", "")
    operations.retire_insight(by=request.viewer, at=timezone.now(), insight_id=insight_id, reason=reason)
    return _("Retired. It stays readable, and can be brought back.")


def _bring_back(request: ViewerRequest, insight_id: UUID) -> str:
    operations.bring_back_insight(by=request.viewer, at=timezone.now(), insight_id=insight_id)
    return _("Brought back.")


def _disagree(request: ViewerRequest, insight_id: UUID) -> str:
    reason = request.POST.get("reason", "")
    operations.record_dissent(by=request.viewer, at=timezone.now(), reason=reason, insight_id=insight_id)
    return _("Your disagreement stands beside the insight.")


_NEEDS = {
    "retire": "stand_behind_insights",
    "bring-back": "stand_behind_insights",
    "disagree": "record_dissent",
}


def _check_may_decide(viewer: Viewer, decision: str) -> None:
    """Refuse who lacks the right before anything is looked up, so that nobody learns what there is."""
    check_may(viewer, _NEEDS.get(decision, "see_insights"))
    if decision == "stand" and not viewer.may("confirm_insights"):
        check_may(viewer, "stand_behind_insights")


_DECIDE: dict[str, Callable[[ViewerRequest, UUID], str]] = {
    "stand": _stand,
    "step-back": _step_back,
    "retire": _retire,
    "bring-back": _bring_back,
    "disagree": _disagree,
}


def _filter(request: ViewerRequest) -> InsightFilter:
    form = ListForm(request.GET)
    return InsightFilter(
        words=form.value("q") or "",
        kind=form.value("kind") or "",
        state=form.value("state") or "",
        confirmed=form.value("confirmed") or "",
    )


def _show(
    request: ViewerRequest, insight_id: UUID, refusal: str = "", confirmation: ConfirmationForm | None = None
) -> HttpResponse:
    check_may(request.viewer, "see_insights")
    page = get_insight_page(request.viewer, insight_id)
    if page is None:
        raise Http404
    viewer = request.viewer
    co_owns = viewer.sees_only_invited and viewer.may("confirm_insights")
    context = {
        "page": page,
        "tone": state_tone(page.line.state),
        "lost": get_lost_quote(viewer, insight_id) if viewer.may("write_insights") else None,
        "trail": get_trail(viewer, "insight", insight_id),
        "refusal": refusal,
        "typed": request.POST,
        "confirmation": confirmation or ConfirmationForm(initial={"answer": page.own_answer}),
        "may_write": viewer.may("write_insights") and page.line.state != "retired",
        "may_stand": (viewer.may("stand_behind_insights") or co_owns) and page.line.state != "retired",
        "may_retire": viewer.may("stand_behind_insights"),
        "may_confirm": viewer.may("confirm_insights") and page.line.state != "retired",
        "may_dissent": viewer.may("record_dissent"),
        # The room above is known by the name of its page alone, as in the header.
        "action_url": find_url("actions:new") if viewer.may("start_actions") else "",
    }
    return render(request, "insight/insight.html", context)
