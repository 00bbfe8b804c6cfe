"""Races about actions, telling people, private links and one-time codes."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from alongside.apps.actions.bridge import Fate, Outcome
from alongside.apps.actions.models import (
    Action,
    ActionNote,
    Digest,
    FeedbackRound,
    HelpAnswer,
    OneTimeCode,
    PrivateLink,
    Telling,
)
from alongside.apps.actions.operations.actions import close_action, move_action
from alongside.apps.actions.operations.answers import answer_help, reply, stop_contact
from alongside.apps.actions.operations.digests import claim_digest, settle_digest
from alongside.apps.actions.operations.links import CodeFate, mail_code, open_link, try_code
from alongside.apps.actions.operations.rounds import send_round, write_round
from alongside.apps.actions.operations.tellings import record_channel, record_told, take_back_telling
from alongside.apps.actions.rules import CODE_LASTS, CODE_TRIES, MOST_CODES_AN_HOUR
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.models import Contact, Engagement, Voice
from tests.factories.actions import make_action_with_people, make_round, speaker_ids
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, in_time

_made: list[int] = []


def _mails() -> list[str]:
    _made.append(1)
    return [f"p{len(_made)}-{number}@people.example" for number in range(3)]


def _action(state: str = "planned") -> Given:
    mails = _mails()
    action, engagement = make_action_with_people(mails=mails, phones=1, state=state)
    return {
        "action": str(action.id),
        "mailbox": mails[0],
        "engagement": str(engagement.id),
        "speaker": str(speaker_ids(engagement)[0]),
    }


def _round() -> Given:
    given = dict(_action())
    written = make_round(Action.objects.get(id=given["action"]))
    return {**given, "round": str(written.id)}


def _sent() -> Given:
    given = _round()
    send_round(round_id=as_id(given, "round"), by=SYSTEM, at=AT)
    return given


def _claimed() -> Given:
    given = dict(_sent())
    claimed = claim_digest(mailbox=given["mailbox"], by=SYSTEM, at=AT)
    assert claimed is not None
    link = PrivateLink.objects.get(digest=claimed.id)
    telling = Telling.objects.get(digest=claimed.id)
    code = OneTimeCode.objects.create(
        link=link,
        code_hash=make_password("123456"),
        created_at=AT,
        expires_at=AT + CODE_LASTS,
        tries_left=CODE_TRIES,
    )
    return {
        **given,
        "digest": str(claimed.id),
        "token": claimed.token,
        "link": str(link.id),
        "telling": str(telling.id),
        "code": str(code.id),
    }


def _without_code() -> Given:
    given = _claimed()
    OneTimeCode.objects.filter(id=given["code"]).delete()
    return given


def _done() -> Given:
    given, later = dict(_action("in_progress")), AT + timedelta(minutes=1)
    move_action(action_id=as_id(given, "action"), to="done", words="Texts go out.", by=SYSTEM, at=AT)
    written = write_round(
        action_id=as_id(given, "action"),
        stage="done",
        message="Texts go out.",
        thanks="Thanks",
        by=SYSTEM,
        at=later,
    )
    for speaker_id in speaker_ids(Engagement.objects.get(id=given["engagement"])):
        record_told(round_id=written.id, speaker_id=speaker_id, channel="phone", note="", by=SYSTEM, at=later)
    return given


def _told_by_hand() -> Given:
    given = dict(_round())
    telling = record_told(
        round_id=as_id(given, "round"),
        speaker_id=as_id(given, "speaker"),
        channel="phone",
        note="",
        by=SYSTEM,
        at=AT,
    )
    return {**given, "telling": str(telling.id)}


def _count_tellings(given: Given, number: int) -> str:
    return differs("tellings", Telling.objects.filter(round_id=as_id(given, "round")).count(), number)


def _try(code: str, wanted: CodeFate, given: Given) -> None:
    in_time(try_code(link_id=as_id(given, "link"), code=code, at=AT) is wanted)


def _tries_left(given: Given, number: int) -> str:
    return differs("tries left", OneTimeCode.objects.get(id=given["code"]).tries_left, number)


def _one_digest(given: Given) -> str:
    found = Digest.objects.filter(contact__email=given["mailbox"]).count()
    return differs("mails", found, 1)


def _settle(given: Given, _place: int) -> None:
    settle_digest(digest_id=as_id(given, "digest"), outcome=Outcome(Fate.ACCEPTED), by=SYSTEM, at=AT)


def _settled_once(given: Given) -> str:
    lines = AuditLine.objects.filter(operation="settle_digest", object_id=given["digest"]).count()
    return differs("settled", (Digest.objects.get(id=given["digest"]).state, lines), ("accepted", 1))


def _nothing(_given: Given) -> str:
    return ""


RACES = (
    Race(
        "an action ended once",
        lambda: _action("in_progress"),
        lambda given, place: move_action(
            action_id=as_id(given, "action"), to="done", words=f"It works {place}.", by=SYSTEM, at=AT
        ),
        lambda given: differs(
            "ends in its history",
            ActionNote.objects.filter(action_id=given["action"], state="done").count(),
            1,
        ),
        1,
    ),
    Race(
        "an action closed once",
        _done,
        lambda given, _: close_action(action_id=as_id(given, "action"), by=SYSTEM, at=AT),
        lambda given: differs("state", Action.objects.get(id=given["action"]).state, "closed"),
        1,
    ),
    Race(
        "one unsent message",
        _action,
        lambda given, _: write_round(
            action_id=as_id(given, "action"),
            stage="heard",
            message="You told us.",
            thanks="Thanks",
            by=SYSTEM,
            at=AT,
        ),
        lambda given: differs("messages", FeedbackRound.objects.filter(action_id=given["action"]).count(), 1),
        1,
    ),
    Race(
        "a message sent once",
        _round,
        lambda given, _: send_round(round_id=as_id(given, "round"), by=SYSTEM, at=AT),
        lambda given: _count_tellings(given, 3),
        1,
    ),
    Race(
        "one mail a person",
        _sent,
        lambda given, _: in_time(claim_digest(mailbox=given["mailbox"], by=SYSTEM, at=AT)),
        _one_digest,
        1,
    ),
    Race("a mail settled once", _claimed, _settle, _settled_once, RACERS),
    Race(
        "told by phone once",
        _round,
        lambda given, _: record_told(
            round_id=as_id(given, "round"),
            speaker_id=as_id(given, "speaker"),
            channel="phone",
            note="",
            by=SYSTEM,
            at=AT,
        ),
        lambda given: _count_tellings(given, 1),
        RACERS,
    ),
    Race(
        "a group told once",
        _round,
        lambda given, _: record_channel(
            round_id=as_id(given, "round"),
            engagement_id=None,
            channel="poster",
            note="In the hall",
            by=SYSTEM,
            at=AT,
        ),
        lambda given: _count_tellings(given, 1),
        RACERS,
    ),
    Race(
        "a telling taken back once",
        _told_by_hand,
        lambda given, _: take_back_telling(telling_id=as_id(given, "telling"), by=SYSTEM, at=AT),
        lambda given: _count_tellings(given, 0),
        1,
    ),
    Race(
        "a private link opened by sixteen",
        _claimed,
        lambda given, _: in_time(open_link(token=given["token"], at=AT)),
        lambda given: differs("state", Telling.objects.get(id=given["telling"]).state, "opened"),
        RACERS,
    ),
    Race(
        "five tries for a code",
        _claimed,
        lambda given, _: _try("000000", CodeFate.WRONG, given),
        lambda given: _tries_left(given, 0),
        CODE_TRIES,
    ),
    Race(
        "a code used once",
        _claimed,
        lambda given, _: _try("123456", CodeFate.RIGHT, given),
        _nothing,
        1,
    ),
    Race(
        "a few codes an hour",
        _without_code,
        lambda given, _: mail_code(link_id=as_id(given, "link"), at=AT),
        lambda given: differs(
            "codes", OneTimeCode.objects.filter(link_id=as_id(given, "link")).count(), MOST_CODES_AN_HOUR
        ),
        MOST_CODES_AN_HOUR,
    ),
    Race(
        "did it help, answered once",
        _claimed,
        lambda given, _: answer_help(
            link_id=as_id(given, "link"), telling_id=as_id(given, "telling"), answer="yes", words="", at=AT
        ),
        lambda given: differs("answers", HelpAnswer.objects.filter(telling_id=given["telling"]).count(), 1),
        RACERS,
    ),
    Race(
        "a reply pressed sixteen times",
        _claimed,
        lambda given, _: reply(
            link_id=as_id(given, "link"), telling_id=as_id(given, "telling"), words="Thank you", at=AT
        ),
        lambda given: differs(
            "replies", Voice.objects.filter(text="Thank you", engagement_id=given["engagement"]).count(), 1
        ),
        RACERS,
    ),
    Race(
        "contact stopped by sixteen",
        _claimed,
        lambda given, _: stop_contact(link_id=as_id(given, "link"), at=AT),
        lambda given: differs(
            "still contacted", Contact.objects.filter(email=given["mailbox"], stopped_at=None).count(), 0
        ),
        RACERS,
    ),
)
