"""What this room holds about a person: the account, its roles, requests about their data, sessions of browsers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from alongside.apps.base.rules.naming import find_names, keep_telling
from alongside.apps.base.rules.subjects import CorrectableField, HeldRecord, Subject, SubjectMatch
from alongside.apps.people.models import DataRequest, Invitation, Person, RoleGrant
from alongside.apps.people.rules import ROLES

WHILE_ACCOUNT = "Kept while you have an account."
ACCOUNTABLE = "We must be able to show who did what (accountability, Article 5(2))."
# Tables of the libraries that sign people in; whichever of them this installation has. Secrets are never told.
SIGN_IN_TABLES = (
    "account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "people_sign_in",
)  # fmt: skip
SECRET_FIELDS = {"data", "key", "session_key", "password", "token"}


def list_sign_in_models() -> list[type[models.Model]]:
    """Return the tables of sign-in libraries that belong to accounts here."""
    return [model for model in apps.get_models() if model._meta.db_table in SIGN_IN_TABLES]


def find(email: str, name: str) -> list[SubjectMatch]:
    """Return accounts with this address or name."""
    wanted = Q()
    if email.strip():
        wanted |= Q(email__iexact=email.strip())
    if name.strip():
        wanted |= Q(name__icontains=name.strip())
    if not wanted:
        return []
    return [
        SubjectMatch("person", person.id, f"{person.name}, {person.email}", _("Accounts"))
        for person in Person.objects.filter(wanted).order_by("name", "id")
    ]


def names(subject: Subject) -> set[str]:
    """Return what names somebody with an account."""
    found = Person.objects.filter(id__in=subject.person_ids).values_list("name", "email")
    asked = DataRequest.objects.filter(person_id__in=subject.person_ids).values_list("name", "email", "phone")
    return {word for row in (*found, *asked) for word in row if word}


def list_fields(subject: Subject) -> list[CorrectableField]:
    """Return the name and the address of somebody's account."""
    found = []
    for person in Person.objects.filter(id__in=subject.person_ids).order_by("created_at"):
        found.append(CorrectableField(f"person:{person.id}:name", _("Name"), _("Accounts"), person.name))
        found.append(
            CorrectableField(f"person:{person.id}:email", _("E-mail address"), _("Accounts"), person.email)
        )
    return found


def collect(subject: Subject) -> list[HeldRecord]:
    """Return the account, the roles it had, and what was asked about its data."""
    people = (
        Person.objects.filter(id__in=subject.person_ids).select_related("organisation").order_by("created_at")
    )
    grants = RoleGrant.objects.filter(person_id__in=subject.person_ids).order_by("granted_at")
    asked = DataRequest.objects.filter(person_id__in=subject.person_ids).order_by("received_at")
    return [
        *(_as_account(person) for person in people),
        *(_as_role(grant) for grant in grants),
        *(_as_invitation(one) for one in list_invitations(subject).order_by("invited_at")),
        *(_as_request(request) for request in asked),
    ]


def _as_account(person: Person) -> HeldRecord:
    organisation = person.organisation.name if person.organisation else ""
    last = f"{person.last_login:%d/%m/%Y %H:%M}" if person.last_login else ""
    fields = ((_("Name"), person.name), (_("E-mail address"), person.email), (_("Organisation"), organisation),
              (_("Last signed in"), last), (_("Password"), _("kept as a digest that nobody can read")))  # fmt: skip
    return HeldRecord(
        table="people_person",
        label=_("Your account"),
        record_id=str(person.id),
        fields=tuple((label, value) for label, value in fields if value),
        held_since=person.created_at,
        why=gettext(WHILE_ACCOUNT),
    )


def _as_role(grant: RoleGrant) -> HeldRecord:
    ended = ((_("Ended"), f"{grant.ended_at:%d/%m/%Y}"),) if grant.ended_at else ()
    return HeldRecord(
        table="people_role_grant",
        label=_("A role you were given"),
        record_id=str(grant.id),
        fields=((_("Role"), gettext(ROLES.get(grant.role, grant.role))), *ended),
        held_since=grant.granted_at,
        why=gettext(ACCOUNTABLE),
    )


def list_invitations(subject: Subject) -> "models.QuerySet[Invitation]":
    """Return the invitations of somebody's accounts, or to an address of theirs."""
    return Invitation.objects.filter(Q(person_id__in=subject.person_ids) | Q(email__in=subject.names))


def _as_invitation(invitation: Invitation) -> HeldRecord:
    taken = f"{invitation.taken_at:%d/%m/%Y}" if invitation.taken_at else ""
    fields = ((_("Name"), invitation.name), (_("E-mail address"), invitation.email), (_("Taken"), taken))
    return HeldRecord(
        table="people_invitation",
        label=_("An invitation to have an account"),
        record_id=str(invitation.id),
        fields=tuple((label, value) for label, value in fields if value),
        held_since=invitation.invited_at,
        why=gettext(ACCOUNTABLE),
    )


def _as_request(request: DataRequest) -> HeldRecord:
    return HeldRecord(
        table="people_data_request",
        label=_("A request you made about your data"),
        record_id=str(request.id),
        fields=((_("What"), request.get_kind_display()), (_("In your words"), request.words)),
        held_since=request.received_at,
        why=gettext(ACCOUNTABLE),
    )


def collect_sign_in(subject: Subject) -> list[HeldRecord]:
    """Return what is kept to sign somebody in, without its secrets, and the sessions that are open."""
    found = [_as_sign_in(model, row) for model, row in _list_sign_in_rows(subject)]
    for session in list_sessions(subject):
        found.append(
            HeldRecord(
                table="django_session",
                label=_("A browser in which you are signed in"),
                record_id=_("session"),
                fields=((_("Ends by itself"), f"{session.expire_date:%d/%m/%Y %H:%M}"),),
                why=_("Kept until it ends or you sign out."),
            )
        )
    return found


def _list_sign_in_rows(subject: Subject) -> Iterator[tuple[type[models.Model], models.Model]]:
    for model in list_sign_in_models():
        for row in rows_of_accounts(model, subject).order_by("pk"):
            yield model, row


def rows_of_accounts(model: type[models.Model], subject: Subject) -> "models.QuerySet[Any]":
    """Return the rows of a sign-in table that belong to somebody's accounts, by whichever column leads there."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is Person:
            return model._base_manager.filter(**{f"{field.name}__in": subject.person_ids})
    return model._base_manager.filter(email_address__user__in=subject.person_ids)


def _as_sign_in(model: type[models.Model], row: models.Model) -> HeldRecord:
    told = [
        (
            field.name.replace("_", " ").capitalize(),
            f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else str(value),
        )
        for field in model._meta.concrete_fields
        if field.name not in SECRET_FIELDS
        and not field.is_relation
        and not field.primary_key
        and (value := getattr(row, field.attname)) not in (None, "", {})
    ]
    since = next((getattr(row, name) for name in ("created_at", "created") if hasattr(row, name)), None)
    return HeldRecord(
        table=model._meta.db_table,
        label=str(model._meta.verbose_name).capitalize(),
        record_id=str(row.pk),
        fields=tuple(told),
        held_since=since if isinstance(since, datetime) else None,
        why=gettext(WHILE_ACCOUNT),
    )


def list_sessions(subject: Subject) -> list[Session]:
    """Return the sessions of somebody's accounts, and those in which their name was typed and not sent yet."""
    ids, telling = {str(one) for one in subject.person_ids}, keep_telling(subject.names)
    found = []
    for session in Session.objects.order_by("pk").iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") in ids or find_names(repr(data), telling):
            found.append(session)
    return found
