"""Agreements for the matrix: one of the team's on each side, one shown to a group, one shown to a person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.apps.agreements.models import AgreementComment, NeededPaper
from alongside.apps.base.rules import SYSTEM
from alongside.apps.people.models import Organisation, Person
from tests.factories.papers import draft, fill, make_plan
from tests.factories.people import NOW

TITLE = "Phone friends, with methotrexate in the name"


def make_papers(mark: str, engagement_id: UUID, partner: Person) -> dict[str, Any]:
    """Return what one side has: a draft, a comment on it, a group with its agreement, a person with theirs."""
    group = Organisation.objects.create(name=f"Group {mark}", kind="patient_group", created_at=NOW)
    first = draft(make_plan(group.id, title=TITLE), SYSTEM)
    comment = AgreementComment.objects.create(
        agreement_id=first, version_number=1, words=f"Is this right? {mark}", is_from_partner=True, at=NOW
    )
    shown = draft(make_plan(group.id, title=f"Shown {mark}"), SYSTEM, until="partner_review")
    own = make_plan(
        person_id=partner.id, kind="service", capacity="themselves", fields=fill("service", "themselves")
    )
    needed = NeededPaper.objects.create(
        subject_kind="engagement", subject_id=engagement_id, why="Members give their time.", asked_at=NOW
    )
    return {
        "agreement_id": first,
        "comment_id": comment.id,
        "ours_agreement_id": shown,
        "work_agreement_id": draft(own, SYSTEM, until="partner_review"),
        "needed_id": needed.id,
        "group_id": group.id,
    }


def join_group(people: Mapping[str, Person], group_id: UUID) -> None:
    """Let the partner-organisation user of the matrix speak for the group whose things are their own."""
    people["partner_user"].organisation_id = group_id
    people["partner_user"].save(update_fields=["organisation"])
