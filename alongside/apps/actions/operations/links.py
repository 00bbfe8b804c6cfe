"""Opening a private link, and the one-time code before somebody's own words are shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alongside.apps.actions import bridge
from alongside.apps.actions.models import OneTimeCode, PrivateLink, Telling
from alongside.apps.actions.rules import (
    CODE_LASTS,
    CODE_TRIES,
    MOST_CODES_A_LINK,
    MOST_CODES_AN_HOUR,
    make_code,
    token_digest,
)
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import PUBLIC, Refused

State = Telling.State
HOUR = timedelta(hours=1)


class CodeFate(Enum):
    """What a typed code was worth."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"  # too many tries, too late, or none was sent: a new one is needed


@dataclass(frozen=True)
class OpenLink:
    """A private link that was exchanged, and until when it works."""

    id: UUID
    expires_at: datetime


@transaction.atomic
def open_link(*, token: str, at: datetime) -> OpenLink | None:
    """Exchange a token: whoever it was sent to has now opened the page, so they are told.

    Return None for a token that is unknown or expired; nobody learns which.
    """
    link = PrivateLink.objects.select_for_update().filter(token_sha256=token_digest(token)).first()
    if link is None or link.expires_at <= at:
        return None
    link.exchanged_at = at
    link.save(update_fields=["exchanged_at"])
    tellings = Telling.objects.filter(digest=link.digest_id)
    tellings.filter(opened_at=None).update(opened_at=at)
    tellings.filter(state__in=[State.SENDING, State.ACCEPTED, State.BOUNCED, State.FAILED]).update(
        state=State.OPENED
    )
    record_audit(by=PUBLIC, at=at, operation="open_private_link", on=link)
    return OpenLink(link.id, link.expires_at)


def mail_code(*, link_id: UUID, at: datetime) -> None:
    """Make a new one-time code and mail it; the one before stops working."""
    code = make_code()
    code_hash = make_password(code)  # slow on purpose, so outside the transaction
    with transaction.atomic():
        link = PrivateLink.objects.select_for_update().select_related(None).filter(id=link_id).first()
        contact = link.digest.contact if link else None
        if link is None or contact is None or not contact.email:
            raise Refused(_("We have no e-mail address for you any more, so we cannot send a code."))
        recent = link.codes.filter(created_at__gt=at - HOUR).count()
        if recent >= MOST_CODES_AN_HOUR or link.codes.count() >= MOST_CODES_A_LINK:
            raise Refused(_("You have asked for several codes. Please wait an hour before you ask again."))
        link.codes.filter(used_at=None).update(used_at=at)
        OneTimeCode.objects.create(
            link=link, code_hash=code_hash, created_at=at, expires_at=at + CODE_LASTS, tries_left=CODE_TRIES
        )
        record_audit(by=PUBLIC, at=at, operation="mail_code", on=link)
    outcome = bridge.send_code(to=contact.email, language=contact.language, code=code)
    if outcome.fate is not bridge.Fate.ACCEPTED:
        raise Refused(_("We could not send the code just now. Please try again in a few minutes."))


def try_code(*, link_id: UUID, code: str, at: datetime) -> CodeFate:
    """Spend one of five tries on a code; a try is spent before the code is compared, whoever tries at once."""
    found = OneTimeCode.objects.filter(link=link_id, used_at=None).order_by("-created_at", "-id").first()
    if found is None:
        return CodeFate.USED_UP
    this = OneTimeCode.objects.filter(id=found.id, used_at=None, expires_at__gt=at)
    with transaction.atomic():
        may_try = this.filter(tries_left__gt=0).update(tries_left=F("tries_left") - 1)
        record_audit(by=PUBLIC, at=at, operation="try_code", on=found, detail={"allowed": bool(may_try)})
    if not may_try:
        return CodeFate.USED_UP
    if not check_password("".join(code.split()), found.code_hash):
        return CodeFate.WRONG
    with transaction.atomic():
        is_first = this.update(used_at=at)
        record_audit(by=PUBLIC, at=at, operation="use_code", on=found)
    return CodeFate.RIGHT if is_first else CodeFate.USED_UP
