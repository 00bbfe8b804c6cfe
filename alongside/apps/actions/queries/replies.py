"""What people answered to feedback: a reply is a new voice."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.actions.queries.people import all_voices
from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class Reply:
    """One reply: the words, to which message, when."""

    voice_id: UUID
    engagement_id: UUID
    text: str
    language: str
    stage_label: str
    at: datetime


def list_replies(viewer: Viewer, action_id: UUID) -> list[Reply]:
    """Return the replies to an action's messages that the viewer may read, newest first."""
    visible = Action.objects.for_viewer(viewer)
    rounds = {
        found.id: found for found in FeedbackRound.objects.filter(action_id=action_id, action__in=visible)
    }
    voices: Any = all_voices().for_viewer(viewer).that_count()
    return [
        Reply(
            voice_id=voice.id,
            engagement_id=voice.engagement_id,
            text=voice.text,
            language=voice.language,
            stage_label=rounds[voice.replies_to_round_id].get_stage_display(),
            at=voice.created_at,
        )
        for voice in voices.filter(replies_to_round_id__in=list(rounds)).order_by("-created_at")
    ]


def count_new_replies(viewer: Viewer, since: date) -> list[tuple[Action, int]]:
    """Return the actions whose messages were answered since a day, each with how many answers."""
    voices: Any = all_voices().for_viewer(viewer).that_count()
    recent = voices.filter(replies_to_round_id__isnull=False, created_at__date__gte=since)
    counts: dict[UUID, int] = {}
    for round_id in recent.values_list("replies_to_round_id", flat=True):
        counts[round_id] = counts.get(round_id, 0) + 1
    by_action: dict[UUID, int] = {}
    rounds = FeedbackRound.objects.filter(id__in=counts, action__in=Action.objects.for_viewer(viewer))
    for found in rounds:
        by_action[found.action_id] = by_action.get(found.action_id, 0) + counts[found.id]
    actions = Action.objects.filter(id__in=by_action)
    return [(action, by_action[action.id]) for action in actions]
