"""Invitations: the only way to an account."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check
from alongside.apps.people.models import Invitation, Person
from alongside.apps.people.operations.accounts import check_account, give_first_roles
from alongside.apps.people.operations.letters import tell_address, tell_person
from alongside.apps.people.queries import get_viewer_by_id
from alongside.apps.people.rules import INVITATION_LASTS, check_may_invite, may_invite_to

GONE = "This invitation no longer works. Ask whoever invited you to send it again."


@dataclass(frozen=True)
class Invited:
    """An invitation that was made or sent again. The link stands nowhere else: only its digest is kept."""

    id: UUID
    name: str
    link: str
    is_mailed: bool


def digest_token(token: str) -> str:
    """Return the digest under which an invitation's secret is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, name: str, roles: Collection[str], by: Viewer, at: datetime) -> Invited:
    """Invite somebody to have an account with these roles; the letter with the link leaves at once."""
    check_may_invite(by, roles)
    check_account(email=email, name=name)
    address = email.strip().lower()
    check(
        not Person.objects.filter(email__iexact=address).exists(),
        "Somebody with this e-mail address is already here.",
        field="email",
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=address,
        name=name.strip(),
        roles=sorted(roles),
        token_digest=digest_token(token),
        invited_by_id=by.person_id,
        invited_at=at,
        sent_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as clash:
        raise Refused(
            "This address has an invitation already. Find it under “Invitations” and send it again.",
            field="email",
        ) from clash
    record_audit(by=by, at=at, operation="invite", on=invitation, detail={"roles": sorted(roles)})
    return _send(invitation, token)


@transaction.atomic
def resend_invitation(*, invitation_id: UUID, by: Viewer, at: datetime) -> Invited:
    """Send an open or expired invitation again, with a new link; the old one stops working."""
    invitation = _lock_open(invitation_id, by)
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest_token(token)
    invitation.sent_at, invitation.expires_at = at, at + INVITATION_LASTS
    invitation.invited_by_id = by.person_id
    invitation.save()
    record_audit(by=by, at=at, operation="resend_invitation", on=invitation)
    return _send(invitation, token)


@transaction.atomic
def withdraw_invitation(*, invitation_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an invitation back; its name and address are forgotten."""
    invitation = _lock_open(invitation_id, by)
    invitation.withdrawn_at, invitation.email, invitation.name = at, "", ""
    invitation.save()
    record_audit(by=by, at=at, operation="withdraw_invitation", on=invitation)


@transaction.atomic
def take_invitation(
    *, token: str, at: datetime, password: str | None, add_passkey: Callable[[Person], object] | None = None
) -> Person:
    """Make the account somebody was invited to, with the password or the passkey they chose; works once.

    Refused where the link is used, old or withdrawn, or where whoever invited them may no longer invite.
    """
    invitation = (
        Invitation.objects.select_for_update()
        .filter(token_digest=digest_token(token), taken_at=None, withdrawn_at=None, expires_at__gt=at)
        .first()
    )
    if invitation is None:
        raise Refused(GONE)
    host = get_viewer_by_id(invitation.invited_by_id) if invitation.invited_by_id else SYSTEM
    try:
        check_may_invite(host, invitation.roles)
    except Refused as lost:
        raise Refused(GONE) from lost
    person = Person(id=invitation.person_id, email=invitation.email, name=invitation.name, created_at=at)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused("Somebody with this e-mail address is already here. Sign in instead.") from clash
    if add_passkey is not None:
        add_passkey(person)
    invitation.taken_at, invitation.email, invitation.name = at, "", ""
    invitation.save()
    record_audit(
        by=Viewer(person_id=person.id, name=person.name), at=at, operation="take_invitation", on=invitation
    )
    give_first_roles(person=person, roles=invitation.roles, by=host, at=at)
    return person


@transaction.atomic
def send_password_link(*, person_id: UUID, link: str, at: datetime) -> None:
    """Send somebody the link with which they choose a new password; it does not take the place of the second step."""
    person = Person.objects.filter(id=person_id, is_active=True).first()
    if person is None:
        return
    record_audit(by=Viewer(person_id=None, name="public"), at=at, operation="send_password_link", on=person)
    tell_person(
        person,
        gettext("Choose a new password"),
        gettext("With this link you can choose a new password. It works for one hour, once:"),
        link,
        gettext("If you did not ask for it, you need do nothing: your password stays as it is."),
    )


def _lock_open(invitation_id: UUID, by: Viewer) -> Invitation:
    """Return an invitation this viewer could have made, locked; refuse what is not there to be changed."""
    check(may_invite_to(by), "Your role does not let you invite people. Ask an administrator if it should.")
    invitation = (
        Invitation.objects.select_for_update()
        .filter(id=invitation_id, taken_at=None, withdrawn_at=None)
        .first()
    )
    gone = Refused("There is no such invitation of yours. It may have been taken or withdrawn.")
    if invitation is None:
        raise gone
    try:
        check_may_invite(by, invitation.roles)
    except Refused as not_theirs:  # the same words, so that nobody learns whom others invited
        raise gone from not_theirs
    return invitation


def _send(invitation: Invitation, token: str) -> Invited:
    link = settings.PUBLIC_URL + reverse("people:invitation", args=[token])
    is_mailed = tell_address(
        invitation.email,
        gettext("Your invitation"),
        gettext("You are invited to have an account. Open this link to choose how you sign in:"),
        link,
        gettext("It works for seven days, once. Please do not pass it on."),
    )
    return Invited(id=invitation.id, name=invitation.name, link=link, is_mailed=is_mailed)
