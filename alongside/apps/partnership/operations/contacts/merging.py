"""Two rows become one: what points to the one is moved to the other, remembered column by column, and put back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.operations.moving import MovedValue, count_pointing, move_rows, put_back
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ContactPerson, Merge, MergedValue, MergeKind
from alongside.apps.partnership.operations.contacts.duplicates import forget_proposals_of
from alongside.apps.partnership.rules.merging import PAPERS, check_no_papers, check_same_place, list_papers
from alongside.apps.people.operations.joining import join_organisation, part_organisation
from alongside.apps.people.queries import get_partner_names

CONTACT = ContactPerson._meta.label_lower
# What an empty place at the kept contact is filled with; a mandate goes as a whole, from its first day to its last.
FILLED = ("role_words", "email", "phone", "preferred_way", "language", "person_id")
MANDATE = ("mandated_from", "mandated_until")
ORGANISATION: type[models.Model] = ContactPerson._meta.get_field("organisation").related_model


@transaction.atomic
def merge_organisations(*, kept_id: UUID, merged_id: UUID, reason: str, by: Viewer, at: datetime) -> UUID:
    """Make one organisation of two: everything that points to the merged one points to the kept one.

    Raise Refused where agreements, payments or disclosures name the merged one. Return the id of the merge.
    """
    check_may(by, "keep_relations")
    names = get_partner_names(by, [kept_id, merged_id])
    check(len(names) == 2, _("Choose two partners that are both in the lists."))
    check_no_papers(names[merged_id], list_papers(count_pointing(ORGANISATION, merged_id)))
    values = _step_back_before(kept_id, merged_id)
    moved, left = move_rows(model=ORGANISATION, from_id=merged_id, to_id=kept_id, stay=PAPERS)
    join_organisation(organisation_id=merged_id, into_id=kept_id, by=by, at=at)
    # The merged one now points to the kept one itself; that is undone by parting, not by a remembered column.
    return _record(MergeKind.ORGANISATION, kept_id, merged_id, reason, [*values, *moved], (), left, by, at)


def _step_back_before(kept_id: UUID, merged_id: UUID) -> list[MovedValue]:
    """Make the merged organisation's main contact one like the others where the kept one has a main contact."""
    mains = ContactPerson.objects.filter(is_main=True, ended_on=None, merged_into=None)
    if not mains.filter(organisation_id=kept_id).exists():
        return []
    return [_set(one, "is_main", False) for one in mains.filter(organisation_id=merged_id)]


@transaction.atomic
def merge_contacts(*, kept_id: UUID, merged_id: UUID, reason: str, by: Viewer, at: datetime) -> UUID:
    """Make one contact of two at one organisation; empty places of the kept one are filled. Return the merge's id."""
    check_may(by, "keep_relations")
    rows = ContactPerson.objects.for_viewer(by).select_for_update().filter(id__in=(kept_id, merged_id))
    found = {one.id: one for one in rows.order_by("id")}
    check(len(found) == 2, _("Choose two contacts that are both in the list."))
    kept, merged = found[kept_id], found[merged_id]
    check_same_place(kept.organisation_id == merged.organisation_id)
    was_main = merged.is_main and kept.ended_on is None and not kept.is_main
    values = [_set(merged, "is_main", False)] if merged.is_main else []
    filled = [name for name in FILLED if not getattr(kept, name) and getattr(merged, name)]
    if kept.mandated_from is None and merged.mandated_from is not None:
        filled += [name for name in MANDATE if getattr(merged, name) is not None]
    moved, left = move_rows(model=ContactPerson, from_id=merged_id, to_id=kept_id)
    values += moved
    if filled:
        ContactPerson.objects.filter(id=kept_id).update(**{name: getattr(merged, name) for name in filled})
    if was_main:
        values.append(_set(kept, "is_main", True))
    values.append(MovedValue(CONTACT, str(merged_id), "merged_into_id", "", str(kept_id)))
    ContactPerson.objects.filter(id=merged_id).update(merged_into=kept)
    return _record(MergeKind.CONTACT, kept_id, merged_id, reason, values, filled, left, by, at)


