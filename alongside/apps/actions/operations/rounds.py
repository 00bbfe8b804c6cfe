"""Writing a message to those who spoke, and choosing how each group hears it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.actions.models import FeedbackRound, Telling
from alongside.apps.actions.operations.actions import lock_action
from alongside.apps.actions.queries.people import by_mail, speakers_behind
from alongside.apps.actions.rules import (
    check_can_tell,
    check_can_write_round,
    check_not_sent,
    check_plain_text,
)
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may

State = Telling.State


@transaction.atomic
def write_round(
    *, action_id: UUID, stage: str, message: str, thanks: str, by: Viewer, at: datetime
) -> FeedbackRound:
    """Write one message to those who spoke behind an action; nothing is sent yet."""
    check_may(by, "tell_people")
    action = lock_action(action_id, by)
    check(stage in FeedbackRound.Stage.values, "Choose what this message is about.", field="stage")
    check_can_write_round(action, stage, has_unsent=action.rounds.filter(sent_at=None).exists())
    written = FeedbackRound.objects.create(
        action=action,
        stage=stage,
        message=check_plain_text(message, what="the message", field="message"),
        thanks=check_plain_text(thanks, what="your thanks", field="thanks", most=1000),
        written_by_id=by.person_id,
        written_at=at,
    )
    record_audit(by=by, at=at, operation="write_round", on=written, detail={"stage": stage})
    return written


@transaction.atomic
def change_round(*, round_id: UUID, message: str, thanks: str, by: Viewer, at: datetime) -> FeedbackRound:
    """Change a message that nobody has been sent."""
    found = lock_round(round_id, by)
    check_not_sent(found.sent_at)
    found.message = check_plain_text(message, what="the message", field="message")
    found.thanks = check_plain_text(thanks, what="your thanks", field="thanks", most=1000)
    found.save(update_fields=["message", "thanks"])
    record_audit(by=by, at=at, operation="change_round", on=found)
    return found


@transaction.atomic
def take_back_round(*, round_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Take back a message that nobody has been sent; return the id of its action."""
    found = lock_round(round_id, by)
    check_not_sent(found.sent_at)
    record_audit(by=by, at=at, operation="take_back_round", on=found, detail={"stage": found.stage})
    action_id = found.action_id
    found.delete()
    return action_id


@transaction.atomic
def send_round(*, round_id: UUID, by: Viewer, at: datetime) -> int:
    """Put everybody who may be written to into the next digest; return how many; refused where nobody is left."""
    found = lock_round(round_id, by)
    check_can_tell(found.action, found.stage)
    had = Telling.objects.filter(round=found, speaker__isnull=False).values("speaker_id")
    new = by_mail(speakers_behind(found.action_id)).exclude(id__in=had)
    tellings = [
        Telling(
            round=found,
            speaker_id=speaker_id,
            engagement_id=engagement_id,
            channel=Telling.Channel.EMAIL,
            state=State.WAITING,
            by_id=by.person_id,
            at=at,
        )
        for speaker_id, engagement_id in new.order_by("id").values_list("id", "engagement_id")
    ]
    check(bool(tellings), "Nobody is left who may be written to. Choose a channel for the others.")
    Telling.objects.bulk_create(tellings, batch_size=500)
    mark_sent(found, at)
    record_audit(by=by, at=at, operation="send_round", on=found, detail={"people": len(tellings)})
    return len(tellings)


def lock_round(round_id: UUID, by: Viewer) -> FeedbackRound:
    """Return a round the viewer may work on, with its action held until the transaction ends."""
    check_may(by, "tell_people")
    action_id = FeedbackRound.objects.filter(id=round_id).values_list("action_id", flat=True).first()
    if action_id is not None:
        lock_action(action_id, by)
    locked = FeedbackRound.objects.select_for_update().filter(id=round_id).first()
    if locked is None:
        raise Refused("There is no such message. It may have been taken back.")
    return locked


def mark_sent(found: FeedbackRound, at: datetime) -> None:
    """Remember when the first person or group was told."""
    if found.sent_at is None:
        found.sent_at = at
        found.save(update_fields=["sent_at"])
