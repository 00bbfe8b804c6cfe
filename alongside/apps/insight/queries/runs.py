"""Runs of the engine, and the voices the next one would read."""

from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import VoiceFilter, list_voice_texts, list_voices
from alongside.apps.insight.models import Placement, ThemeRun
from alongside.science.values.themes import VoiceText


def get_latest_run(viewer: Viewer, engagement_id: UUID) -> ThemeRun | None:
    """Return the run the review shows: the latest that finished."""
    runs = ThemeRun.objects.for_viewer(viewer)
    return runs.filter(engagement_id=engagement_id, finished_at__isnull=False).first()


def list_voices_to_place(viewer: Viewer, engagement_id: UUID, *, only_new: bool) -> list[VoiceText]:
    """Return the voices the engine would read: all that count, or those no person has placed yet."""
    blank = list_voices(viewer, engagement_id, VoiceFilter(kind="blank")).values_list("id", flat=True)
    voices = list_voice_texts(viewer, engagement_id)
    voices += [VoiceText(str(voice_id), "") for voice_id in blank]
    if not only_new:
        return voices
    placed = Placement.objects.filter(voice__engagement_id=engagement_id).values_list("voice_id", flat=True)
    known = {str(voice_id) for voice_id in placed.iterator()}
    return [voice for voice in voices if voice.id not in known]
