"""What a person decides about covered places: confirm, uncover, cover more, take a decision back, open the original."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import open_for, record_audit, record_read
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.engagement.bridge import CoveredWords, cover_spans, restore_map
from alongside.apps.engagement.models import Redaction, RedactionDecision, Voice, VoiceOriginal, insert_rows
from alongside.apps.engagement.operations.concerns import hear_concerns
from alongside.apps.engagement.operations.covering import ToKeep, keep_originals
from alongside.apps.engagement.rules.redactions import check_kind, find_in_words, get_state_after, place_of
from alongside.science.values.redaction import SURE, Cover, OffsetMap, Span, WordsMove, find_marks

DECISION_FIELDS = ("id", "redaction", "kind", "state_before", "by_id", "at")
FILLER = "\x1f"


def open_original(*, voice_id: UUID, by: Viewer, at: datetime) -> None:
    """Write down that somebody opens a voice's original. Raise Refused where they may not, or it is gone."""
    check_may(by, "see_originals")
    voice = Voice.with_held.for_viewer(by).filter(id=voice_id, basis__may_analyse=True).first()
    if voice is None:
        raise Refused("There is no such voice here.")
    record_read(by=by, at=at, what="open_original", on=voice)


@transaction.atomic
def decide_redaction(*, redaction_id: UUID, decision: str, by: Viewer, at: datetime) -> UUID:
    """Confirm a covered place, or uncover it ("confirm" or "undo"); return the voice's id."""
    check_may(by, "review_redactions")
    voice, redaction = _lock(by, redaction_id)
    before = redaction.state
    state = get_state_after(before, decision)
    covers = _list_covers(voice)
    _set_state(redaction, state, by, at)
    _record(redaction, decision, before, by, at)
    if state == Redaction.State.UNDONE:
        _rewrite(voice, covers, _open_truth(voice), by, at)
    _settle_holding(voice)
    record_audit(
        by=by, at=at, operation=f"{decision}_redaction", on=redaction, detail={"kind": redaction.kind}
    )
    return voice.id


@transaction.atomic
def add_redaction(*, voice_id: UUID, words: str, kind: str, by: Viewer, at: datetime) -> int:
    """Cover words by hand, wherever they stand in a voice; return how many places that were."""
    check_may(by, "review_redactions")
    check_kind(kind)
    voice = _lock_voice(by, voice_id)
    covers = _list_covers(voice)
    places = find_in_words(voice.text, words, list(find_marks(voice.text)))
    if not VoiceOriginal.objects.filter(voice=voice).exists():
        untouched = CoveredWords(voice.text, (), ())
        keep_originals([ToKeep(voice.id, voice.source_id, voice.speaker_id, voice.text, untouched)], at=at)
    back = restore_map(covers)
    stand_in = _make_stand_in(voice.text, back)
    for start, end in places:
        original_start, original_end = back.to_original(start, end)
        redaction = Redaction.objects.create(
            voice=voice,
            source_id=voice.source_id,
            kind=kind,
            certainty=SURE,
            original_start=original_start,
            original_end=original_end,
            start=start,
            end=end,
            state=Redaction.State.CONFIRMED,
            decided_by_id=by.person_id,
            decided_at=at,
        )
        _record(redaction, RedactionDecision.Kind.ADD, "", by, at)
    _rewrite(voice, covers, stand_in, by, at)
    record_audit(
        by=by, at=at, operation="add_redaction", on=voice, detail={"kind": kind, "places": len(places)}
    )
    return len(places)


