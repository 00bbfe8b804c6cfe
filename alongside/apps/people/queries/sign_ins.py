"""Reads about second factors, sessions, locks and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Invitation, Person, SignIn, WrongTries
from alongside.apps.people.rules import PARTNER_ROLES, ROLES, SEEN


@dataclass(frozen=True)
class Passkey:
    """One passkey of a person."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """With what somebody can prove who they are."""

    has_password: bool
    has_app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int
    codes_shown: bool

    @property
    def has_second(self) -> bool:
        """Return whether there is a second factor; recovery codes alone are none."""
        return self.has_app or bool(self.passkeys)

    @property
    def has_codes(self) -> bool:
        """Return whether a code can be typed: from the app, or a recovery code."""
        return self.has_app or self.codes_left > 0

    @property
    def count(self) -> int:
        """Return how many second factors there are."""
        return len(self.passkeys) + self.has_app


@dataclass(frozen=True)
class SignInLine:
    """One place where somebody is signed in."""

    id: UUID
    device: str
    began_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True)
class InvitationLine:
    """An invitation nobody has taken yet."""

    id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    sent_at: datetime
    expires_at: datetime
    is_expired: bool

    @property
    def role_labels(self) -> list[str]:
        """Return the roles as words."""
        return [gettext(ROLES.get(role, role)) for role in self.roles]


@dataclass(frozen=True)
class OpenInvitation:
    """What the invited person is shown, and the id their account will have."""

    person_id: UUID
    name: str
    email: str


def get_factors(viewer: Viewer, person_id: UUID | None = None) -> Factors:
    """Return one's own factors, or somebody's for those who manage people."""
    wanted = person_id or viewer.own_id
    if wanted != viewer.own_id and not viewer.may("manage_people"):
        return Factors(False, False, (), 0, False)
    person = Person.objects.filter(id=wanted).first()
    kept = list(Authenticator.objects.filter(user_id=wanted).order_by("created_at", "id"))
    codes = next((one for one in kept if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        has_password=person is not None and person.has_usable_password(),
        has_app=any(one.type == Authenticator.Type.TOTP for one in kept),
        passkeys=tuple(
            Passkey(
                id=one.id, name=one.data.get("name", ""), added_at=one.created_at, used_at=one.last_used_at
            )
            for one in kept
            if one.type == Authenticator.Type.WEBAUTHN
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        codes_shown=codes is not None and codes.wrap().did_view,
    )


def list_methods(records: Sequence[dict[str, object]]) -> list[str]:
    """Return with what somebody signed in, such as ["password", "totp"], from allauth's notes in the session."""
    return [str(record.get("type") or record["method"]) for record in records]


def list_sign_ins(viewer: Viewer, *, session_key: str, at: datetime) -> list[SignInLine]:
    """Return where this viewer is signed in, this session first, then the latest seen."""
    mine = list(SignIn.objects.filter(person_id=viewer.own_id))
    sessions = Session.objects.filter(session_key__in=[one.session_key for one in mine], expire_date__gt=at)
    seen = {session.session_key: session.get_decoded().get(SEEN, 0) for session in sessions}
    lines = [
        SignInLine(
            id=one.id,
            device=one.device,
            began_at=one.began_at,
            seen_at=datetime.fromtimestamp(seen[one.session_key], tz=UTC),
            is_this_one=one.session_key == session_key,
        )
        for one in mine
        if one.session_key in seen
    ]
    return sorted(lines, key=lambda line: (not line.is_this_one, -line.seen_at.timestamp()))


def is_locked(*, digests: Sequence[str], at: datetime) -> bool:
    """Return whether signing in is locked under any of these digests."""
    return WrongTries.objects.filter(digest__in=digests, locked_until__gt=at).exists()


def list_invitations(viewer: Viewer, *, at: datetime) -> list[InvitationLine]:
    """Return the invitations nobody has taken: all for an administrator, those of partners for who invites them."""
    if not viewer.may("manage_people") and not viewer.may("invite_partners"):
        return []
    waiting = Invitation.objects.filter(taken_at=None, withdrawn_at=None)
    lines = [
        InvitationLine(
            id=one.id,
            name=one.name,
            email=one.email,
            roles=tuple(one.roles),
            sent_at=one.sent_at,
            expires_at=one.expires_at,
            is_expired=one.expires_at <= at,
        )
        for one in waiting
    ]
    return [line for line in lines if viewer.may("manage_people") or set(line.roles) <= PARTNER_ROLES]


def get_open_invitation(token_digest: str, *, at: datetime) -> OpenInvitation | None:
    """Return the invitation whose link somebody holds, while it works."""
    found = Invitation.objects.filter(
        token_digest=token_digest, taken_at=None, withdrawn_at=None, expires_at__gt=at
    ).first()
    return OpenInvitation(found.person_id, found.name, found.email) if found else None


def get_person_to_reset(email: str) -> Person | None:
    """Return the person with this address who may choose a new password; nobody of the demonstration."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True, demo_purpose="").first()


def get_person_by_id(person_id: UUID) -> Person | None:
    """Return a person who may sign in."""
    return Person.objects.filter(id=person_id, is_active=True).first()


def make_unsaved_person(invitation: OpenInvitation) -> Person:
    """Return the person somebody will be once they take their invitation; nothing is stored."""
    return Person(id=invitation.person_id, email=invitation.email, name=invitation.name)
