"""What an erasure does to contacts: how to reach somebody goes, that there was a contact stays, without a name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.apps.base.bridge.tables import file_names_somebody, stored_path
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    ChangeRequest,
    ContactImport,
    ContactImportEffect,
    ContactImportRow,
    ContactPerson,
    Merge,
    TwoAfterAll,
)
from alongside.apps.partnership.operations.contacts.lists import clear_rows
from alongside.apps.partnership.queries.contacts.personal import list_contact_ids

NOBODY = "Somebody who was erased"
STANDS = "That there was a contact stays without a name, so that the organisation’s history adds up."
ACTS = "Who decided or brought this is kept under no name (accountability, Article 5(2))."
ASKED = "The organisation asked for this; who wrote it is kept under no name (accountability, Article 5(2))."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (one shape for every room)
    """Empty what we hold about a contact, wherever a list or its undoing still holds it too."""
    ids = list_contact_ids(subject)
    contacts = ContactPerson.objects.filter(id__in=ids).exclude(name=NOBODY)
    for one in contacts:
        one.name, one.role_words, one.email, one.phone, one.preferred_way = NOBODY, "", "", "", ""
        one.language, one.source, one.person_id, one.is_main = "", "", None, False
        one.ended_on = one.ended_on or at.date()
        one.changed_at = at
        one.save()
    effects = ContactImportEffect.objects.filter(object_id__in=ids).exclude(was={}, became={})
    emptied = effects.update(was={}, became={})
    lists, rows = _forget_lists(subject)
    people = subject.person_ids
    merges = Merge.objects.filter(Q(by_id__in=people) | Q(undone_by_id__in=people)).count()
    asked = ChangeRequest.objects.filter(Q(asked_by_id__in=people) | Q(answered_by_id__in=people)).count()
    brought = ContactImport.objects.filter(created_by_id__in=people).count()
    apart = TwoAfterAll.objects.filter(decided_by_id__in=people).count()
    return [
        ErasedRows("partnership_contact_person", erased=len(contacts), because=STANDS if contacts else ""),
        ErasedRows("partnership_contact_import_effect", erased=emptied),
        ErasedRows("partnership_contact_import_row", erased=rows),
        _kept("partnership_contact_import", lists, brought, ACTS),
        _kept("partnership_merge", 0, merges, ACTS),
        _kept("partnership_two_after_all", 0, apart, ACTS),
        _kept("partnership_change_request", 0, asked, ASKED),
    ]


def _kept(table: str, erased: int, kept: int, because: str) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")


def _forget_lists(subject: Subject) -> tuple[int, int]:
    """Leave out lists that still wait and name the person; take wrong rows away that do. Return how many of each."""
    names = [name for name in subject.names if len(name) > 3]
    if not names:
        return 0, 0
    left = rows = 0
    waiting = ContactImport.objects.filter(state__in=("uploaded", "ready", "refused"))
    for one in waiting:
        if file_names_somebody(one.stored_name, names):
            rows += one.rows.count()
            clear_rows(one)
            one.state = ContactImport.State.LEFT
            one.save(update_fields=["state"])
            stored = one.stored_name
            transaction.on_commit(lambda stored=stored: stored_path(stored).unlink(missing_ok=True))  # type: ignore[misc]
            left += 1
    return left, rows + _forget_wrong_rows(names)


def _forget_wrong_rows(names: list[str]) -> int:
    folded = [name.casefold() for name in names]
    wrong = ContactImportRow.objects.filter(verdict=ContactImportRow.Verdict.WRONG)
    found: list[UUID] = []
    for row_id, cells, value in wrong.values_list("id", "whole_row", "value").iterator(500):
        text = " ".join([*(str(cell) for cell in cells), value]).casefold()
        if any(name in text for name in folded):
            found.append(row_id)
    rows = ContactImportRow.objects.filter(id__in=found)
    return rows.update(whole_row=[], value="", said={})
