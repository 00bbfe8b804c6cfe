"""Somebody asks for what we hold about them as a contact to be put right."""

from datetime import datetime

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ContactPerson
from alongside.apps.partnership.queries.contacts.personal import CORRECTABLE

LONGEST = {"name": 120, "role_words": 120, "email": 254, "phone": 40}


@transaction.atomic
def correct(key: str, value: str, *, by: Viewer, at: datetime) -> None:
    """Write the right value in place of a wrong one; `key` is as `list_fields` gave it."""
    check_may(by, "handle_data_requests")
    _kind, row_id, name = key.split(":")
    check(name in CORRECTABLE, "That cannot be put right here.")
    found = ContactPerson.objects.select_for_update().filter(id=row_id).first()
    if found is None:
        raise Refused("That contact is not here any more.")
    check(bool(value.strip()) or name != "name", "A contact has a name.")
    check(len(value) <= LONGEST[name], f"Use at most {LONGEST[name]} characters.")
    setattr(found, name, value.strip())
    found.changed_at = at
    found.save(update_fields=[name, "changed_at"])
    record_audit(by=by, at=at, operation="correct", on=found, detail={"changed": [name]})
