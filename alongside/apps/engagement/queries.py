"""Reads about engagements and voices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, Voice
from alongside.science.values.themes import VoiceText


@dataclass(frozen=True)
class EngagementLine:
    id: UUID
    title: str
    kind: str
    starts_on: date


def get_engagement(viewer: Viewer, engagement_id: UUID) -> Engagement | None:
    return Engagement.objects.for_viewer(viewer).filter(id=engagement_id).first()


def list_engagements(viewer: Viewer) -> list[Engagement]:
    return list(Engagement.objects.for_viewer(viewer))


def list_voice_texts(viewer: Viewer, engagement_id: UUID) -> list[VoiceText]:
    rows = Voice.objects.filter(engagement_id=engagement_id, is_moderator=False, replaced_by=None).order_by("id")
    return [
        VoiceText(str(r.id), "" if r.is_blank else r.text, str(r.speaker_id) if r.speaker_id else None) for r in rows
    ]
