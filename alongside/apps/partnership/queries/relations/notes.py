"""Notes of meetings: whole for colleagues who see relations, the shared half for the partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, When

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Interaction
from alongside.apps.people.queries import get_names

NOBODYS = UUID(int=0)


@dataclass(frozen=True)
class NoteReply:
    """What a partner answered to notes: yes, or what should stand there instead."""

    answer: str
    answer_words: str
    words: str
    who: str
    at: datetime
    is_about_these: bool  # and not about notes as they stood before


@dataclass(frozen=True)
class SharedNote:
    """Notes as both sides read them. The private half is not in here, so it cannot leave by it."""

    id: UUID
    organisation_id: UUID
    organisation: str
    kind: str
    title: str
    happened_on: date
    place: str
    our_people: tuple[str, ...]
    their_people: str
    notes: str
    materials: str
    state: str
    state_words: str
    version: int
    replies: tuple[NoteReply, ...] = ()


@dataclass(frozen=True)
class WholeNote:
    """Notes as colleagues read them, the private half too."""

    shared: SharedNote
    kind_value: str
    private_notes: str
    promotional_staff_present: bool
    our_people_ids: tuple[UUID, ...]
    recorded_by: str
    recorded_on: date


def get_whole_note(viewer: Viewer, interaction_id: UUID) -> WholeNote | None:
    """Return notes with the private half, for colleagues who see relations."""
    if not viewer.may("see_relations"):
        return None
    found = _find(viewer, interaction_id)
    if found is None:
        return None
    names = get_names(viewer, {found.recorded_by_id} if found.recorded_by_id else set())
    return WholeNote(
        shared=_as_shared(viewer, found),
        kind_value=found.kind,
        private_notes=found.private_notes,
        promotional_staff_present=found.promotional_staff_present,
        our_people_ids=tuple(one.id for one in found.our_people.all()),
        recorded_by=next(iter(names.values()), ""),
        recorded_on=found.recorded_at.date(),
    )


def get_shared_note(viewer: Viewer, interaction_id: UUID) -> SharedNote | None:
    """Return the shared half of notes the viewer may see."""
    found = _find(viewer, interaction_id)
    return _as_shared(viewer, found) if found else None


def find_shared_notes(viewer: Viewer, organisation_id: UUID | None) -> Sequence[UUID]:
    """Return the ids of notes shared with a partner, those that wait for its answer first, to be paged."""
    found = Interaction.objects.for_viewer(viewer).filter(organisation_id=organisation_id or NOBODYS)
    waits = Case(When(note_state=Interaction.NoteState.SHARED, then=0), default=1)
    shared = found.exclude(note_state=Interaction.NoteState.DRAFT).order_by(waits, "-happened_on", "-id")
    return shared.values_list("id", flat=True)  # type: ignore[return-value]  # a query is paged like a sequence


def list_shared_notes(viewer: Viewer, ids: Sequence[UUID]) -> list[SharedNote]:
    """Return the shared half of these notes in the order given, without what was answered."""
    found = Interaction.objects.for_viewer(viewer).filter(id__in=list(ids))
    shared = found.exclude(note_state=Interaction.NoteState.DRAFT).defer("private_notes")
    rows = {one.id: one for one in shared.select_related("organisation").prefetch_related("our_people")}
    return [_as_line(rows[one]) for one in ids if one in rows]


def count_waiting_notes(viewer: Viewer) -> int:
    """Return how many notes wait for the answer of the organisation somebody speaks for."""
    if viewer.partner_id is None:
        return 0
    return (
        Interaction.objects.for_viewer(viewer)
        .filter(organisation_id=viewer.partner_id, note_state=Interaction.NoteState.SHARED)
        .count()
    )


def _find(viewer: Viewer, interaction_id: UUID) -> Interaction | None:
    found = Interaction.objects.for_viewer(viewer).filter(id=interaction_id)
    return found.select_related("organisation").prefetch_related("our_people", "answers").first()


def _as_shared(viewer: Viewer, one: Interaction) -> SharedNote:
    answers = list(one.answers.all())
    names = get_names(viewer, {answer.by_id for answer in answers if answer.by_id})
    replies = tuple(
        NoteReply(
            answer=answer.answer,
            answer_words=answer.get_answer_display(),
            words=answer.words,
            who=names.get(answer.by_id, "") if answer.by_id else "",
            at=answer.at,
            is_about_these=answer.notes_version == one.notes_version,
        )
        for answer in reversed(answers)
    )
    return _as_line(one, replies)


def _as_line(one: Interaction, replies: tuple[NoteReply, ...] = ()) -> SharedNote:
    return SharedNote(
        id=one.id,
        organisation_id=one.organisation_id,
        organisation=one.organisation.name,
        kind=one.get_kind_display(),
        title=one.title,
        happened_on=one.happened_on,
        place=one.place,
        our_people=tuple(person.name for person in one.our_people.all()),
        their_people=one.their_people,
        notes=one.shared_notes,
        materials=one.materials,
        state=one.note_state,
        state_words=one.get_note_state_display(),
        version=one.notes_version,
        replies=replies,
    )
