"""Putting right what is held about a member, a speaker or a contact, and stopping the uses of somebody's words."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check, check_may
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Contact, Facts, Member, Speaker, Voice
from alongside.apps.engagement.operations.contacts import stop_contacts
from alongside.apps.engagement.operations.members import MemberTerms, change_member
from alongside.apps.engagement.queries.personal import CONTACT_FIELDS, MEMBER_FIELDS
from alongside.apps.people.operations import get_or_create_basis

OBJECTED = "The person objected"


@transaction.atomic
def correct(key: str, value: str, *, by: Viewer, at: datetime) -> None:
    """Put one field right: `key` is kind, id and field with colons between."""
    check_may(by, "handle_data_requests")
    kind, row_id, name = key.split(":")
    if kind == "member":
        _correct_member(UUID(row_id), name, value, by, at)
    elif kind == "speaker":
        _correct_row(Speaker, UUID(row_id), name, value, Facts.NAMES, by, at)
    else:
        _correct_row(Contact, UUID(row_id), name, value, CONTACT_FIELDS, by, at)


def _correct_member(member_id: UUID, name: str, value: str, by: Viewer, at: datetime) -> None:
    member = Member.objects.filter(id=member_id).first()
    if member is None or name not in MEMBER_FIELDS:
        raise Refused("There is no such field to put right.", field="key")
    terms = {field: getattr(member, field) for field in (*MEMBER_FIELDS, "joined_on")}
    change_member(member_id=member_id, terms=MemberTerms(**{**terms, name: value}), by=by, at=at)


def _correct_row(
    model: type[Speaker] | type[Contact],
    row_id: UUID,
    name: str,
    value: str,
    names: tuple[str, ...],
    by: Viewer,
    at: datetime,
) -> None:
    row = model._base_manager.select_for_update().filter(id=row_id).first()
    if row is None or name not in names:
        raise Refused("There is no such field to put right.", field="key")
    longest = getattr(model._meta.get_field(name), "max_length", None)
    check(longest is None or len(value) <= longest, f"Shorten this to {longest} letters.", field="value")
    setattr(row, name, value)
    row.save(update_fields=[name])
    record_audit(by=by, at=at, operation="correct_field", on=row, detail={"field": name})


@transaction.atomic
def stop_uses(subject: Subject, *, everything: bool, by: Viewer, at: datetime) -> int:
    """Stop using somebody's words: every use, or all but counting; nobody writes to them. Return how many words."""
    check_may(by, "handle_data_requests")
    basis = get_or_create_basis(kind="unknown", note=OBJECTED, by=SYSTEM, at=at, analyse=not everything)
    voices = Voice.with_staged.filter(speaker_id__in=subject.speaker_ids, basis__may_analyse=True)
    number = voices.update(basis_id=basis.id)
    stop_contacts(speaker_ids=subject.speaker_ids, by=by, at=at)
    record_audit(
        by=by, at=at, operation="stop_uses", on=basis, detail={"voices": number, "everything": everything}
    )
    return number
