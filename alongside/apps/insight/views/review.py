"""The review: read what the engine proposes, decide, undo; one proposal at a time."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.insight import operations
from alongside.apps.insight.forms import DecisionForm, Typed
from alongside.apps.insight.presenters import ListPages, get_next_after
from alongside.apps.insight.queries import (
    Review,
    get_open_item,
    get_review,
    list_item_voices,
    list_unplaced,
)

# A cookie: whoever speaks to their computer needs it off after signing in again too.
KEYS_OFF = f"{settings.COOKIE_PREFIX}review_keys_are_off"
A_YEAR = 365 * 24 * 3600
VOICES_ON_A_PAGE = 40


def review(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show the review with one item open."""
    return _show(request, _get_review(request, engagement_id), request.GET.get("item", ""))


@require_POST
def decide(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Take one decision; a refusal shows the review again with everything that was typed."""
    disagrees = request.POST.get("decision") == "dissent"
    check_may(request.viewer, "record_dissent" if disagrees else "decide_themes")
    found = _get_review(request, engagement_id)
    form = DecisionForm(request.POST)
    item = request.POST.get("item", "")
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _show(request, found, item, refusal=words)
    typed = form.get_typed()
    try:
        words, go_to = _DECIDE[typed.decision](request.viewer, timezone.now(), found, typed)
    except Refused as refusal:
        if typed.voice_ids or typed.decision == "split":
            return _show_voices(request, found, refusal=refusal.reason)
        return _show(request, found, item, refusal=refusal.reason)
    messages.success(request, words)
    if request.POST.get("back") == "voices":
        return redirect(f"{reverse('insight:review_voices', args=[engagement_id])}?{_same_list(request)}")
    url = reverse("insight:review", args=[engagement_id])
    return redirect(f"{url}?item={go_to}#open" if go_to else url)


def voices(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show the voices of an item, or those in no theme, to read, move or split off."""
    return _show_voices(request, _get_review(request, engagement_id))


@require_POST
def switch_keys(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Switch the single-key shortcuts off or on in this browser, for a year."""
    url = reverse("insight:review", args=[engagement_id])
    item = request.POST.get("item", "")
    answer = redirect(f"{url}?item={item}" if item else url)
    if _keys_are_on(request):
        answer.set_cookie(
            KEYS_OFF, "yes", max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    else:
        answer.set_cookie(KEYS_OFF, "", max_age=0, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer


def _keys_are_on(request: ViewerRequest) -> bool:
    return not request.COOKIES.get(KEYS_OFF)


def _accept(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    item = _need(typed.item_id)
    operations.accept_theme(by=viewer, at=at, proposed_theme_id=item, name=typed.name, reason=typed.reason)
    return _("Accepted."), get_next_after(found, item)


def _reject(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    item = _need(typed.item_id)
    operations.reject_theme(by=viewer, at=at, proposed_theme_id=item, reason=typed.reason)
    return _("Rejected. Its voices are in “unplaced: please read”."), get_next_after(found, item)


def _rename(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    item = _need(typed.item_id)
    operations.rename_theme(by=viewer, at=at, theme_id=item, name=typed.name, reason=typed.reason)
    return _("Renamed."), item


def _merge(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    item, into = _need(typed.item_id), typed.into_id
    if into is None:
        raise Refused(_("Choose the theme to merge into."), field="into")
    if typed.is_open:
        theme = operations.merge_proposal(
            by=viewer, at=at, proposed_theme_id=item, into_id=into, reason=typed.reason
        )
        return _("Merged."), get_next_after(found, item) or theme
    return _("Merged."), operations.merge_themes(
        by=viewer, at=at, theme_id=item, into_id=into, reason=typed.reason
    )


def _split(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    new = operations.split_theme(
        by=viewer,
        at=at,
        item_id=_need(typed.item_id),
        voice_ids=typed.voice_ids,
        name=typed.name,
        reason=typed.reason,
    )
    return _("Split: the chosen voices are a theme of their own now."), new


def _move(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    if typed.into_id is None and not typed.name.strip():
        raise Refused(_("Choose a theme to put these voices into, or name a new one."), field="into")
    theme = operations.move_voices(
        by=viewer,
        at=at,
        engagement_id=found.engagement_id,
        voice_ids=typed.voice_ids,
        to_id=typed.into_id,
        new_name=typed.name,
        reason=typed.reason,
    )
    return _("Placed."), theme


def _undo(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    operations.undo_decision(by=viewer, at=at, decision_id=_need(typed.decision_id), reason=typed.reason)
    return _("Undone. Everything is as it was before."), typed.item_id


def _dissent(viewer: Viewer, at: datetime, found: Review, typed: Typed) -> tuple[str, UUID | None]:
    operations.record_dissent(by=viewer, at=at, theme_id=_need(typed.item_id), reason=typed.reason)
    return _("Your disagreement stands beside the theme."), typed.item_id


_DECIDE: dict[str, Callable[[Viewer, datetime, Review, Typed], tuple[str, UUID | None]]] = {
    "accept": _accept,
    "reject": _reject,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "move": _move,
    "undo": _undo,
    "dissent": _dissent,
}


def _need(value: UUID | None) -> UUID:
    if value is None:
        raise Refused(_("Open a proposal or a theme first, then decide about it."))
    return value


def _get_review(request: ViewerRequest, engagement_id: UUID) -> Review:
    check_may(request.viewer, "see_themes")
    found = get_review(request.viewer, engagement_id)
    if found is None:
        raise Http404
    return found


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _show(request: ViewerRequest, found: Review, item: str, refusal: str = "") -> HttpResponse:
    opened = get_open_item(request.viewer, found, _as_id(item))
    context = {
        "review": found,
        "open": opened,
        "typed": request.POST,
        "refusal": refusal,
        "may_decide": request.viewer.may("decide_themes"),
        "may_dissent": request.viewer.may("record_dissent"),
        "may_find": request.viewer.may("find_themes"),
        "keys_are_on": _keys_are_on(request),
    }
    return render(request, "insight/review.html", context)


def _same_list(request: ViewerRequest) -> str:
    item = request.POST.get("list", "")
    return f"item={item}" if item else "unplaced=1"


def _show_voices(request: ViewerRequest, found: Review, refusal: str = "") -> HttpResponse:
    wanted = request.POST.get("list", "") if request.method == "POST" else request.GET.get("item", "")
    item_id = _as_id(wanted)
    item = next((one for one in found.all_items if one.id == item_id), None)
    if item_id and item is None:
        raise Http404
    listed = (
        list_item_voices(request.viewer, item.id)
        if item
        else list_unplaced(request.viewer, found.engagement_id)
    )
    if listed is None:
        raise Http404
    page = Paginator(ListPages(listed), VOICES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "review": found,
        "item": item,
        "listed": listed,
        "page": page,
        "targets": [one for one in (*found.decided, *found.to_decide) if one != item],
        "may_decide": request.viewer.may("decide_themes"),
        "refusal": refusal,
        "typed": request.POST,
        "ticked": request.POST.getlist("voices"),
    }
    return render(request, "insight/voices.html", context)
