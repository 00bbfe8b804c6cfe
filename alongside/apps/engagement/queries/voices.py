"""What was said: lists, one voice, and what the rooms above read of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.queries.views_of_voices import WITH_VOICES, VoiceView, view_voices
from alongside.apps.engagement.rules import FACT_COLUMNS
from alongside.science.values.themes import VoiceText
from alongside.science.values.trail import SearchHit

EXCERPT_LETTERS = 60
MOST_CHOICES = 200


@dataclass(frozen=True)
class VoiceFilter:
    """Which voices of an engagement somebody wants to see; "" means all."""

    words: str = ""
    question: str = ""
    service: str = ""
    source: UUID | None = None
    basis: str = ""
    kind: str = ""
    has_facts: str = ""
    facts: tuple[tuple[str, str], ...] = ()


_COUNTED = Q(is_moderator=False, is_blank=False, replaced_by=None)
_KINDS = {
    "blank": Q(is_blank=True, is_moderator=False, replaced_by=None),
    "moderator": Q(is_moderator=True, replaced_by=None),
    "corrected": Q(replaced_by__isnull=False),
}


def list_voices(viewer: Viewer, engagement_id: UUID, wanted: VoiceFilter) -> QuerySet[Voice]:
    """Return voices of an engagement in the order they came, as a query to be paged.

    `wanted.kind` is blank, moderator, corrected, or "" for those that count.
    """
    found: QuerySet[Voice] = Voice.objects.for_viewer(viewer).filter(
        _KINDS.get(wanted.kind, _COUNTED), engagement_id=engagement_id, basis__may_analyse=True
    )
    if wanted.kind != "blank":
        found = found.exclude(text="")  # their time was over: they are counted, and there is nothing to read
    for word in wanted.words.split():
        found = found.filter(text__icontains=word)
    exact = {
        "question": wanted.question,
        "service": wanted.service,
        "source_id": wanted.source,
        "basis__kind": wanted.basis,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if viewer.may("see_facts_of_persons"):
        found = _filter_facts(found, wanted)
    return found.select_related(*WITH_VOICES).order_by("id")


def _filter_facts(found: QuerySet[Voice], wanted: VoiceFilter) -> QuerySet[Voice]:
    nothing = Q(speaker=None) | Q(**{f"speaker__{name}": "" for name in FACT_COLUMNS})
    if wanted.has_facts == "yes":
        found = found.exclude(nothing)
    elif wanted.has_facts == "no":
        found = found.filter(nothing)
    return found.filter(**{f"speaker__{name}": value for name, value in wanted.facts if value})


def list_choices(viewer: Viewer, engagement_id: UUID, name: str) -> list[str]:
    """Return the values of question, service or a fact among an engagement's voices, for a filter."""
    if name in FACT_COLUMNS:
        if not viewer.may("see_facts_of_persons"):
            return []
        name = f"speaker__{name}"
    voices = Voice.objects.for_viewer(viewer).that_count().filter(engagement_id=engagement_id)
    found = voices.exclude(**{name: ""}).exclude(**{f"{name}__isnull": True})
    return list(found.order_by(name).values_list(name, flat=True).distinct()[:MOST_CHOICES])


def get_voice(viewer: Viewer, voice_id: UUID) -> VoiceView | None:
    """Return one voice, or None where there is none or it is not the viewer's to read."""
    return next(iter(list_voices_by_ids(viewer, [voice_id])), None)


def list_voices_by_ids(viewer: Viewer, voice_ids: Collection[UUID]) -> list[VoiceView]:
    """Return voices by id, as far as the viewer may read them, in the order of the ids."""
    found = Voice.objects.for_viewer(viewer).filter(id__in=list(voice_ids), basis__may_analyse=True)
    views = {view.id: view for view in view_voices(viewer, found.select_related(*WITH_VOICES))}
    return [views[voice_id] for voice_id in voice_ids if voice_id in views]


def list_voice_ids(viewer: Viewer, engagement_id: UUID) -> "QuerySet[Voice, UUID]":
    """Return the ids of an engagement's voices that count, as a query."""
    voices = Voice.objects.for_viewer(viewer).that_count().filter(engagement_id=engagement_id)
    return voices.order_by("id").values_list("id", flat=True)


def list_voice_texts(viewer: Viewer, engagement_id: UUID) -> list[VoiceText]:
    """Return the words of every voice of an engagement that counts, for the theme engine."""
    rows = (
        Voice.objects.for_viewer(viewer)
        .that_count()
        .filter(engagement_id=engagement_id)
        .exclude(text="")
        .order_by("id")
        .values_list("id", "text", "speaker_id", "language")
    )
    return [
        VoiceText(
            id=str(voice_id), text=text, person=str(speaker) if speaker else None, language=language or "en"
        )
        for voice_id, text, speaker, language in rows.iterator(chunk_size=5_000)
    ]


def count_voices(viewer: Viewer, voice_ids: Any) -> int:
    """Return how many of these voices (ids, or a query of ids) count."""
    return Voice.objects.for_viewer(viewer).that_count().filter(id__in=voice_ids).count()


def search_voices(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return the latest voices in which every word stands, with the words around the first."""
    wanted = words.split()
    if not wanted:
        return []
    found = Voice.objects.for_viewer(viewer).that_count().select_related("engagement").order_by("-id")
    for word in wanted:
        found = found.filter(text__icontains=word)
    return [
        SearchHit(
            kind="voice",
            title=voice.engagement.title,
            url=reverse("engagement:voice", args=[voice.id]),
            excerpt=_excerpt(voice.text, wanted[0]),
            on=voice.said_on,
        )
        for voice in found[:limit]
    ]


def _excerpt(text: str, word: str) -> str:
    at = max(text.casefold().find(word.casefold()), 0)
    start, end = max(0, at - EXCERPT_LETTERS), at + 2 * EXCERPT_LETTERS
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
