"""The last three links of the trail: action, outcome, feedback."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.base.rules import Viewer
from alongside.science.values.trail import TrailItem

ENDED = ("done", "not_doing", "closed")


@dataclass(frozen=True)
class Outcomes:
    """What came of some actions. It keeps all of them, because feedback also goes out before anything came of it."""

    actions: "QuerySet[Action]"

    @property
    def ended(self) -> "QuerySet[Action]":
        """Return the actions of which something came, or of which we said why not."""
        return self.actions.filter(state__in=ENDED)

    def count(self) -> int:
        """Return of how many actions something came."""
        return self.ended.count()


def actions_of_insights(viewer: Viewer, insight_ids: Any) -> "QuerySet[Any]":
    """Return ids of the actions that rest on these insights."""
    found = Action.objects.for_viewer(viewer).filter(insights__in=insight_ids)
    return Action.objects.filter(id__in=found.values("id")).values_list("id", flat=True)


def insights_of_actions(viewer: Viewer, action_ids: Any) -> "QuerySet[Any]":
    """Return ids of the insights these actions rest on, as far as the viewer may see them."""
    insights: Any = Action.insights.rel.model._default_manager.all()
    visible = insights.for_viewer(viewer).filter(actions__in=action_ids).values("id")
    return insights.model._default_manager.filter(id__in=visible).values_list("id", flat=True)  # type: ignore[no-any-return]


def describe_actions(viewer: Viewer, action_ids: Any) -> list[TrailItem]:
    """Return actions as stops."""
    actions = Action.objects.for_viewer(viewer).filter(id__in=action_ids)
    return [
        TrailItem(a.id, a.title, reverse("actions:action", args=[a.id]), a.created_at, a.get_state_display())
        for a in actions
    ]


def outcomes_of_actions(viewer: Viewer, action_ids: Any) -> Outcomes:
    """Return what came of these actions."""
    visible = Action.objects.for_viewer(viewer).filter(id__in=action_ids)
    return Outcomes(Action.objects.filter(id__in=visible.values("id")))


def actions_of_outcomes(viewer: Viewer, outcomes: Any) -> "QuerySet[Any]":
    """Return ids of the actions these outcomes came of."""
    if isinstance(outcomes, Outcomes):
        return outcomes.actions.values_list("id", flat=True)
    return outcomes_of_actions(viewer, outcomes).actions.values_list("id", flat=True)


def describe_outcomes(viewer: Viewer, outcomes: Any) -> list[TrailItem]:
    """Return what came of actions as stops."""
    kept = outcomes if isinstance(outcomes, Outcomes) else outcomes_of_actions(viewer, outcomes)
    return [
        TrailItem(
            a.id,
            a.what_came_of_it,
            f"{reverse('actions:action', args=[a.id])}#outcome",
            a.done_at,
            a.get_state_display(),
        )
        for a in kept.ended
    ]


def feedback_of_outcomes(viewer: Viewer, outcomes: Any) -> "QuerySet[Any]":
    """Return ids of the messages sent about these actions, before and after something came of them."""
    actions = actions_of_outcomes(viewer, outcomes)
    sent = FeedbackRound.objects.filter(action__in=actions, sent_at__isnull=False)
    return sent.values_list("id", flat=True)


def outcomes_of_feedback(viewer: Viewer, round_ids: Any) -> Outcomes:
    """Return the outcomes these messages told of."""
    rounds = FeedbackRound.objects.filter(id__in=round_ids)
    return outcomes_of_actions(viewer, rounds.values("action_id"))


def describe_feedback(viewer: Viewer, round_ids: Any) -> list[TrailItem]:
    """Return sent messages as stops."""
    visible = Action.objects.for_viewer(viewer)
    rounds = FeedbackRound.objects.filter(id__in=round_ids, action__in=visible, sent_at__isnull=False)
    return [
        TrailItem(r.id, r.message, _round_url(r.action_id), r.sent_at, r.get_stage_display()) for r in rounds
    ]


def _round_url(action_id: UUID) -> str:
    return f"{reverse('actions:action', args=[action_id])}#feedback"
