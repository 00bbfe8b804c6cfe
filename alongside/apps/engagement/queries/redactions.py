"""What waits for a reviewer: covered places, doubtful ones first, and one voice with everything found in it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from alongside.apps.base.operations import open_for
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import (
    Engagement,
    Redaction,
    RedactionDecision,
    StaffName,
    Voice,
    VoiceOriginal,
)
from alongside.apps.engagement.rules.redactions import KINDS, place_of
from alongside.apps.people.queries import get_names, list_staff_names
from alongside.science.values.redaction import DOUBTFUL, SURE
from alongside.science.values.trail import DayItem

PROPOSED = Redaction.State.PROPOSED


@dataclass(frozen=True)
class QueueFilter:
    """Which voices a reviewer wants to see: `show` is doubtful, decided, everything, or "" for all that waits."""

    show: str = ""
    kind: str = ""
    engagement_id: UUID | None = None


@dataclass(frozen=True)
class KindCount:
    """How much of one class waits: sure places, and doubtful ones."""

    kind: str
    label: str
    sure: int
    doubtful: int


@dataclass(frozen=True)
class QueueCounts:
    """How many voices are held back, and what waits by class."""

    held: int
    kinds: tuple[KindCount, ...]

    @property
    def waiting(self) -> int:
        """Return how many places wait in all."""
        return sum(one.sure + one.doubtful for one in self.kinds)


@dataclass(frozen=True)
class MarkView:
    """One covered place as a reviewer sees it. `start` and `end` are places in the text that is shown."""

    id: UUID
    number: int
    kind: str
    label: str
    certainty: str
    reason: str
    state: str
    by_hand: bool
    start: int
    end: int
    decided_by: str
    decided_at: datetime | None
    decision_id: UUID | None

    @property
    def is_doubtful(self) -> bool:
        """Return whether the finder was not certain."""
        return self.certainty == DOUBTFUL

    @property
    def waits(self) -> bool:
        """Return whether nobody decided yet."""
        return self.state == PROPOSED


@dataclass(frozen=True)
class Piece:
    """A stretch of the shown text: plain, or the words of one mark."""

    text: str
    mark: MarkView | None = None


@dataclass(frozen=True)
class RedactionReview:
    """A voice with its covered places; the words as they were only where they were opened."""

    voice_id: UUID
    engagement_id: UUID
    engagement_title: str
    pseudonym: str
    question: str
    language: str
    said_on: date | None
    is_held: bool
    is_open: bool
    was_destroyed: bool
    has_original: bool
    keep_until: date | None
    pieces: tuple[Piece, ...]
    marks: tuple[MarkView, ...]
    next_id: UUID | None

    @property
    def waiting(self) -> list[MarkView]:
        """Return the places nobody decided yet."""
        return [mark for mark in self.marks if mark.waits]


def list_queue(viewer: Viewer, wanted: QueueFilter) -> QuerySet[Voice]:
    """Return voices with covered places, those held back first, as a query to be paged."""
    if not viewer.may("review_redactions"):
        return Voice.objects.none()
    marks = Redaction.objects.filter(voice=OuterRef("pk"))
    if wanted.kind:
        marks = marks.filter(kind=wanted.kind)
    if wanted.show == "decided":
        marks = marks.exclude(state=PROPOSED)
    elif wanted.show != "everything":
        marks = marks.filter(state=PROPOSED)
    if wanted.show == "doubtful":
        marks = marks.filter(certainty=DOUBTFUL)
    found = Voice.with_held.for_viewer(viewer).filter(Exists(marks), basis__may_analyse=True)
    if wanted.engagement_id:
        found = found.filter(engagement_id=wanted.engagement_id)
    return (
        found.select_related("engagement", "speaker")
        .prefetch_related("redactions")
        .order_by("-held_for_review", "id")
    )


def count_queue(viewer: Viewer, engagement_id: UUID | None = None) -> QueueCounts:
    """Return how much waits, by class."""
    if not viewer.may("review_redactions"):
        return QueueCounts(0, ())
    voices = Voice.with_held.for_viewer(viewer).filter(held_for_review=True, basis__may_analyse=True)
    waiting = Redaction.objects.filter(
        state=PROPOSED, source__brought_in_at__isnull=False, voice__basis__may_analyse=True
    )
    if engagement_id:
        voices = voices.filter(engagement_id=engagement_id)
        waiting = waiting.filter(voice__engagement_id=engagement_id)
    rows = waiting.order_by().values_list("kind", "certainty").annotate(Count("id"))
    counted = {(kind, certainty): number for kind, certainty, number in rows}
    kinds = [
        KindCount(kind, str(label), counted.get((kind, SURE), 0), counted.get((kind, DOUBTFUL), 0))
        for kind, label in KINDS.items()
        if counted.get((kind, SURE), 0) + counted.get((kind, DOUBTFUL), 0)
    ]
    return QueueCounts(voices.count(), tuple(kinds))


def list_queue_engagements(viewer: Viewer) -> list[tuple[str, str]]:
    """Return the engagements in which something was covered, to choose from."""
    if not viewer.may("review_redactions"):
        return []
    marks = Redaction.objects.filter(voice__engagement=OuterRef("pk"))
    found = Engagement.objects.for_viewer(viewer).filter(Exists(marks))
    return [(str(engagement.id), engagement.title) for engagement in found.order_by("title")]


def get_redaction_review(
    viewer: Viewer, voice_id: UUID, wanted: QueueFilter, *, opened: bool
) -> RedactionReview | None:
    """Return one voice for its reviewer. `opened` says that opening the original was written down."""
    if not viewer.may("review_redactions"):
        return None
    found = Voice.with_held.for_viewer(viewer).select_related("engagement", "speaker")
    voice = found.filter(id=voice_id, basis__may_analyse=True).first()
    if voice is None:
        return None
    kept = VoiceOriginal.objects.filter(voice=voice).first()
    words = _open_words(viewer, kept) if opened else None
    marks = _list_marks(viewer, voice, in_original=words is not None)
    return RedactionReview(
        voice_id=voice.id,
        engagement_id=voice.engagement_id,
        engagement_title=voice.engagement.title,
        pseudonym=voice.speaker.pseudonym if voice.speaker else "",
        question=voice.question,
        language=voice.language,
        said_on=voice.said_on,
        is_held=voice.held_for_review,
        is_open=words is not None,
        was_destroyed=kept is not None and (kept.locked is None or (opened and words is None)),
        has_original=kept is not None and kept.locked is not None,
        keep_until=kept.keep_until if kept else None,
        pieces=_cut(voice.text if words is None else words, marks),
        marks=marks,
        next_id=_find_next(viewer, voice, wanted),
    )


def _open_words(viewer: Viewer, kept: VoiceOriginal | None) -> str | None:
    if kept is None or kept.locked is None or not viewer.may("see_originals"):
        return None
    return open_for(kept.subject_id, bytes(kept.locked), place=place_of(kept.voice_id))


def _list_marks(viewer: Viewer, voice: Voice, *, in_original: bool) -> tuple[MarkView, ...]:
    rows = list(
        Redaction.objects.filter(voice=voice).select_related("proposal").order_by("original_start", "id")
    )
    names = get_names(viewer, {row.decided_by_id for row in rows if row.decided_by_id})
    last: dict[UUID, UUID] = {}
    decisions = RedactionDecision.objects.filter(redaction__in=rows, takes_back=None, taken_back_by=None)
    for redaction_id, decision_id in decisions.order_by("at", "id").values_list("redaction_id", "id"):
        last[redaction_id] = decision_id
    return tuple(
        MarkView(
            id=row.id,
            number=number,
            kind=row.kind,
            label=str(KINDS.get(row.kind, row.kind)),
            certainty=row.certainty,
            reason=row.proposal.reason if row.proposal else "",
            state=row.state,
            by_hand=row.proposal_id is None,
            start=row.original_start if in_original else row.start,
            end=row.original_end if in_original else row.end,
            decided_by=names.get(row.decided_by_id, "") if row.decided_by_id else "",
            decided_at=row.decided_at,
            decision_id=last.get(row.id),
        )
        for number, row in enumerate(rows, start=1)
    )


def _cut(text: str, marks: tuple[MarkView, ...]) -> tuple[Piece, ...]:
    """Cut a text at its marks; of two that overlap (one uncovered, one covered by hand) the later shows."""
    pieces, read = [], 0
    standing = [mark for mark in marks if mark.state != Redaction.State.UNDONE]
    undone = [
        mark
        for mark in marks
        if mark.state == Redaction.State.UNDONE
        and not any(one.start < mark.end and mark.start < one.end for one in standing)
    ]
    for mark in sorted([*standing, *undone], key=lambda one: (one.start, -one.end)):
        if mark.start < read:
            continue
        pieces += [Piece(text[read : mark.start]), Piece(text[mark.start : mark.end], mark)]
        read = mark.end
    return tuple(piece for piece in (*pieces, Piece(text[read:])) if piece.text)


def _find_next(viewer: Viewer, voice: Voice, wanted: QueueFilter) -> UUID | None:
    """Return the next voice of the queue after this one, from its beginning where this is the last."""
    queue = list_queue(viewer, wanted).exclude(id=voice.id).order_by("-held_for_review", "id")
    after = Q(held_for_review=voice.held_for_review, id__gt=voice.id)
    if voice.held_for_review:
        after |= Q(held_for_review=False)
    ids = queue.values_list("id", flat=True)
    return ids.filter(after).first() or ids.first()


def list_kept_staff_names(viewer: Viewer) -> list[StaffName]:
    """Return the names on the list of staff, for those who review."""
    if not viewer.may("review_redactions"):
        return []
    return list(StaffName.objects.filter(ended_at=None).select_related("engagement").order_by("name"))


def count_account_names(viewer: Viewer) -> int:
    """Return how many people with an account are covered by name without being on the list."""
    return len(list_staff_names()) if viewer.may("review_redactions") else 0


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the line of a reviewer's day: how many voices nobody can see until they look."""
    counts = count_queue(viewer)
    if not counts.waiting:
        return []
    title = (
        ngettext("%(number)s voice is held back", "%(number)s voices are held back", counts.held)
        if counts.held
        else ngettext("%(number)s mark to confirm", "%(number)s marks to confirm", counts.waiting)
    )
    return [
        DayItem(
            group="needs_you",
            title=title % {"number": f"{counts.held or counts.waiting:,}"},
            url=reverse("engagement:redactions"),
            detail=gettext("Look at what was covered"),
            on=on,
        )
    ]
