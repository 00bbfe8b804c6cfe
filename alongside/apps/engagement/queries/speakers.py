"""The people behind voices: how many, and whether they can be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Contact, Speaker, Voice


@dataclass(frozen=True)
class SpeakerContact:
    """A person behind voices, and whether and how they can be told. No address stands here."""

    speaker_id: UUID
    engagement_id: UUID
    pseudonym: str
    voices: int
    channel: str
    language: str
    may_be_contacted: bool


def count_people(viewer: Viewer, voice_ids: Any) -> int:
    """Return how many known people said these voices (ids, or a query of ids); each counts once."""
    voices = Voice.objects.for_viewer(viewer).that_count().filter(id__in=voice_ids)
    return voices.exclude(speaker=None).order_by().values("speaker_id").distinct().count()


def list_speakers_of_voices(viewer: Viewer, voice_ids: Any) -> list[SpeakerContact]:
    """Return the people behind voices (ids, or a query of ids), each once, and whether they may be contacted.

    Somebody may be contacted where a voice of theirs rests on a basis that allows it, they gave a contact that
    was brought in, and they did not ask to stop. The contact itself is asked for one by one.
    """
    voices = Voice.objects.for_viewer(viewer).that_count().filter(id__in=voice_ids).exclude(speaker=None)
    allowed: dict[UUID, bool] = {}
    number: dict[UUID, int] = {}
    for speaker_id, may_contact in voices.order_by().values_list("speaker_id", "basis__may_contact_again"):
        if speaker_id is not None:
            allowed[speaker_id] = allowed.get(speaker_id, False) or may_contact
            number[speaker_id] = number.get(speaker_id, 0) + 1
    contacts = {contact.speaker_id: contact for contact in _current_contacts(allowed)}
    return [
        SpeakerContact(
            speaker_id=speaker.id,
            engagement_id=speaker.engagement_id,
            pseudonym=speaker.pseudonym,
            voices=number[speaker.id],
            channel=contacts[speaker.id].channel if speaker.id in contacts else "",
            language=contacts[speaker.id].language if speaker.id in contacts else "en",
            may_be_contacted=allowed[speaker.id] and speaker.id in contacts,
        )
        for speaker in Speaker.objects.filter(id__in=list(allowed)).order_by("pseudonym", "id")
    ]


def get_contact(viewer: Viewer, speaker_id: UUID) -> Contact | None:
    """Return how to reach somebody who may be contacted, for those who see contacts; None otherwise."""
    if not viewer.may("see_contacts"):
        return None
    voices = Voice.objects.filter(speaker_id=speaker_id)
    if not voices.filter(basis__may_contact_again=True, basis__may_analyse=True).exists():
        return None
    return _current_contacts([speaker_id]).first()


def _current_contacts(speaker_ids: Iterable[UUID]) -> QuerySet[Contact]:
    here = Q(source=None) | Q(source__brought_in_at__isnull=False)
    return Contact.objects.filter(here, speaker_id__in=list(speaker_ids), stopped_at=None)
