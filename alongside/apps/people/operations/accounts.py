"""Accounts and roles."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.models import Person, RoleGrant
from alongside.apps.people.operations.sign_ins import end_sessions
from alongside.apps.people.rules import ROLES, check_role, check_roles_together


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    roles: Collection[str],
    by: Viewer,
    at: datetime,
    password: str | None = None,
    organisation_id: UUID | None = None,
    demo_purpose: str = "",
) -> Person:
    """Add somebody with an account, from the command line or for the demonstration; on pages people are invited."""
    check_may(by, "manage_people")
    check_account(email=email, name=name)
    for role in roles:
        check_role(role)
    check_roles_together(roles)
    person = Person(
        email=email.strip().lower(),
        name=name.strip(),
        organisation_id=organisation_id,
        demo_purpose=demo_purpose,
        created_at=at,
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as clash:
        raise Refused("Somebody with this e-mail address is already here.", field="email") from clash
    record_audit(by=by, at=at, operation="add_person", on=person)
    give_first_roles(person=person, roles=roles, by=by, at=at)
    return person


def check_account(*, email: str, name: str) -> None:
    """Refuse an address or a name that no account can have."""
    check(
        "@" in email,
        f"“{email}” is not an e-mail address. Write one such as name@example.org.",
        field="email",
    )
    check(bool(name.strip()), "Enter the person's name.", field="name")
    check(len(email.strip()) <= 254, "Write an e-mail address of at most 254 characters.", field="email")


@transaction.atomic
def give_first_roles(*, person: Person, roles: Collection[str], by: Viewer, at: datetime) -> None:
    """Give a new person the roles they were added or invited with; the caller checked who may give them."""
    for role in dict.fromkeys(roles):
        RoleGrant.objects.create(person=person, role=role, granted_by_id=by.person_id, granted_at=at)
        record_audit(by=by, at=at, operation="give_role", on=person, detail={"role": role})


@transaction.atomic
def give_role(*, person_id: UUID, role: str, by: Viewer, at: datetime) -> None:
    """Give somebody a role; they sign in again to use it. Giving it twice changes nothing."""
    check_may(by, "manage_people")
    check_role(role)
    person = _lock(person_id)
    held = RoleGrant.objects.filter(person=person, ended_at=None).values_list("role", flat=True)
    check_roles_together({*held, role})
    _, is_new = RoleGrant.objects.get_or_create(
        person=person, role=role, ended_at=None, defaults={"granted_by_id": by.person_id, "granted_at": at}
    )
    if is_new:
        end_sessions(person_id=person.id)
        record_audit(by=by, at=at, operation="give_role", on=person, detail={"role": role})


@transaction.atomic
def end_role(*, person_id: UUID, role: str, by: Viewer, at: datetime) -> None:
    """End a role; the person's sessions end with it, so that nothing stays open."""
    check_may(by, "manage_people")
    person = _lock(person_id)
    if role == "administrator":
        _check_another_administrator(person)
    ended = RoleGrant.objects.filter(person=person, role=role, ended_at=None).update(ended_at=at)
    check(bool(ended), f"{person.name} does not hold the role “{ROLES.get(role, role)}”.")
    end_sessions(person_id=person.id)
    record_audit(by=by, at=at, operation="end_role", on=person, detail={"role": role})


@transaction.atomic
def set_active(*, person_id: UUID, is_active: bool, by: Viewer, at: datetime) -> None:
    """Let somebody sign in, or no longer; what they did stays under their name."""
    check_may(by, "manage_people")
    check(person_id != by.person_id, "You cannot close your own account. Ask another administrator.")
    person = _lock(person_id)
    if not is_active and person.role_grants.filter(role="administrator", ended_at=None).exists():
        _check_another_administrator(person)
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    end_sessions(person_id=person.id)
    record_audit(by=by, at=at, operation="set_active", on=person, detail={"is_active": is_active})


def _check_another_administrator(person: Person) -> None:
    """Raise Refused unless somebody else who can sign in is an administrator.

    Every administrator's grant is held, so that two who end each other's role, or close each other's account, do
    not both succeed. Whether the others are active is read only then.
    """
    held = RoleGrant.objects.select_for_update().filter(role="administrator", ended_at=None)
    others = {grant.person_id for grant in held.order_by("id")} - {person.id}
    check(
        Person.objects.filter(id__in=others, is_active=True).exists(),
        "This is the last administrator. Make somebody else one first.",
    )


def _lock(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise Refused("There is no such person here.")
    return person
