"""Agreements for the matrix: one of the team's on each side, one shown to a group, one shown to a person."""

from typing import Any
from uuid import UUID

from alongside.apps.agreements.models import AgreementComment, NeededPaper
from alongside.apps.base.rules import SYSTEM
from alongside.apps.people.models import Person
from tests.factories.papers import draft, fill, make_plan
from tests.factories.people import NOW

TITLE = "Phone friends, with methotrexate in the name"


def make_papers(mark: str, group_id: UUID, engagement_id: UUID, partner: Person) -> dict[str, Any]:
    """Return what one side has: a draft, a comment on it, an agreement with its group, one with a person."""
    first = draft(make_plan(group_id, title=TITLE), SYSTEM)
    comment = AgreementComment.objects.create(
        agreement_id=first, version_number=1, words=f"Is this right? {mark}", is_from_partner=True, at=NOW
    )
    shown = draft(make_plan(group_id, title=f"Shown {mark}"), SYSTEM, until="partner_review")
    own = make_plan(
        person_id=partner.id, kind="service", capacity="themselves", fields=fill("service", "themselves")
    )
    needed = NeededPaper.objects.create(
        subject_kind="engagement", subject_id=engagement_id, why="Members give their time.", asked_at=NOW
    )
    return {
        "agreement_id": first,
        "comment_id": comment.id,
        "shared agreement_agreement_id": shown,
        "own agreement_agreement_id": draft(own, SYSTEM, until="partner_review"),
        "needed_id": needed.id,
    }
