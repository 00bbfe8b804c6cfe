"""Runs of the engine, and the voices the next one would read."""

from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import list_voice_texts
from alongside.apps.insight.models import Placement, ThemeRun
from alongside.science.values.themes import VoiceText


def get_latest_run(viewer: Viewer, engagement_id: UUID) -> ThemeRun | None:
    """Return the run the review shows: the latest that finished."""
    runs = ThemeRun.objects.for_viewer(viewer)
    return runs.filter(engagement_id=engagement_id, finished_at__isnull=False).first()


def list_voices_to_place(viewer: Viewer, engagement_id: UUID, *, only_new: bool) -> list[VoiceText]:
    """Return the voices the engine would read: all that count, or those no person has placed yet."""
    voices = list_voice_texts(viewer, engagement_id)
    if not only_new:
        return list(voices)
    placed = Placement.objects.filter(voice__engagement_id=engagement_id).values_list("voice_id", flat=True)
    known = {str(voice_id) for voice_id in placed.iterator()}
    return [voice for voice in voices if voice.id not in known]
