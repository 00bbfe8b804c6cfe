"""Voices as frozen values: what a page, or a room above, may know of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.rules import FACT_COLUMNS

WITH_VOICES = ("speaker", "source", "basis", "basis__consent_text", "engagement")


@dataclass(frozen=True)
class BasisView:
    """What a voice may be used for, and why."""

    kind: str
    label: str
    article9: str
    text_key: str
    text_version: int | None
    may_analyse: bool
    may_quote_inside: bool
    may_quote_public: bool
    may_share_partners: bool
    may_contact_again: bool
    set_on: date


@dataclass(frozen=True)
class VoiceView:
    """One voice as a page shows it. Facts are empty unless the viewer may see facts of persons."""

    id: UUID
    engagement_id: UUID
    engagement_title: str
    text: str
    speaker_id: UUID | None
    pseudonym: str
    question: str
    service: str
    language: str
    said_on: date | None
    is_blank: bool
    is_moderator: bool
    replaced_by_id: UUID | None
    source_id: UUID
    source_kind: str
    source_label: str
    file_name: str
    place_row: int | None
    place_column: str
    place_turn: int | None
    place_start: int | None
    place_end: int | None
    starts_ms: int | None
    ends_ms: int | None
    external_id: str
    basis: BasisView
    facts: tuple[tuple[str, str], ...]

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("engagement:voice", args=[self.id])


def view_voices(viewer: Viewer, voices: Iterable[Voice]) -> list[VoiceView]:
    """Return voices as values, in the order given."""
    return [_as_view(viewer, voice) for voice in voices]


def _as_view(viewer: Viewer, voice: Voice) -> VoiceView:
    speaker = voice.speaker
    sees_facts = viewer.may("see_facts_of_persons")
    facts = [(name, str(getattr(speaker, name))) for name in FACT_COLUMNS] if speaker and sees_facts else []
    return VoiceView(
        id=voice.id,
        engagement_id=voice.engagement_id,
        engagement_title=voice.engagement.title,
        text=voice.text,
        speaker_id=voice.speaker_id,
        pseudonym=speaker.pseudonym if speaker else "",
        question=voice.question,
        service=voice.service,
        language=voice.language,
        said_on=voice.said_on,
        is_blank=voice.is_blank,
        is_moderator=voice.is_moderator,
        replaced_by_id=voice.replaced_by_id,
        source_id=voice.source_id,
        source_kind=voice.source.kind,
        source_label=voice.source.get_kind_display(),
        file_name=voice.source.file_name if viewer.may("bring_in_voices") else "",
        place_row=voice.place_row,
        place_column=voice.place_column,
        place_turn=voice.place_turn,
        place_start=voice.place_start,
        place_end=voice.place_end,
        starts_ms=voice.starts_ms,
        ends_ms=voice.ends_ms,
        external_id=voice.external_id if sees_facts else "",
        basis=view_basis(voice.basis),
        facts=tuple((name, value) for name, value in facts if value),
    )


def view_basis(basis: Any) -> BasisView:
    """Return a basis of the people room as a value."""
    text = basis.consent_text
    return BasisView(
        kind=basis.kind,
        label=basis.get_kind_display(),
        article9=basis.get_article9_display() if basis.article9 else "",
        text_key=text.key if text else "",
        text_version=text.version if text else None,
        may_analyse=basis.may_analyse,
        may_quote_inside=basis.may_quote_inside,
        may_quote_public=basis.may_quote_public,
        may_share_partners=basis.may_share_partners,
        may_contact_again=basis.may_contact_again,
        set_on=basis.set_at.date(),
    )
