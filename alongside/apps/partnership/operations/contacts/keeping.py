"""Contacts at partner organisations are added, changed, ended and taken up again."""

from dataclasses import fields, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ContactPerson
from alongside.apps.partnership.rules.contacts import ContactPlan, check_contact
from alongside.apps.people.queries import get_partner_names, list_people_of

FIELDS = tuple(one.name for one in fields(ContactPlan))


@transaction.atomic
def add_contact(*, organisation_id: UUID, plan: ContactPlan, by: Viewer, at: datetime) -> UUID:
    """Add a contact at an organisation. Raise Refused where one with this address is there already."""
    check_may(by, "keep_relations")
    plan = _check(organisation_id, plan, None, by)
    if plan.is_main:
        _step_back(organisation_id, at)
    made = ContactPerson.objects.create(
        organisation_id=organisation_id,
        created_by_id=by.person_id,
        created_at=at,
        changed_at=at,
        **{name: getattr(plan, name) for name in FIELDS},
    )
    record_audit(by=by, at=at, operation="add_contact", on=made)
    return made.id


@transaction.atomic
def change_contact(*, contact_id: UUID, plan: ContactPlan, by: Viewer, at: datetime) -> None:
    """Change what we hold about a contact."""
    found = lock_contact(contact_id, by)
    plan = _check(found.organisation_id, plan, contact_id, by)
    changed = [name for name in FIELDS if getattr(found, name) != getattr(plan, name)]
    if "is_main" in changed and plan.is_main:
        check(
            found.ended_on is None,
            _("Somebody whose time has ended is not the main contact."),
            field="is_main",
        )
        _step_back(found.organisation_id, at)
    for name in changed:
        setattr(found, name, getattr(plan, name))
    found.changed_at = at
    found.save(update_fields=[*changed, "changed_at"])
    record_audit(by=by, at=at, operation="change_contact", on=found, detail={"changed": changed})


@transaction.atomic
def end_contact(*, contact_id: UUID, ended_on: date, by: Viewer, at: datetime) -> None:
    """Write down the day from which somebody is no contact any more; a mandate ends with it."""
    found = lock_contact(contact_id, by)
    check(found.ended_on is None, _("This contact has ended already."))
    check(ended_on <= at.date(), _("Enter a day that is not in the future."), field="ended_on")
    found.ended_on, found.is_main, found.changed_at = ended_on, False, at
    if found.mandated_from is not None and (found.mandated_until is None or found.mandated_until > ended_on):
        found.mandated_until = max(ended_on, found.mandated_from)
    found.save(update_fields=["ended_on", "is_main", "mandated_until", "changed_at"])
    record_audit(by=by, at=at, operation="end_contact", on=found)


@transaction.atomic
def take_contact_up(*, contact_id: UUID, by: Viewer, at: datetime) -> None:
    """Take the end of a contact away again; a mandate is to be written anew."""
    found = lock_contact(contact_id, by)
    check(found.ended_on is not None, _("This contact has not ended."))
    found.ended_on, found.changed_at = None, at
    found.save(update_fields=["ended_on", "changed_at"])
    record_audit(by=by, at=at, operation="take_contact_up", on=found)


def lock_contact(contact_id: UUID, by: Viewer) -> ContactPerson:
    """Return a contact, locked. Raise Refused where there is none, or it is not this viewer's to change."""
    check_may(by, "keep_relations")
    found = ContactPerson.objects.for_viewer(by).select_for_update().filter(id=contact_id).first()
    if found is None:
        raise Refused(_("There is no such contact here."))
    return found


def _check(organisation_id: UUID, plan: ContactPlan, own_id: UUID | None, by: Viewer) -> ContactPlan:
    check_contact(plan)
    names = get_partner_names(by, [organisation_id])
    check(organisation_id in names, _("There is no such organisation here."), field="organisation")
    check(
        plan.preferred_way in ("", *ContactPerson.Way.values),
        _("Choose a way from the list."),
        field="preferred_way",
    )
    if plan.person_id is not None:
        people = {person_id for person_id, _name in list_people_of(by, organisation_id)}
        check(plan.person_id in people, _("Choose an account of this organisation."), field="person_id")
    email = plan.email.strip()
    others = ContactPerson.objects.filter(organisation_id=organisation_id, merged_into=None)
    if own_id is not None:
        others = others.exclude(id=own_id)
    if email and (other := others.filter(email__iexact=email).first()):
        words = _("%(name)s has this address at this organisation already. Change that contact instead.")
        raise Refused(words % {"name": other.name}, field="email")
    return replace(plan, name=plan.name.strip(), email=email)


def _step_back(organisation_id: UUID, at: datetime) -> None:
    """Make whoever was the main contact one like the others."""
    mains = ContactPerson.objects.filter(organisation_id=organisation_id, is_main=True)
    mains.update(is_main=False, changed_at=at)
