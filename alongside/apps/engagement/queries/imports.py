"""Files on their way in: how far they are, what is wrong in them, what they would change."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.bridge import TablePeek, peek_table, read_turns
from alongside.apps.engagement.models import ColumnMapping, Import, ImportProblem, StagedChange, Voice
from alongside.apps.engagement.rules import (
    ColumnChoice,
    SpeakerChoice,
    guess_columns,
    hash_header,
    is_safe_pseudonym,
)

FIRST_WORDS_LETTERS = 90


@dataclass(frozen=True)
class ImportLine:
    """An import in a list."""

    id: UUID
    engagement_id: UUID
    engagement_title: str
    file_name: str
    state: str
    state_label: str
    created_at: datetime
    answers_new: int
    answers_wrong: int


@dataclass(frozen=True)
class ChangeLine:
    """Words that would take the place of others."""

    row: int | None
    was: str
    will_be: str


@dataclass(frozen=True)
class SpeakerLine:
    """A speaker in a transcript as the file names them, how often they speak, and how they begin."""

    name: str
    suggested: str
    turns: int
    first_words: str
    seems_moderator: bool


def list_imports(viewer: Viewer, engagement_id: UUID) -> list[ImportLine]:
    """Return the files of an engagement, newest first."""
    found = Import.objects.for_viewer(viewer).filter(engagement_id=engagement_id)
    return [_as_line(one) for one in found.select_related("engagement")]


def list_waiting_imports(viewer: Viewer) -> list[ImportLine]:
    """Return the viewer's own files that wait for a choice or a yes, oldest first."""
    states = (Import.State.UPLOADED, Import.State.READY, Import.State.REFUSED)
    found = Import.objects.for_viewer(viewer).filter(created_by_id=viewer.own_id, state__in=states)
    return [_as_line(one) for one in found.select_related("engagement").order_by("created_at")]


def get_import(viewer: Viewer, import_id: UUID) -> Import | None:
    """Return one import with its engagement, for those who bring in voices."""
    found = Import.objects.for_viewer(viewer).filter(id=import_id)
    return found.select_related("engagement", "source", "basis", "basis__consent_text").first()


def get_import_columns(viewer: Viewer, import_id: UUID) -> tuple[TablePeek, ColumnChoice, bool]:
    """Return the head of a table, what its columns most likely mean, and whether that is remembered."""
    found = Import.objects.for_viewer(viewer).get(id=import_id)
    peek = peek_table(found.stored_name, found.file_name)
    if not brings_in(viewer, found):
        peek = replace(peek, examples=())
    if found.columns:
        return peek, ColumnChoice.from_json(found.columns), True
    known = ColumnMapping.objects.filter(header_sha256=hash_header(peek.columns)).first()
    if known is not None:
        return peek, ColumnChoice.from_json(known.columns), True
    return peek, guess_columns(peek.columns), False


def get_import_speakers(viewer: Viewer, import_id: UUID) -> tuple[list[SpeakerLine], tuple[str, ...]]:
    """Return who speaks in a transcript, and what a reader should know about the file."""
    found = Import.objects.for_viewer(viewer).get(id=import_id)
    transcript = read_turns(found.stored_name, found.file_name)
    is_own = brings_in(viewer, found)
    chosen = SpeakerChoice.from_json(found.columns)
    pseudonyms = dict(chosen.pseudonyms)
    lines = []
    for number, name in enumerate(transcript.speakers, start=1):
        turns = [turn for turn in transcript.turns if turn.speaker == name]
        safe = name if is_safe_pseudonym(name) else f"Speaker {number}"
        lines.append(
            SpeakerLine(
                name=name,
                suggested=pseudonyms.get(name) or safe,
                turns=len(turns),
                first_words=turns[0].text[:FIRST_WORDS_LETTERS] if is_own else "",
                seems_moderator=name in chosen.moderators if found.columns else turns[0].is_moderator,
            )
        )
    return lines, transcript.deviations


def count_staged_turns(viewer: Viewer, import_id: UUID) -> tuple[int, int]:
    """Return how many patients' and how many moderators' turns an import holds, staged or brought in."""
    found = get_import(viewer, import_id)
    if found is None or found.source_id is None:
        return 0, 0
    rows = Voice.with_staged.filter(source_id=found.source_id).order_by()
    counts = dict(rows.values_list("is_moderator").annotate(Count("id")))
    return counts.get(False, 0), counts.get(True, 0)


def brings_in(viewer: Viewer, found: Import) -> bool:
    """Return whether this viewer brought the file in: its words are not covered yet, so nobody else looks."""
    return found.created_by_id == viewer.person_id


def list_problems(viewer: Viewer, import_id: UUID) -> "QuerySet[ImportProblem]":
    """Return what is wrong in a file, by row, as a query to be paged."""
    allowed = Import.objects.for_viewer(viewer).filter(id=import_id)
    return ImportProblem.objects.filter(of_import__in=allowed).order_by("row", "id")


def list_changes(viewer: Viewer, import_id: UUID, limit: int = 20) -> list[ChangeLine]:
    """Return the first words that would take the place of others; nothing of people who took theirs back."""
    allowed = Import.objects.for_viewer(viewer).filter(id=import_id)
    found = StagedChange.objects.filter(of_import__in=allowed, old__basis__may_analyse=True).order_by("id")
    return [
        ChangeLine(row=change.new.place_row, was=change.old.text, will_be=change.new.text)
        for change in found.select_related("old", "new")[:limit]
    ]


def _as_line(one: Import) -> ImportLine:
    return ImportLine(
        id=one.id,
        engagement_id=one.engagement_id,
        engagement_title=one.engagement.title,
        file_name=one.file_name,
        state=one.state,
        state_label=one.get_state_display(),
        created_at=one.created_at,
        answers_new=one.answers_new,
        answers_wrong=one.answers_wrong,
    )
