"""The Patient Partnership Programme: members join, change what they want to work on, and leave."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.models import Member


@dataclass(frozen=True)
class MemberTerms:
    """Who a member is and what they want to work on."""

    name: str
    joined_on: date
    email: str = ""
    conditions: str = ""
    wants: str = ""


@transaction.atomic
def add_member(*, terms: MemberTerms, by: Viewer, at: datetime, person_id: UUID | None = None) -> Member:
    """Welcome somebody into the programme."""
    check_may(by, "see_members")
    _check_terms(terms)
    member = Member.objects.create(
        name=terms.name.strip(),
        email=terms.email,
        joined_on=terms.joined_on,
        conditions=terms.conditions,
        wants=terms.wants,
        person_id=person_id,
        created_at=at,
    )
    record_audit(by=by, at=at, operation="add_member", on=member)
    return member


@transaction.atomic
def change_member(*, member_id: UUID, terms: MemberTerms, by: Viewer, at: datetime) -> None:
    """Change what is known of a member."""
    member = _lock(by, member_id)
    _check_terms(terms)
    check(
        member.left_on is None or member.left_on >= terms.joined_on,
        "They cannot have joined after they left.",
        field="joined_on",
    )
    member.name, member.email, member.joined_on = terms.name.strip(), terms.email, terms.joined_on
    member.conditions, member.wants = terms.conditions, terms.wants
    member.save()
    record_audit(by=by, at=at, operation="change_member", on=member)


@transaction.atomic
def end_membership(*, member_id: UUID, left_on: date | None, by: Viewer, at: datetime) -> None:
    """Record that a member left on a day, or, with None, that they are a member still."""
    member = _lock(by, member_id)
    check(
        left_on is None or left_on >= member.joined_on,
        "They cannot leave before they joined.",
        field="left_on",
    )
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    record_audit(by=by, at=at, operation="end_membership", on=member)


def _lock(by: Viewer, member_id: UUID) -> Member:
    check_may(by, "see_members")
    member = Member.objects.select_for_update().filter(id=member_id).first()
    if member is None:
        raise Refused("There is no such member.")
    return member


def _check_terms(terms: MemberTerms) -> None:
    check(bool(terms.name.strip()), "Enter the member's name.", field="name")
