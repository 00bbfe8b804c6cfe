"""Messages to those who spoke: writing, previewing, choosing how each group hears them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.actions.bridge import delivers_mail
from alongside.apps.actions.forms import ChannelForm, RoundForm
from alongside.apps.actions.operations.rounds import change_round, send_round, take_back_round, write_round
from alongside.apps.actions.operations.tellings import give_up_on_group, record_channel
from alongside.apps.actions.presenters import draw_progress, get_reading_hints
from alongside.apps.actions.presenters.stages import get_stage_guide
from alongside.apps.actions.queries.actions import get_action, list_insights_behind, read_id
from alongside.apps.actions.queries.progress import get_round_progress
from alongside.apps.actions.queries.rounds import (
    count_left_to_mail,
    get_round,
    list_groups,
    list_recorded_for_all,
)
from alongside.apps.actions.queries.visits import preview_story
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may


def write(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Write a message of one stage."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_action(viewer, action_id)
    guide = get_stage_guide(request.GET.get("stage", "heard"))
    if found is None or guide is None:
        raise Http404
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        initial={"message": guide.opening, "thanks": guide.thanks},
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = write_round(
                action_id=action_id,
                stage=guide.stage,
                message=form.cleaned_data["message"],
                thanks=form.cleaned_data["thanks"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:round", written.id)
    context = {
        "form": form,
        "action": found,
        "guide": guide,
        "insights": list_insights_behind(viewer, found),
        "cancel_url": "",
    }
    return render(request, "actions/write_round.html", context)


def round_page(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """Show a message as its readers see it, and how each group hears it."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_round(viewer, round_id)
    if found is None:
        raise Http404
    progress = get_round_progress(viewer, round_id)
    context = {
        "round": found,
        "action": found.action,
        "story": preview_story(found.action, found),
        "hints": get_reading_hints(found.message),
        "progress": progress,
        "segments": draw_progress(progress),
        "groups": list_groups(viewer, found),
        "recorded_for_all": list_recorded_for_all(found),
        "left_to_mail": count_left_to_mail(viewer, found),
        "delivers_mail": delivers_mail(),
    }
    return render(request, "actions/round.html", context)


def change(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """Change a message that nobody has been sent."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_round(viewer, round_id)
    if found is None:
        raise Http404
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        initial={"message": found.message, "thanks": found.thanks},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_round(
                round_id=round_id,
                message=form.cleaned_data["message"],
                thanks=form.cleaned_data["thanks"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:round", round_id)
    context = {
        "form": form,
        "action": found.action,
        "guide": get_stage_guide(found.stage),
        "insights": list_insights_behind(viewer, found.action),
        "round": found,
    }
    return render(request, "actions/write_round.html", context)


@require_POST
def take_back(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """Take back a message that nobody has been sent."""
    action_id = take_back_round(round_id=round_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken back. Nobody was sent this message."))
    return redirect("actions:action", action_id)


@require_POST
def send(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """Put everybody who may be written to into the next digest."""
    check_may(request.viewer, "tell_people")
    if get_round(request.viewer, round_id) is None:
        raise Http404
    try:
        count = send_round(round_id=round_id, by=request.viewer, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        words = ngettext(
            "%(count)s person gets this with the next digest.",
            "%(count)s people get this with the next digest.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect("actions:round", round_id)


def channel(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """Record how a group was told, or why it cannot be."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_round(viewer, round_id)
    if found is None:
        raise Http404
    engagement_id = read_id(request.GET.get("group", ""))
    group = next((one for one in list_groups(viewer, found) if one.engagement_id == engagement_id), None)
    if engagement_id is not None and group is None:
        raise Http404
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        try:
            if data["channel"] == "none":
                give_up_on_group(
                    round_id=round_id, engagement_id=engagement_id, note=data["note"], by=viewer, at=at
                )
            else:
                record_channel(
                    round_id=round_id,
                    engagement_id=engagement_id,
                    channel=data["channel"],
                    note=data["note"],
                    by=viewer,
                    at=at,
                )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:round", round_id)
    context = {"form": form, "round": found, "action": found.action, "group": group}
    return render(request, "actions/channel.html", context)
