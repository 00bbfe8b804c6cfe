"""What an erasure does to relationships: a person is at no meeting and leads nothing any more; the acts stay."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    Interaction,
    NoteAnswer,
    Priority,
    PriorityEvent,
    Promise,
    RegularContact,
    Relationship,
)

ACTS = "Who wrote, promised and answered is kept under no name (accountability, Article 5(2))."
GONE = "[erased]"


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (one shape for every room)
    """Take a person out of meetings and relationships, and empty what was kept of words that are erased as a voice.

    Names in notes are covered by the erasure itself, in every free text.
    """
    ids = subject.person_ids
    led = Relationship.objects.filter(lead_id__in=ids).update(lead=None)
    was_there, _each = Interaction.our_people.through.objects.filter(person_id__in=ids).delete()
    emptied = _empty_priorities(subject)
    wrote = Interaction.objects.filter(recorded_by_id__in=ids).count()
    priorities = Priority.objects.filter(recorded_by_id__in=ids).count()
    return [
        ErasedRows("partnership_relationship", erased=led),
        _kept("partnership_interaction", was_there, wrote),
        _kept("partnership_note_answer", 0, NoteAnswer.objects.filter(by_id__in=ids).count()),
        _kept("partnership_priority", emptied, priorities),
        _kept("partnership_priority_event", 0, PriorityEvent.objects.filter(by_id__in=ids).count()),
        _kept("partnership_promise", 0, Promise.objects.filter(made_by_id__in=ids).count()),
    ]


def _empty_priorities(subject: Subject) -> int:
    """Empty the priorities whose voices go: single ones, and everything a speaker said in regular contact."""
    spoken = RegularContact.objects.filter(engagement__voices__speaker_id__in=subject.speaker_ids)
    voices = Q(voice_id__in=subject.voice_ids) | Q(voice_id__in=spoken.values("engagement__voices__id"))
    return Priority.objects.filter(voices).exclude(words=GONE).update(words=GONE, said_by="")


def _kept(table: str, erased: int, kept: int) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=ACTS if kept else "")
