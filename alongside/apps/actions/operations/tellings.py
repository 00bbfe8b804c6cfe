"""Recording that people were told by hand or through a channel, that mail bounced, or that there is no way."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.apps.actions.models import Digest, FeedbackRound, Telling
from alongside.apps.actions.operations.actions import lock_action, reopen_if_untold
from alongside.apps.actions.operations.rounds import lock_round, mark_sent
from alongside.apps.actions.queries.people import count_by_engagement, speakers_behind, voices_behind
from alongside.apps.actions.rules import check_can_tell
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may

State = Telling.State
Channel = Telling.Channel
BY_HAND = (Channel.POST, Channel.PHONE, Channel.MEETING)
FOR_GROUPS = (Channel.PUBLIC_PAGE, Channel.GROUP, Channel.POSTER, Channel.MEETING, Channel.POST)


@transaction.atomic
def record_told(
    *, round_id: UUID, speaker_id: UUID, channel: str, note: str, by: Viewer, at: datetime
) -> Telling:
    """Record that one person was told by post, phone or in a meeting; twice counts once."""
    found = lock_round(round_id, by)
    check_can_tell(found.action, found.stage)
    check(channel in BY_HAND, "Choose post, phone or a meeting.", field="channel")
    telling = _telling_of_person(found, speaker_id)
    if telling.state in Telling.TOLD:
        return telling
    telling.channel, telling.state = channel, State.RECORDED
    telling.note, telling.by_id, telling.at, telling.digest = note.strip(), by.person_id, at, None
    telling.save()
    mark_sent(found, at)
    record_audit(by=by, at=at, operation="record_told", on=telling, detail={"channel": channel})
    return telling


@transaction.atomic
def record_unreachable(*, round_id: UUID, speaker_id: UUID, note: str, by: Viewer, at: datetime) -> Telling:
    """Write down that one person cannot be reached, and why."""
    found = lock_round(round_id, by)
    check_can_tell(found.action, found.stage)
    check(bool(note.strip()), "Say what was tried, or why there is no way.", field="note")
    telling = _telling_of_person(found, speaker_id)
    check(telling.state not in Telling.TOLD, "This person has been told already.")
    check(telling.state != State.SENDING, "Their mail is being sent at this moment. Look again in a minute.")
    telling.channel, telling.state = Channel.NONE, State.UNREACHABLE
    telling.note, telling.by_id, telling.at = note.strip(), by.person_id, at
    telling.save()
    record_audit(by=by, at=at, operation="record_unreachable", on=telling)
    return telling


@transaction.atomic
def record_channel(
    *, round_id: UUID, engagement_id: UUID | None, channel: str, note: str, by: Viewer, at: datetime
) -> Telling:
    """Record the channel by which a group was told; the same channel twice counts once.

    Without an engagement it is for everybody the action concerns, as the public page is.
    """
    found = lock_round(round_id, by)
    check_can_tell(found.action, found.stage)
    check(channel in FOR_GROUPS, "Choose how this group was told.", field="channel")
    check(bool(note.strip()), "Say where and when, so that somebody else can find it.", field="note")
    _check_group(found, engagement_id)
    telling, is_new = Telling.objects.get_or_create(
        round=found,
        speaker=None,
        engagement_id=engagement_id,  # type: ignore[misc]  # empty is looked for as empty
        channel=channel,
        defaults={"state": State.RECORDED, "note": note.strip(), "by_id": by.person_id, "at": at},
    )
    if is_new:
        mark_sent(found, at)
        record_audit(by=by, at=at, operation="record_channel", on=telling, detail={"channel": channel})
    return telling


@transaction.atomic
def give_up_on_group(
    *, round_id: UUID, engagement_id: UUID | None, note: str, by: Viewer, at: datetime
) -> Telling:
    """Write down that whoever is left in a group cannot be reached, and why."""
    found = lock_round(round_id, by)
    check_can_tell(found.action, found.stage)
    check(bool(note.strip()), "Say what was tried, or why there is no way.", field="note")
    _check_group(found, engagement_id)
    telling, is_new = Telling.objects.get_or_create(
        round=found,
        speaker=None,
        engagement_id=engagement_id,  # type: ignore[misc]  # empty is looked for as empty
        channel=Channel.NONE,
        defaults={"state": State.UNREACHABLE, "note": note.strip(), "by_id": by.person_id, "at": at},
    )
    if is_new:
        record_audit(by=by, at=at, operation="give_up_on_group", on=telling)
    return telling


@transaction.atomic
def take_back_telling(*, telling_id: UUID, by: Viewer, at: datetime) -> FeedbackRound:
    """Take back what was recorded by mistake, or a mail that still waits for the digest."""
    telling = _lock_telling(telling_id, by)
    check(
        telling.state in (State.RECORDED, State.UNREACHABLE, State.WAITING),
        "Only what was recorded by hand, or still waits for the digest, can be taken back.",
    )
    record_audit(by=by, at=at, operation="take_back_telling", on=telling, detail={"was": telling.state})
    telling.delete()
    reopen_if_untold(action_id=telling.round.action_id, by=by, at=at)
    return telling.round


@transaction.atomic
def try_mail_again(*, telling_id: UUID, by: Viewer, at: datetime) -> FeedbackRound:
    """Put a mail that failed into the next digest, because a person decided so."""
    telling = _lock_telling(telling_id, by)
    check(telling.state in (State.FAILED, State.BOUNCED), "Only mail that failed can be sent again.")
    check_can_tell(telling.round.action, telling.round.stage)
    telling.state, telling.digest, telling.note, telling.at = State.WAITING, None, "", at
    telling.save(update_fields=["state", "digest", "note", "at"])
    record_audit(by=by, at=at, operation="try_mail_again", on=telling)
    return telling.round


@transaction.atomic
def record_bounce(*, telling_id: UUID, by: Viewer, at: datetime) -> int:
    """Record that a mail came back: whoever was told only by it is no longer told; return how many tellings.

    One mail carries all the news of a digest, so all of it bounced. A page that was opened stays opened.
    An action that had closed on the strength of this mail opens again.
    """
    check_may(by, "tell_people")
    telling = Telling.objects.filter(id=telling_id).first()
    if telling is None or telling.channel != Channel.EMAIL:
        raise Refused("Only mail can bounce, and there is no such mail.")
    in_mail = Q(digest_id=telling.digest_id) if telling.digest_id else Q(id=telling.id)
    tellings = Telling.objects.filter(in_mail)
    # Actions are always held in the same order, so that two bounces cannot wait for each other.
    action_ids = sorted(set(tellings.values_list("round__action_id", flat=True)))
    for action_id in action_ids:
        lock_action(action_id, by)
    count = tellings.filter(state__in=[State.ACCEPTED, State.SENDING]).update(state=State.BOUNCED, at=at)
    Digest.objects.filter(tellings=telling).update(state=Digest.State.BOUNCED)
    if count:
        record_audit(by=by, at=at, operation="record_bounce", on=telling, detail={"tellings": count})
    for action_id in action_ids:
        reopen_if_untold(action_id=action_id, by=by, at=at)
    return count


def _lock_telling(telling_id: UUID, by: Viewer) -> Telling:
    check_may(by, "tell_people")
    action_ids = Telling.objects.filter(id=telling_id).values_list("round__action_id", flat=True)
    for action_id in action_ids:
        lock_action(action_id, by)
    locked = (
        Telling.objects.select_for_update(of=("self",)).select_related("round").filter(id=telling_id).first()
    )
    if locked is None:
        raise Refused("There is no such record. Somebody may have taken it back.")
    return locked


def _telling_of_person(found: FeedbackRound, speaker_id: UUID) -> Telling:
    """Return this person's telling in this round, new and unsaved where there is none; the round is locked."""
    telling = Telling.objects.select_for_update().filter(round=found, speaker_id=speaker_id).first()
    if telling is not None:
        return telling
    speaker = speakers_behind(found.action_id).filter(id=speaker_id).first()
    if speaker is None:
        raise Refused("This person did not speak behind this action.")
    return Telling(round=found, speaker_id=speaker_id, engagement_id=speaker.engagement_id)


def _check_group(found: FeedbackRound, engagement_id: UUID | None) -> None:
    if engagement_id is None:
        return
    behind = {
        *count_by_engagement(speakers_behind(found.action_id)),
        *count_by_engagement(voices_behind(found.action_id)),
    }
    check(engagement_id in behind, "Nobody behind this action spoke in that engagement.")
