"""What a person gives back through their private link: an answer, a reply in their own words, or a full stop."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.actions.models import HelpAnswer, PrivateLink, Telling
from alongside.apps.actions.rules import token_digest
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import PUBLIC, Refused, check
from alongside.apps.engagement.operations.contacts import stop_contacts
from alongside.apps.engagement.operations.voices import add_reply

MOST_REPLY_CHARACTERS = 5_000


@transaction.atomic
def answer_help(*, link_id: UUID, telling_id: UUID, answer: str, words: str, at: datetime) -> HelpAnswer:
    """Keep one person's answer to "did it help?"; a later answer replaces it. Words become a new voice."""
    check(answer in HelpAnswer.Answer.values, _("Choose one of the answers."), field="answer")
    telling = _telling_of_link(link_id, telling_id)
    kept, _is_new = HelpAnswer.objects.update_or_create(
        telling=telling, defaults={"answer": answer, "at": at}
    )
    record_audit(by=PUBLIC, at=at, operation="answer_help", on=kept)
    if words.strip():
        _reply(telling, words, at)
    return kept


@transaction.atomic
def reply(*, link_id: UUID, telling_id: UUID, words: str, at: datetime) -> UUID:
    """Keep a reply as a new voice of the person who was told."""
    return _reply(_telling_of_link(link_id, telling_id), words, at)


@transaction.atomic
def stop_contact(*, link_id: UUID, at: datetime) -> None:
    """Stop writing to whoever holds this link; what still waits for them will not be sent."""
    link = PrivateLink.objects.select_for_update().filter(id=link_id).first()
    if link is None:
        raise Refused(_("This page has changed. Open the link from your mail again."))
    _stop(link, at)


@transaction.atomic
def stop_contact_by_token(*, token: str, at: datetime) -> bool:
    """Stop writing to whoever holds this token; False where it is unknown. It never expires for this."""
    link = PrivateLink.objects.select_for_update().filter(token_sha256=token_digest(token)).first()
    if link is None:
        return False
    _stop(link, at)
    return True


def _stop(link: PrivateLink, at: datetime) -> None:
    """Stop every contact of this mailbox: one person may have spoken more than once under one address."""
    speakers = set(
        Telling.objects.filter(digest=link.digest_id, speaker__isnull=False).values_list(
            "speaker_id", flat=True
        )
    )
    stopped = stop_contacts(speaker_ids=speakers, by=PUBLIC, at=at)
    waiting = Telling.objects.filter(speaker__in=stopped, state=Telling.State.WAITING)
    waiting.update(state=Telling.State.UNREACHABLE, note="They asked not to be contacted.", at=at)
    record_audit(by=PUBLIC, at=at, operation="stop_contact", on=link)


def _reply(telling: Telling, words: str, at: datetime) -> UUID:
    check(bool(words.strip()), _("Write your reply first."), field="words")
    check(
        len(words) <= MOST_REPLY_CHARACTERS,
        _("This is longer than we can take. Please shorten it to 5,000 characters."),
        field="words",
    )
    speaker_id = cast(UUID, telling.speaker_id)  # found by `_telling_of_link`, which knows persons only
    return add_reply(speaker_id=speaker_id, round_id=telling.round_id, text=words.strip(), by=PUBLIC, at=at)


def _telling_of_link(link_id: UUID, telling_id: UUID) -> Telling:
    of_persons = Telling.objects.filter(digest__links=link_id, speaker__isnull=False)
    telling = of_persons.select_related("round").filter(id=telling_id).first()
    if telling is None:
        raise Refused(_("This page has changed. Open the link from your mail again."))
    return telling
