"""The list of actions, one action, and changing it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.actions.bridge import make_xlsx, stream_csv
from alongside.apps.actions.forms import ChangeActionForm, NewActionForm, WordsForm
from alongside.apps.actions.operations.actions import (
    add_note,
    change_action,
    close_action,
    move_action,
    start_action,
)
from alongside.apps.actions.presenters import draw_filters, draw_progress, export_rows, get_next_step
from alongside.apps.actions.presenters.lists import EXPORT_COLUMNS, Filters
from alongside.apps.actions.presenters.moves import get_move_page
from alongside.apps.actions.presenters.stages import list_stages
from alongside.apps.actions.queries.actions import (
    ActionFilters,
    get_action,
    list_actions,
    list_history,
    list_insights_behind,
    list_insights_to_act_on,
    list_owners_in_use,
    list_partners_in_use,
    read_id,
)
from alongside.apps.actions.queries.progress import get_action_progress
from alongside.apps.actions.queries.public import get_help_summary
from alongside.apps.actions.queries.replies import list_replies
from alongside.apps.actions.queries.rounds import list_rounds
from alongside.apps.actions.rules import list_next_states
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_read
from alongside.apps.base.queries import get_trail, list_saved_views
from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.people.queries import list_organisations, list_people_with_permission

ROWS_A_PAGE = 30


def _read_filters(request: ViewerRequest) -> ActionFilters:
    get = request.GET.get
    return ActionFilters(
        words=get("words", "").strip()[:100],
        state=get("state", ""),
        scope=get("scope", ""),
        owner=get("owner", ""),
        origin=get("origin", ""),
        partner=get("partner", ""),
    )


def _filters(request: ViewerRequest) -> Filters:
    viewer = request.viewer
    return draw_filters(request.GET, list_owners_in_use(viewer), list_partners_in_use(viewer))


def actions(request: ViewerRequest) -> HttpResponse:
    """List the actions a person may see."""
    check_may(request.viewer, "see_actions")
    today = timezone.localdate()
    found = list_actions(request.viewer, _read_filters(request), today)
    context = {
        "page": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "filters": _filters(request),
        "saved_views": list_saved_views(request.viewer, "actions:list"),
        "query": request.GET.urlencode(),
        "today": today,
        "may_start": request.viewer.may("start_actions"),
        "may_export": request.viewer.may("export_rows"),
        "may_tell": request.viewer.may("tell_people"),
    }
    return render(request, "actions/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "export_rows")
    found = list_actions(request.viewer, _read_filters(request), timezone.localdate())
    record_read(by=request.viewer, at=timezone.now(), what="export_actions", rows=found.count())
    rows = export_rows(found)
    if kind == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            stream_csv(EXPORT_COLUMNS, rows), content_type="text/csv; charset=utf-8"
        )
    elif kind == "xlsx":
        answer = HttpResponse(
            make_xlsx(EXPORT_COLUMNS, rows, "Actions"),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="actions.{kind}"'
    return answer


def _people(viewer: Viewer) -> list[tuple[UUID, str]]:
    return list_people_with_permission(viewer, "work_on_actions")


def _partners(viewer: Viewer) -> list[tuple[UUID, str]]:
    return [(one.id, one.name) for one in list_organisations(viewer) if one.kind != "own"]


def new(request: ViewerRequest) -> HttpResponse:
    """Begin an action."""
    viewer = request.viewer
    check_may(viewer, "start_actions")
    insights = list_insights_to_act_on(viewer)
    chosen = read_id(request.GET.get("insight", ""))
    form = NewActionForm(
        request.POST if request.method == "POST" else None,
        owners=_people(viewer),
        partners=_partners(viewer),
        insights=insights,
        initial={"insights": [str(chosen)] if chosen else [], "origin": "insight" if chosen else None},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            begun = start_action(
                plan=form.plan(),
                origin=data["origin"],
                insight_ids=data.get("insights", ()) if data["origin"] == "insight" else (),
                origin_note=data["origin_note"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:action", begun.id)
    return render(request, "actions/new.html", {"form": form})


def action(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Show one action whole: what it rests on, who was told, what came of it, what to do next."""
    viewer = request.viewer
    check_may(viewer, "see_actions")
    found = get_action(viewer, action_id)
    if found is None:
        raise Http404
    rounds = list_rounds(viewer, action_id)
    progress = get_action_progress(viewer, action_id)
    context = {
        "action": found,
        "next_step": get_next_step(viewer, found, [line.round for line in rounds], progress),
        "insights": list_insights_behind(viewer, found),
        "rounds": rounds,
        "stages": list_stages(found, [line.round for line in rounds]) if viewer.may("tell_people") else [],
        "progress": progress,
        "segments": draw_progress(progress),
        "history": list_history(viewer, found),
        "help": get_help_summary(viewer, action_id),
        "replies": list_replies(viewer, action_id),
        "trail": get_trail(viewer, "action", action_id),
        "next_states": list_next_states(found.state),
        "today": timezone.localdate(),
        "may_work": viewer.may("work_on_actions"),
        "may_tell": viewer.may("tell_people"),
    }
    return render(request, "actions/action.html", context)


def change(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Change an action's words, owner, date or partners."""
    viewer = request.viewer
    check_may(viewer, "work_on_actions")
    found = get_action(viewer, action_id)
    if found is None:
        raise Http404
    owners = dict([*_people(viewer), (found.owner_id, found.owner.name)])
    form = ChangeActionForm(
        request.POST if request.method == "POST" else None,
        owners=list(owners.items()),
        partners=_partners(viewer),
        initial={
            "title": found.title,
            "description": found.description,
            "owner": found.owner_id,
            "due_on": found.due_on,
            "partners": [str(partner.id) for partner in found.partners.all()],
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_action(
                action_id=action_id,
                plan=form.plan(),
                reason=form.cleaned_data["reason"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:action", action_id)
    return render(request, "actions/change.html", {"form": form, "action": found})


def move(request: ViewerRequest, action_id: UUID, to: str) -> HttpResponse:
    """Bring an action to another state, with the words that it needs."""
    viewer = request.viewer
    check_may(viewer, "work_on_actions")
    found = get_action(viewer, action_id)
    page = get_move_page(found, to) if found else None
    if found is None or page is None:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None, label=page.label, hint=page.hint)
    form.fields["words"].required = page.needs_words
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            move_action(action_id=action_id, to=to, words=words, by=viewer, at=timezone.now())
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:action", action_id)
    return render(request, "actions/move.html", {"form": form, "action": found, "page": page})


@require_POST
def note(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Write a line into an action's history."""
    add_note(action_id=action_id, words=request.POST.get("words", ""), by=request.viewer, at=timezone.now())
    return redirect("actions:action", action_id)


def close(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Close an action, or say exactly what is missing."""
    viewer = request.viewer
    check_may(viewer, "work_on_actions")
    found = get_action(viewer, action_id)
    if found is None:
        raise Http404
    missing = ""
    if request.method == "POST":
        try:
            close_action(action_id=action_id, by=viewer, at=timezone.now())
        except Refused as refusal:
            missing = refusal.reason
        else:
            messages.success(request, _("Closed. Those who spoke were told how it ended."))
            return redirect("actions:action", action_id)
    progress = get_action_progress(viewer, action_id)
    context = {"action": found, "progress": progress, "segments": draw_progress(progress), "missing": missing}
    return render(request, "actions/close.html", context, status=409 if missing else 200)
