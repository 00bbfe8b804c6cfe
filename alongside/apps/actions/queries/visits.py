"""What somebody reads through their private link: what was said, what was decided, what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.apps.actions.models import Action, FeedbackRound, HelpAnswer, PrivateLink, Telling
from alongside.apps.actions.queries.people import voices_behind

STAGE_TITLES = {
    FeedbackRound.Stage.HEARD.value: _("What we heard"),
    FeedbackRound.Stage.DECIDED.value: _("What we decided"),
    FeedbackRound.Stage.DONE.value: _("What came of it"),
    FeedbackRound.Stage.DID_IT_HELP.value: _("Did it help?"),
}
HELP_STAGES = (FeedbackRound.Stage.DONE, FeedbackRound.Stage.DID_IT_HELP)


@dataclass(frozen=True)
class Message:
    """One message as its reader sees it."""

    stage: str
    stage_label: str
    words: str
    thanks: str
    at: datetime


@dataclass(frozen=True)
class Story:
    """What became of somebody's words in one action: what was heard, then each message in its order."""

    title: str
    heard: Sequence[str]
    messages: Sequence[Message]
    telling_id: UUID | None = None
    round_id: UUID | None = None
    asks_whether_it_helped: bool = False
    answer: str = ""


@dataclass(frozen=True)
class OwnWords:
    """What this person said, verbatim."""

    text: str
    question: str
    said_on: Any
    language: str


@dataclass(frozen=True)
class Visit:
    """Everything behind one private link."""

    link_id: UUID
    stories: Sequence[Story]
    is_stopped: bool
    can_mail_code: bool


def get_visit(link_id: UUID, at: datetime) -> Visit | None:
    """Return what a private link opens, newest first; the link itself is the permission, whoever looks."""
    link = PrivateLink.objects.select_related("digest__contact").filter(id=link_id, expires_at__gt=at).first()
    if link is None:
        return None
    tellings = (
        Telling.objects.filter(digest=link.digest_id)
        .select_related("round__action")
        .order_by("-round__written_at", "-id")
    )
    latest: dict[tuple[UUID, UUID | None], Telling] = {}
    for telling in tellings:
        latest.setdefault((telling.round.action_id, telling.speaker_id), telling)
    contact = link.digest.contact
    return Visit(
        link_id=link.id,
        stories=[_story(telling) for telling in latest.values()],
        is_stopped=contact is None or contact.stopped_at is not None,
        can_mail_code=contact is not None and bool(contact.email),
    )


def preview_story(action: Action, found: FeedbackRound) -> Story:
    """Return the story as somebody will read it once this message is sent."""
    rounds = [*action.rounds.exclude(sent_at=None).exclude(id=found.id).order_by("written_at"), found]
    return Story(
        title=action.title,
        heard=_heard(action),
        messages=[_message(one) for one in rounds],
        asks_whether_it_helped=found.stage in HELP_STAGES,
    )


def list_own_words(link_id: UUID) -> list[OwnWords]:
    """Return the person's own words behind what they are told; only after a one-time code, which views check."""
    tellings = Telling.objects.filter(digest__links=link_id, speaker__isnull=False).select_related("round")
    words: dict[UUID, OwnWords] = {}
    for telling in tellings:
        for voice in voices_behind(telling.round.action_id).filter(speaker=telling.speaker_id):
            words[voice.id] = OwnWords(voice.text, voice.question, voice.said_on, voice.language)
    return [words[voice_id] for voice_id in sorted(words)]


def list_speakers_of_link(link_id: UUID) -> list[UUID]:
    """Return under which ids we know the person a private link was sent to."""
    tellings = Telling.objects.filter(digest__links=link_id, speaker__isnull=False)
    return sorted({one for one in tellings.values_list("speaker_id", flat=True) if one})


def _story(telling: Telling) -> Story:
    action = telling.round.action
    rounds = action.rounds.exclude(sent_at=None).order_by("written_at")
    answer = HelpAnswer.objects.filter(telling=telling).first()
    return Story(
        title=action.title,
        heard=_heard(action),
        messages=[_message(found) for found in rounds],
        telling_id=telling.id,
        round_id=telling.round_id,
        asks_whether_it_helped=telling.round.stage in HELP_STAGES,
        answer=answer.answer if answer else "",
    )


def _heard(action: Action) -> list[str]:
    return [str(statement) for statement in action.insights.values_list("statement", flat=True)]


def _message(found: FeedbackRound) -> Message:
    return Message(
        stage=found.stage,
        stage_label=str(STAGE_TITLES[found.stage]),
        words=found.message,
        thanks=found.thanks,
        at=found.sent_at or found.written_at,
    )
