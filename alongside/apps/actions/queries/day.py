"""What the start page and search show of actions."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.actions.queries.actions import SOON, UNDERWAY, list_ended_untold
from alongside.apps.actions.queries.digests import count_waiting_mail
from alongside.apps.actions.queries.people import who_still_count
from alongside.apps.actions.queries.replies import count_new_replies
from alongside.apps.base.rules import Viewer
from alongside.science.values.trail import DayItem, SearchHit

NEW_FOR = timedelta(days=7)
MOST_LINES = 20  # of one sort on a start page; the list has the others


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what of actions belongs to a person's day: their own actions; for leads also untold ends and mail."""
    if not viewer.may("work_on_actions") and not viewer.may("tell_people"):
        return []
    items = [*_due(viewer, on)]
    if viewer.may("tell_people"):
        items += [*_untold(viewer), *_rounds(viewer), *_mail(viewer), *_replies(viewer, on)]
    return items


def _action_url(action: Action) -> str:
    return reverse("actions:action", args=[action.id])


def _due(viewer: Viewer, on: date) -> list[DayItem]:
    """Return late actions and those due in two weeks: one's own, and for leads everybody's that are late."""
    mine = Q(owner_id=viewer.own_id)
    whose = mine | Q(due_on__lt=on) if viewer.may("start_actions") else mine
    underway = Action.objects.for_viewer(viewer).filter(whose, state__in=UNDERWAY)
    coming = underway.filter(due_on__gte=on, due_on__lte=on + SOON)
    own = f"&owner={viewer.own_id}"
    return [
        *_as_items(
            underway.filter(due_on__lt=on),
            "late",
            "%d more actions are late",
            "late" if viewer.may("start_actions") else f"late{own}",
        ),
        *_as_items(coming, "needs_you", "%d more actions are due soon", f"soon{own}"),
    ]


def _as_items(found: "QuerySet[Action]", group: str, more: str, scope: str) -> list[DayItem]:
    shown, left = _cut(found.select_related("owner").order_by("due_on", "id"))
    items = [
        DayItem(group, one.title, _action_url(one), f"Action of {one.owner.name}, due", one.due_on)
        for one in shown
    ]
    return [*items, *_say_more(group, more, left, scope)]


def _cut(found: "QuerySet[Action]") -> tuple[list[Action], int]:
    """Return the first actions, as many as somebody reads on a start page, and how many more there are."""
    first = list(found[: MOST_LINES + 1])
    if len(first) <= MOST_LINES:
        return first, 0
    return first[: MOST_LINES - 1], found.count() - MOST_LINES + 1


def _say_more(group: str, words: str, left: int, scope: str) -> list[DayItem]:
    return [DayItem(group, words % left, f"{reverse('actions:list')}?scope={scope}")] if left else []


def _untold(viewer: Viewer) -> list[DayItem]:
    shown, left = _cut(list_ended_untold(viewer))
    items = [
        DayItem(
            group="needs_you",
            title=action.title,
            url=_action_url(action),
            detail="Ended, but nobody who spoke has been told",
        )
        for action in shown
    ]
    return [*items, *_say_more("needs_you", "%d more actions have ended untold", left, "untold")]


def _rounds(viewer: Viewer) -> list[DayItem]:
    unsent = FeedbackRound.objects.filter(sent_at=None, action__in=Action.objects.for_viewer(viewer))
    return [
        DayItem(
            group="needs_you",
            title=found.action.title,
            url=reverse("actions:round", args=[found.id]),
            detail=f"Message “{found.get_stage_display()}” is written but not sent",
        )
        for found in unsent.select_related("action")
    ]


def _mail(viewer: Viewer) -> list[DayItem]:
    waiting = count_waiting_mail(viewer)
    failed = _failed(viewer).count()
    items = []
    if waiting.people:
        words = (
            f"News waits for {waiting.people} people" if waiting.people > 1 else "News waits for one person"
        )
        items.append(DayItem("needs_you", words, reverse("actions:digest"), "Send the digest"))
    if failed:
        words = f"{failed} mails did not arrive" if failed > 1 else "One mail did not arrive"
        items.append(DayItem("needs_you", words, reverse("actions:digest"), "See whom else to ask"))
    return items


def _failed(viewer: Viewer) -> "QuerySet[Telling]":
    lost = [Telling.State.BOUNCED, Telling.State.FAILED]
    visible = Action.objects.for_viewer(viewer).exclude(state=Action.State.CLOSED)
    return Telling.objects.filter(state__in=lost, round__action__in=visible, speaker__in=who_still_count())


def _replies(viewer: Viewer, on: date) -> list[DayItem]:
    return [
        DayItem(
            group="new",
            title=action.title,
            url=f"{_action_url(action)}#replies",
            detail=f"{count} replies this week" if count > 1 else "One reply this week",
        )
        for action, count in count_new_replies(viewer, on - NEW_FOR)
    ]


def find_actions(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return actions in which these words stand."""
    found = Action.objects.for_viewer(viewer).filter(
        Q(title__icontains=words) | Q(description__icontains=words) | Q(what_came_of_it__icontains=words)
    )
    return [
        SearchHit("Action", action.title, _action_url(action), _around(action, words), action.due_on)
        for action in found[:limit]
    ]


def _around(action: Action, words: str) -> str:
    for text in (action.description, action.what_came_of_it):
        at = text.lower().find(words.lower())
        if at >= 0:
            start = max(0, at - 60)
            return f"{'…' if start else ''}{text[start : at + 120]}"
    return ""
