"""Signing in and out, wrong tries and locks, and sessions that end when rights change."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer, check
from alongside.apps.people.models import Invitation, Person, SignIn, WrongTries
from alongside.apps.people.rules import COUNTED_FOR, LOCKED_FOR, TRIES_FROM_ANYWHERE, TRIES_FROM_ONE_PLACE

ANYWHERE = ""


def digest_place(email: str, place: str) -> str:
    """Return the keyed digest under which tries for an account from a place are counted."""
    words = f"{email.strip().lower()}|{place}"
    return salted_hmac("people.wrong_tries", words, algorithm="sha256").hexdigest()


@transaction.atomic
def note_sign_in(
    *, person_id: UUID, session_key: str, device: str, methods: Sequence[str], at: datetime
) -> None:
    """Note where somebody is signed in now, and that they signed in; sessions that ran out are forgotten."""
    SignIn.objects.filter(person_id=person_id).exclude(
        session_key__in=Session.objects.filter(expire_date__gt=at).values("session_key")
    ).delete()
    SignIn.objects.update_or_create(
        session_key=session_key, defaults={"person_id": person_id, "device": device[:60], "began_at": at}
    )
    _record(person_id, "sign_in", at, {"with": list(methods)})


@transaction.atomic
def end_sign_in(*, session_key: str) -> None:
    """Forget one place where somebody was signed in; the session itself ends with the sign-out."""
    SignIn.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_sessions(*, person_id: UUID, keep: str = "") -> int:
    """End every session of a person at once, except the one to keep; return how many ended.

    Counting up `rights_version` ends also those that no list knows. Whoever keeps a session renews it afterwards.
    """
    Person.objects.filter(id=person_id).update(rights_version=F("rights_version") + 1)
    ended = SignIn.objects.filter(person_id=person_id).exclude(session_key=keep)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)


@transaction.atomic
def move_sign_in(*, person_id: UUID, old_key: str, new_key: str) -> None:
    """Follow a session that was given a new key."""
    SignIn.objects.filter(person_id=person_id, session_key=old_key).update(session_key=new_key)


@transaction.atomic
def end_own_sign_in(*, sign_in_id: UUID, by: Viewer, at: datetime) -> None:
    """End one of one's own sessions, such as the one left open at a library."""
    found = SignIn.objects.filter(id=sign_in_id, person_id=by.own_id).first()
    check(found is not None, "You are no longer signed in there.")
    assert found is not None  # noqa: S101  (said above; for the type checker)
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()
    _record(by.own_id, "end_own_session", at, {})


@transaction.atomic
def end_own_sessions(*, by: Viewer, at: datetime, keep: str) -> int:
    """End all of one's own sessions but this one; return how many."""
    ended = end_sessions(person_id=by.own_id, keep=keep)
    _record(by.own_id, "end_own_sessions", at, {"ended": ended})
    return ended


@transaction.atomic
def note_wrong_try(*, email: str, place: str, at: datetime) -> None:
    """Count a sign-in that went wrong, and lock what was tried too often. Nobody learns whether the account exists."""
    person_id = Person.objects.filter(email__iexact=email.strip()).values_list("id", flat=True).first()
    limits = ((place, TRIES_FROM_ONE_PLACE), (ANYWHERE, TRIES_FROM_ANYWHERE))
    locked = [_count(digest_place(email, where), most, at) for where, most in limits]
    _record(person_id, "sign_in_refused", at, {})
    if any(locked):
        _record(person_id, "sign_in_locked", at, {"everywhere": locked[1]})


@transaction.atomic
def forget_wrong_tries(*, email: str, place: str) -> None:
    """Begin to count again from this place, because the right password came from it."""
    WrongTries.objects.filter(digest=digest_place(email, place)).delete()


@transaction.atomic
def tidy_sign_ins(*, at: datetime) -> None:
    """Forget where nobody is signed in any more, counts older than a day, and people who never came.

    An invitation that expired a month ago is withdrawn, and with that its name and address are gone.
    """
    live = Session.objects.filter(expire_date__gt=at).values("session_key")
    SignIn.objects.exclude(session_key__in=live).delete()
    WrongTries.objects.filter(began_at__lt=at - timedelta(days=1)).delete()
    stale = Invitation.objects.select_for_update().filter(
        taken_at=None, withdrawn_at=None, expires_at__lt=at - timedelta(days=30)
    )
    for invitation in stale:
        invitation.withdrawn_at, invitation.email, invitation.name = at, "", ""
        invitation.save()
        record_audit(by=SYSTEM, at=at, operation="withdraw_invitation", on=invitation, reason="expired")


@transaction.atomic
def note_wrong_code(*, person_id: UUID, at: datetime) -> None:
    """Note that somebody knew the password, or held the session, but not the code."""
    _record(person_id, "code_refused", at, {})


@transaction.atomic
def note_confirmed(*, by: Viewer, at: datetime) -> None:
    """Note that somebody said again who they are."""
    _record(by.own_id, "confirm_identity", at, {})


def _count(digest: str, most: int, at: datetime) -> bool:
    """Count one try; return whether it was the one that locks."""
    WrongTries.objects.bulk_create([WrongTries(digest=digest, began_at=at)], ignore_conflicts=True)
    counted = WrongTries.objects.select_for_update().get(digest=digest)
    if at - counted.began_at > COUNTED_FOR:
        counted.tries, counted.began_at = 0, at
    counted.tries += 1
    is_last = counted.tries >= most
    if is_last:
        counted.locked_until, counted.tries, counted.began_at = at + LOCKED_FOR, 0, at
    counted.save()
    return is_last


def _record(person_id: UUID | None, operation: str, at: datetime, detail: dict[str, object]) -> None:
    """Write the line about an account; what somebody did before they were known is done by nobody known."""
    is_known = operation not in ("sign_in_refused", "sign_in_locked", "code_refused")
    by = Viewer(person_id=person_id, name="") if is_known else PUBLIC
    record_audit(
        by=by, at=at, operation=operation, object_type="people.person", object_id=person_id, detail=detail
    )