@transaction.atomic
def take_back_decision(*, decision_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Take the last decision about a covered place back; return the voice's id."""
    check_may(by, "review_redactions")
    decision = RedactionDecision.objects.filter(id=decision_id).first()
    if decision is None:
        raise Refused("There is no such decision. Load the page again.")
    voice, redaction = _lock(by, decision.redaction_id)
    last = redaction.decisions.filter(takes_back=None, taken_back_by=None).first()
    check(
        last is not None and last.id == decision.id,
        "Something else was decided since. Take that back first.",
    )
    covers, before = _list_covers(voice), redaction.state
    _set_state(redaction, decision.state_before or Redaction.State.UNDONE, by, at)
    _record(redaction, RedactionDecision.Kind.TAKE_BACK, before, by, at, takes_back=decision)
    if redaction.state == Redaction.State.UNDONE:
        _rewrite(voice, covers, _open_truth(voice), by, at)
    elif before == Redaction.State.UNDONE:
        _check_free(voice, redaction)
        _rewrite(voice, covers, _make_stand_in(voice.text, restore_map(covers)), by, at)
    _settle_holding(voice)
    record_audit(by=by, at=at, operation="take_back_redaction", on=redaction)
    return voice.id


@transaction.atomic
def confirm_sure(*, kind: str, engagement_id: UUID | None, by: Viewer, at: datetime) -> int:
    """Confirm every sure place of one class that nobody decided yet; return how many."""
    check_may(by, "review_redactions")
    check_kind(kind)
    found = Redaction.objects.filter(
        kind=kind, certainty=SURE, state=Redaction.State.PROPOSED, source__brought_in_at__isnull=False
    )
    if engagement_id:
        found = found.filter(voice__engagement_id=engagement_id)
    ids = list(found.order_by("id").select_for_update(of=("self",)).values_list("id", flat=True))
    check(bool(ids), "There is nothing of this class to confirm any more.")
    waiting = Redaction.objects.filter(id__in=ids)
    waiting.update(state=Redaction.State.CONFIRMED, decided_by_id=by.person_id, decided_at=at)
    confirmed = RedactionDecision.Kind.CONFIRM
    insert_rows(
        RedactionDecision,
        DECISION_FIELDS,
        [(new_id(), one, confirmed, Redaction.State.PROPOSED, by.person_id, at) for one in ids],
    )
    record_audit(
        by=by,
        at=at,
        operation="confirm_sure_redactions",
        object_type="engagement.redaction",
        detail={"kind": kind, "places": len(ids)},
    )
    return len(ids)


def _lock_voice(by: Viewer, voice_id: UUID) -> Voice:
    readable = Voice.with_held.for_viewer(by).filter(basis__may_analyse=True)
    voice = readable.select_for_update(of=("self",)).filter(id=voice_id).first()
    if voice is None:
        raise Refused("There is no such voice here.")
    return voice


def _lock(by: Viewer, redaction_id: UUID) -> tuple[Voice, Redaction]:
    """Return a covered place with its voice, the voice locked first."""
    found = Redaction.objects.filter(id=redaction_id).first()
    if found is None:
        raise Refused("There is no such mark. Load the page again.")
    voice = _lock_voice(by, found.voice_id)
    return voice, Redaction.objects.get(id=redaction_id)


def _list_covers(voice: Voice) -> list[Cover]:
    standing = Redaction.objects.filter(voice=voice).exclude(state=Redaction.State.UNDONE)
    fields = ("kind", "original_start", "original_end", "start", "end")
    return [Cover(*row) for row in standing.order_by("original_start").values_list(*fields)]


def _check_free(voice: Voice, redaction: Redaction) -> None:
    overlapping = Redaction.objects.filter(
        voice=voice, original_start__lt=redaction.original_end, original_end__gt=redaction.original_start
    )
    clash = overlapping.exclude(state=Redaction.State.UNDONE).exclude(id=redaction.id)
    check(not clash.exists(), "These words were covered another way since. Uncover that first.")


def _set_state(redaction: Redaction, state: str, by: Viewer, at: datetime) -> None:
    is_open = state == Redaction.State.PROPOSED
    redaction.state = state
    redaction.decided_by_id = None if is_open else by.person_id
    redaction.decided_at = None if is_open else at
    redaction.save(update_fields=["state", "decided_by_id", "decided_at"])


def _record(
    redaction: Redaction,
    kind: str,
    state_before: str,
    by: Viewer,
    at: datetime,
    *,
    takes_back: RedactionDecision | None = None,
) -> None:
    RedactionDecision.objects.create(
        redaction=redaction,
        kind=kind,
        state_before=state_before,
        takes_back=takes_back,
        by_id=by.person_id,
        at=at,
    )


def _settle_holding(voice: Voice) -> None:
    """Let a voice be seen once nothing doubtful waits in it, and hold it back where something does again."""
    waits = Redaction.objects.filter(voice=voice, state=Redaction.State.PROPOSED).exclude(certainty=SURE)
    is_held = waits.exists()
    if is_held != voice.held_for_review:
        voice.held_for_review = is_held
        voice.save(update_fields=["held_for_review"])


def _open_truth(voice: Voice) -> str:
    original = VoiceOriginal.objects.filter(voice=voice).first()
    words = None
    if original is not None and original.locked is not None:
        words = open_for(original.subject_id, bytes(original.locked), place=place_of(voice.id))
    if words is None:
        raise Refused("The words as they were have been destroyed, so what is covered stays covered.")
    return words


def _make_stand_in(text: str, back: OffsetMap) -> str:
    """Return a text as long as the original, with fillers under the marks: covering more needs no original."""
    parts: list[str] = []
    read = 0
    for cover in back.covers:
        parts += (text[read : cover.start], FILLER * (cover.original_end - cover.original_start))
        read = cover.end
    return "".join((*parts, text[read:]))


def _rewrite(voice: Voice, before: Sequence[Cover], original: str, by: Viewer, at: datetime) -> None:
    """Write a voice's words anew from what is covered now, and let everybody who holds places in them follow."""
    rows = list(Redaction.objects.filter(voice=voice))
    standing = [row for row in rows if row.state != Redaction.State.UNDONE]
    spans = [Span(row.original_start, row.original_end, row.kind, row.certainty, "") for row in standing]
    redacted = cover_spans(original, spans)
    move = WordsMove(restore_map(before), redacted.map)
    for holder in registry.words_holders.values():
        resolve(holder.remap)(voice.id, move, by=by, at=at)
    voice.text = redacted.text
    voice.save(update_fields=["text"])
    hear_concerns(voices=[voice], at=at)  # what was covered may have hidden what cannot wait
    for row in rows:
        row.start, row.end = redacted.map.to_redacted(row.original_start, row.original_end)
    Redaction.objects.bulk_update(rows, ["start", "end"])
