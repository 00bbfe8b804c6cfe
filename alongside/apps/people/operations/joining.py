"""An organisation that turned out to be another: it stays and points there; or was added by mistake: it goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.operations.moving import count_pointing
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.models import Organisation


@transaction.atomic
def join_organisation(*, organisation_id: UUID, into_id: UUID, by: Viewer, at: datetime) -> None:
    """Make an organisation point to the one it is; lists leave it out from now on."""
    check_may(by, "manage_partners")
    check(organisation_id != into_id, "These are one and the same already.")
    found = {
        one.id: one
        for one in Organisation.objects.select_for_update()
        .filter(id__in=(organisation_id, into_id), merged_into=None)
        .exclude(kind=Organisation.Kind.OWN)
        .order_by("id")
    }
    check(len(found) == 2, "Only two partners that are both in the lists can become one.")
    Organisation.objects.filter(id=organisation_id).update(merged_into_id=into_id)
    record_audit(by=by, at=at, operation="join_organisation", on=found[organisation_id])


@transaction.atomic
def part_organisation(*, organisation_id: UUID, by: Viewer, at: datetime) -> None:
    """Bring an organisation back that was made to point to another."""
    check_may(by, "manage_partners")
    found = Organisation.objects.select_for_update().filter(id=organisation_id).first()
    if found is None or found.merged_into_id is None:
        raise Refused("This organisation was not joined to another.")
    Organisation.objects.filter(id=organisation_id).update(merged_into=None)
    record_audit(by=by, at=at, operation="part_organisation", on=found)


@transaction.atomic
def remove_organisation(*, organisation_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an organisation out that was added by mistake. Raise Refused where anything points to it."""
    check_may(by, "manage_partners")
    found = Organisation.objects.select_for_update().filter(id=organisation_id).first()
    if found is None:
        return
    resting = count_pointing(Organisation, organisation_id)
    del resting["people.organisationidentifier"]
    check(not resting, f"Something already belongs to {found.name}, so it cannot be taken out.")
    found.identifiers.all().delete()
    record_audit(by=by, at=at, operation="remove_organisation", on=found)
    found.delete()
