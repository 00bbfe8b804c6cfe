"""The end of an engagement's time: a day is set, what is due is looked up, a person says yes, and the words go."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import JobWork, record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import EngagementDeletion, RetentionDate, Speaker, Voice
from alongside.apps.engagement.operations.engagements import lock_engagement
from alongside.apps.engagement.queries.retention import OPEN, count_to_delete, list_due, list_effects
from alongside.apps.engagement.rules.retention import check_deletion_move, check_keep_until
from alongside.apps.people.operations import erase_subject

STEP = 200  # people or voices in one transaction


@transaction.atomic
def set_keep_until(*, engagement_id: UUID, keep_until: date, reason: str, by: Viewer, at: datetime) -> None:
    """Set until when an engagement's words are kept, and why; a preview that waits is taken away again."""
    engagement = lock_engagement(by, engagement_id)
    check_keep_until(keep_until, starts_on=engagement.starts_on, reason=reason)
    line = RetentionDate.objects.create(
        engagement=engagement, keep_until=keep_until, reason=reason.strip(), set_by_id=by.person_id, set_at=at
    )
    EngagementDeletion.objects.filter(
        engagement=engagement, state="previewed", due_on__lt=keep_until
    ).delete()
    record_audit(by=by, at=at, operation="set_keep_until", on=line, reason=reason)


@transaction.atomic
def start_preview(*, by: Viewer, at: datetime, back_url: str = "") -> UUID:
    """Have the worker look for engagements whose time is over."""
    check_may(by, "confirm_deletions")
    return start_job(kind="engagement.preview_deletions", arguments={}, by=by, at=at, back_url=back_url).id


@transaction.atomic
def preview_deletions(*, by: Viewer, at: datetime, on: date) -> int:
    """Write down, for each engagement whose time is over, what would go; nothing is deleted. Return how many are due.

    A preview that waits is counted again; one that was confirmed is left alone.
    """
    due = list_due(on)
    for engagement, keep_until in due:
        waiting = (
            EngagementDeletion.objects.select_for_update()
            .filter(engagement=engagement, state__in=OPEN)
            .first()
        )
        if waiting is not None and waiting.state != EngagementDeletion.State.PREVIEWED:
            continue
        deletion = waiting or EngagementDeletion(engagement=engagement)
        deletion.due_on = keep_until
        deletion.counts = count_to_delete(engagement.id)
        deletion.effects = [list(pair) for pair in list_effects(engagement.id)]
        deletion.previewed_at = at
        deletion.save()
        record_audit(by=by, at=at, operation="preview_deletion", on=deletion, detail=dict(deletion.counts))
    stale = EngagementDeletion.objects.filter(state="previewed").exclude(
        engagement__in=[one for one, _day in due]
    )
    stale.delete()
    return len(due)


@transaction.atomic
def confirm_deletion(*, deletion_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Say yes: the worker deletes the words, facts and contacts of an engagement. Return the job's id."""
    deletion = _lock(by, deletion_id, EngagementDeletion.State.CONFIRMED)
    deletion.state = EngagementDeletion.State.CONFIRMED
    deletion.decided_by_id, deletion.decided_at = by.person_id, at
    job = start_job(
        kind="engagement.delete_words",
        arguments={"deletion_id": str(deletion.id)},
        by=by,
        at=at,
        back_url=f"/engagements/deletions/{deletion.id}/",
    )
    deletion.job_id = job.id
    deletion.save()
    record_audit(by=by, at=at, operation="confirm_deletion", on=deletion)
    return job.id


@transaction.atomic
def postpone_deletion(*, deletion_id: UUID, keep_until: date, reason: str, by: Viewer, at: datetime) -> None:
    """Keep an engagement's words longer, until a day and for a reason."""
    deletion = _lock(by, deletion_id, EngagementDeletion.State.POSTPONED)
    check_keep_until(keep_until, starts_on=deletion.engagement.starts_on, reason=reason)
    if keep_until <= at.date():
        raise Refused("Choose a day to come: until then the words are kept.", field="keep_until")
    RetentionDate.objects.create(
        engagement=deletion.engagement,
        keep_until=keep_until,
        reason=reason.strip(),
        set_by_id=by.person_id,
        set_at=at,
    )
    deletion.state = EngagementDeletion.State.POSTPONED
    deletion.decided_by_id, deletion.decided_at, deletion.reason = by.person_id, at, reason.strip()
    deletion.save()
    record_audit(by=by, at=at, operation="postpone_deletion", on=deletion, reason=reason)


def delete_words(*, work: JobWork, deletion_id: UUID, by: Viewer) -> None:
    """Delete what was confirmed, a few hundred people at a time; run again after a stop, it goes on where it was."""
    deletion = EngagementDeletion.objects.get(id=deletion_id)
    if deletion.state != EngagementDeletion.State.CONFIRMED:
        with work.finish():
            return
    engagement_id = deletion.engagement_id
    speakers = sorted(Speaker.objects.filter(engagement_id=engagement_id).values_list("id", flat=True))
    alone = sorted(
        Voice.with_staged.filter(engagement_id=engagement_id, speaker=None)
        .order_by()
        .values_list("id", flat=True)
    )
    total, done = len(speakers) + len(alone), 0
    work.progress(0, total)
    for ids, make in ((speakers, _of_speakers), (alone, _of_voices)):
        for start in range(0, len(ids), STEP):
            _erase_some(make(ids[start : start + STEP]), work, by)
            done += len(ids[start : start + STEP])
            work.progress(done, total)
    with work.finish() as result:
        at = work.clock()
        deletion.state = EngagementDeletion.State.DONE
        deletion.done_at, deletion.deleted_counts = at, deletion.counts
        deletion.save()
        record_audit(by=by, at=at, operation="delete_words", on=deletion, detail=dict(deletion.counts))
        result.update(deletion.counts)


def _of_speakers(ids: Sequence[UUID]) -> Subject:
    return Subject(speaker_ids=frozenset(ids), keeps_counts=True)


def _of_voices(ids: Sequence[UUID]) -> Subject:
    return Subject(voice_ids=frozenset(ids), keeps_counts=True)


@transaction.atomic
def _erase_some(subject: Subject, work: JobWork, by: Viewer) -> None:
    work.keep_lease()
    erase_subject(subject=subject, kind="retention", by=by, at=work.clock())


def _lock(by: Viewer, deletion_id: UUID, wanted: str) -> EngagementDeletion:
    check_may(by, "confirm_deletions")
    found = EngagementDeletion.objects.select_for_update().filter(id=deletion_id).first()
    if found is None:
        raise Refused("There is no such deletion here. Perhaps its day was moved meanwhile.")
    check_deletion_move(found.state, wanted)
    return found
