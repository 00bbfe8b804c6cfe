"""Second factors and passwords: each change is noted, ends other sessions, and is told to the person."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.people.models import Person
from alongside.apps.people.operations.letters import tell_person
from alongside.apps.people.operations.sign_ins import end_sessions

T = TypeVar("T")


@transaction.atomic
def change_factors(
    *,
    operation: str,
    kind: str,
    change: Callable[[], T],
    by: Viewer,
    at: datetime,
    keep: str,
) -> T:
    """Do a change of one's own second factors and note it; other sessions end, the person is told by mail.

    `operation` is add_factor, remove_factor or make_codes; `kind` totp, webauthn or recovery_codes. `change` runs
    inside the transaction. What a person takes away must leave them a second factor.
    """
    person = Person.objects.select_for_update().get(id=by.own_id)  # two who take away one each leave none
    done = change()
    left = Authenticator.objects.filter(user_id=by.own_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    check(left.exists(), gettext("This is your only second step. Set up another one first."))
    end_sessions(person_id=by.own_id, keep=keep)
    record_audit(by=by, at=at, operation=operation, on=person, detail={"kind": kind})
    tell_person(
        person,
        gettext("Your second step was changed"),
        gettext(
            "The second step with which you sign in was changed: something was added, taken away or made new. "
            "If it was not you, tell an administrator at once."
        ),
    )
    return done


@transaction.atomic
def reset_factors(*, person_id: UUID, by: Viewer, at: datetime) -> None:
    """Take away all second factors of somebody who lost theirs; their password stays, all their sessions end."""
    check_may(by, "manage_people")
    check(person_id != by.person_id, "You cannot reset your own second step. Ask another administrator.")
    person = Person.objects.select_for_update().filter(id=person_id).first()
    check(person is not None, "There is no such person here.")
    assert person is not None  # noqa: S101  (said above; for the type checker)
    count, _ = Authenticator.objects.filter(user_id=person_id).delete()
    ended = end_sessions(person_id=person_id)
    record_audit(
        by=by,
        at=at,
        operation="reset_factors",
        on=person,
        detail={"taken_away": count, "sessions_ended": ended},
    )
    tell_person(
        person,
        gettext("Your second step was taken away"),
        gettext(
            "An administrator took away the second step with which you sign in, because you could not use it any "
            "more. You are signed out everywhere. Sign in with your password and set up a new second step. "
            "If you did not ask for this, tell an administrator at once."
        ),
    )


@transaction.atomic
def forget_factors(*, person_id: UUID) -> int:
    """Delete the second factors of an erased person; return how many. The caller audits it."""
    count, _ = Authenticator.objects.filter(user_id=person_id).delete()
    return int(count)


@transaction.atomic
def set_password(*, person_id: UUID, password: str, by: Viewer, at: datetime, keep: str = "") -> Person:
    """Give somebody the password they chose; other sessions end, the person is told by mail. The form checked it.

    Return the person as stored, so that a session to keep can be renewed.
    """
    person = Person.objects.select_for_update().get(id=person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person_id=person_id, keep=keep)
    record_audit(by=by, at=at, operation="set_password", on=person)
    tell_person(
        person,
        gettext("Your password was changed"),
        gettext("Your password was changed. If it was not you, tell an administrator at once."),
    )
    person.refresh_from_db()
    return person
