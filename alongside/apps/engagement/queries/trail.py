"""The first link of the chain: voices, as the trail asks for them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Voice
from alongside.science.values.trail import TrailItem

TITLE_LETTERS = 90
MOST_ITEMS = 200


def forward_to_voices(viewer: Viewer, ids: Any) -> "QuerySet[Voice, UUID]":
    """Return no voices: nothing in the chain comes before them."""
    return Voice.objects.for_viewer(viewer).filter(id__in=ids).none().values_list("id", flat=True)


def back_from_voices(viewer: Viewer, ids: Any) -> "QuerySet[Voice, UUID]":
    """Return nothing: voices are where the chain begins."""
    return Voice.objects.for_viewer(viewer).filter(id__in=ids).none().values_list("id", flat=True)


def describe_voices(viewer: Viewer, ids: Any) -> list[TrailItem]:
    """Return voices by their first words, as far as the viewer may read them."""
    voices = Voice.objects.for_viewer(viewer).filter(id__in=ids, basis__may_analyse=True)
    return [
        TrailItem(
            id=voice.id,
            title=_first_words(voice.text),
            url=reverse("engagement:voice", args=[voice.id]),
            at=voice.created_at,
            note=voice.engagement.title,
        )
        for voice in voices.select_related("engagement").order_by("id")[:MOST_ITEMS]
    ]


def _first_words(text: str) -> str:
    return text if len(text) <= TITLE_LETTERS else f"{text[:TITLE_LETTERS].rstrip()}…"