def _set(one: ContactPerson, column: str, value: bool) -> MovedValue:
    was = getattr(one, column)
    ContactPerson.objects.filter(id=one.id).update(**{column: value})
    return MovedValue(CONTACT, str(one.id), column, str(was), str(value))


def _record(
    kind: MergeKind,
    kept_id: UUID,
    merged_id: UUID,
    reason: str,
    values: list[MovedValue],
    filled: Iterable[str],
    left: int,
    by: Viewer,
    at: datetime,
) -> UUID:
    merge = Merge.objects.create(
        kind=kind, kept_id=kept_id, merged_id=merged_id, reason=reason.strip(), left_behind=left,
        by_id=by.person_id, at=at,
    )  # fmt: skip
    rows = [
        MergedValue(
            merge=merge, position=number, model=one.model, row_id=one.row_id, column=one.column, was=one.was,
            became=one.became,
        )
        for number, one in enumerate(values)
    ]  # fmt: skip
    rows += [
        MergedValue(
            merge=merge, position=len(values) + number, model=CONTACT, row_id=str(kept_id), column=column,
            is_filled=True,
        )
        for number, column in enumerate(filled)
    ]  # fmt: skip
    MergedValue.objects.bulk_create(rows, batch_size=500)
    forget_proposals_of([merged_id])
    detail: dict[str, object] = {"kind": str(kind), "moved": len(values), "left_behind": left}
    record_audit(by=by, at=at, operation="merge", on=merge, detail=detail)
    return merge.id


@transaction.atomic
def undo_merge(*, merge_id: UUID, by: Viewer, at: datetime) -> tuple[int, int]:
    """Make two of what was made one: every column is put back; return how many were, and how many were not.

    What somebody has changed since then stays as they left it.
    """
    check_may(by, "keep_relations")
    merge = Merge.objects.select_for_update().filter(id=merge_id).first()
    if merge is None:
        raise Refused(_("There is no such merge here."))
    check(merge.undone_at is None, _("This has been undone already."))
    later = Merge.objects.filter(merged_id=merge.kept_id, undone_at=None, kind=merge.kind)
    check(not later.exists(), _("What was kept has itself been merged into another since. Undo that first."))
    if merge.kind == MergeKind.ORGANISATION:
        part_organisation(organisation_id=merge.merged_id, by=by, at=at)
    rows = list(merge.values.order_by("position"))
    back, left = _empty_filled(merge, [one.column for one in rows if one.is_filled])
    moved = [
        MovedValue(one.model, one.row_id, one.column, one.was, one.became)
        for one in rows
        if not one.is_filled
    ]
    put, stayed = put_back(moved)
    merge.undone_by_id, merge.undone_at = by.person_id, at
    merge.save(update_fields=["undone_by_id", "undone_at"])
    detail: dict[str, object] = {"put_back": back + put, "left": left + stayed}
    record_audit(by=by, at=at, operation="undo_merge", on=merge, detail=detail)
    return back + put, left + stayed


def _empty_filled(merge: Merge, columns: list[str]) -> tuple[int, int]:
    """Empty the places of the kept contact that were filled, where they still hold what the merged one has."""
    if not columns:
        return 0, 0
    found: dict[UUID, Any] = ContactPerson.objects.in_bulk([merge.kept_id, merge.merged_id])
    kept, merged = found[merge.kept_id], found[merge.merged_id]
    same = [name for name in columns if getattr(kept, name) == getattr(merged, name)]
    if any(name in MANDATE and name not in same for name in columns):
        same = [name for name in same if name not in MANDATE]  # a mandate comes and goes as a whole
    empty = {name: None if name in (*MANDATE, "person_id") else "" for name in same}
    if same:
        ContactPerson.objects.filter(id=kept.id).update(**empty)
    return len(same), len(columns) - len(same)
