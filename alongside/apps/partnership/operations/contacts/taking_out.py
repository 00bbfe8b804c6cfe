"""A list that was brought in is taken out again, as long as nothing was built on it since."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.operations import record_audit
from alongside.apps.base.operations.moving import count_pointing
from alongside.apps.base.rules import Viewer, check
from alongside.apps.partnership.models import (
    ContactImport,
    ContactImportEffect,
    ContactPerson,
    Interaction,
    Merge,
    Relationship,
)
from alongside.apps.partnership.operations.contacts.bringing import CONTACT, EVENT, ORGANISATION, RELATIONSHIP
from alongside.apps.partnership.operations.contacts.lists import clear_rows, lock_list
from alongside.apps.people.operations.joining import remove_organisation


@transaction.atomic
def take_out_list(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Undo a list: what it added goes, what it changed is as it was. Raise Refused where something builds on it."""
    found = lock_list(by, import_id, ContactImport.State.TAKEN_OUT)
    effects = list(found.effects.order_by("id"))
    _check_untouched(effects)
    made = {label: [one.object_id for one in effects if one.is_new and one.model == label] for label in
            (EVENT, CONTACT, RELATIONSHIP, ORGANISATION)}  # fmt: skip
    Interaction.objects.filter(id__in=made[EVENT]).delete()
    ContactPerson.objects.filter(id__in=made[CONTACT]).delete()
    for one in reversed(effects):
        if not one.is_new:
            _put_back(one, at)
    Relationship.objects.filter(id__in=made[RELATIONSHIP]).delete()
    for organisation_id in made[ORGANISATION]:
        remove_organisation(organisation_id=organisation_id, by=by, at=at)
    clear_rows(found)
    found.effects.all().delete()
    found.state, found.taken_out_at = ContactImport.State.TAKEN_OUT, at
    found.save(update_fields=["state", "taken_out_at"])
    detail: dict[str, object] = {"taken_out": len(effects)}
    record_audit(by=by, at=at, operation="take_out_list", on=found, detail=detail)


def _check_untouched(effects: list[ContactImportEffect]) -> None:
    """Refuse where a row that came in was changed, merged, shared, or has something resting on it."""
    own = {one.object_id for one in effects}
    touched = sum(_is_built_on(one, own) for one in effects)
    words = ngettext(
        "Something rests on %(n)s row of this list by now, so it cannot be taken out as a whole. Change that by hand.",
        "Something rests on %(n)s rows of this list by now, so it cannot be taken out as a whole. "
        "Change those by hand.",
        touched,
    )
    check(not touched, words % {"n": touched})
    merged = Merge.objects.filter(undone_at=None).filter(Q(kept_id__in=own) | Q(merged_id__in=own))
    check(not merged.exists(), _("A row of this list was merged with another since. Undo that merge first."))


def _is_built_on(one: ContactImportEffect, own: set[UUID]) -> bool:
    table: Any = apps.get_model(one.model)
    row = table._base_manager.filter(pk=one.object_id).first()
    if row is None:
        return False
    if not one.is_new:
        return any(_plain(getattr(row, name)) != value for name, value in one.became.items())
    if one.model == CONTACT and row.changed_at != row.created_at:
        return True
    if one.model == EVENT and row.note_state != Interaction.NoteState.DRAFT:
        return True
    pointing = count_pointing(table, one.object_id, leave_out=own)
    pointing.pop("people.organisationidentifier", None)
    return bool(pointing)


def _put_back(one: ContactImportEffect, at: datetime) -> None:
    row = ContactPerson.objects.filter(id=one.object_id).first()
    if row is None:
        return
    for name, value in one.was.items():
        is_day = name.startswith("mandated") and value
        setattr(row, name, date.fromisoformat(str(value)) if is_day else value)
    row.changed_at = at
    row.save(update_fields=[*one.was, "changed_at"])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
