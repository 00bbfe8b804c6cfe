"""Needs: written by one, approved by another, fixed once somebody was offered work."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ServiceNeed, ServiceOffer
from alongside.apps.partnership.operations.services.references import draw_reference
from alongside.apps.partnership.rules.services import (
    NeedTerms,
    check_may_approve,
    check_need,
    check_need_is_free,
    check_places,
    check_words,
)


@transaction.atomic
def write_need(*, terms: NeedTerms, by: Viewer, at: datetime) -> UUID:
    """Write a need down, to be approved by somebody else."""
    check_may(by, "offer_paid_work")
    kept = _read(terms)
    need = ServiceNeed.objects.create(
        reference=draw_reference("NE", at),
        author_id=by.person_id,
        written_at=at,
        title=kept.title,
        what=kept.what,
        why=kept.why,
        criteria=kept.criteria,
        selector=kept.selector,
        most_people=kept.most_people,
        engagement_id=kept.engagement_id,
    )
    record_audit(by=by, at=at, operation="write_need", on=need, detail={"most_people": kept.most_people})
    return need.id


@transaction.atomic
def change_need(*, need_id: UUID, terms: NeedTerms, by: Viewer, at: datetime) -> None:
    """Change a need nobody was offered work under yet; it must be approved again, and not by who changed it."""
    check_may(by, "offer_paid_work")
    need = lock_need(need_id, by)
    check_need_is_free(offers=need.offers.count(), state=need.state)
    kept = _read(terms)
    need.title, need.what, need.why, need.criteria = kept.title, kept.what, kept.why, kept.criteria
    need.selector, need.most_people, need.engagement_id = kept.selector, kept.most_people, kept.engagement_id
    need.state, need.approved_by_id, need.approved_at = ServiceNeed.State.DRAFT, None, None
    need.author_id = by.person_id
    need.save()
    record_audit(by=by, at=at, operation="change_need", on=need)


@transaction.atomic
def approve_need(*, need_id: UUID, by: Viewer, at: datetime) -> None:
    """Approve a need that somebody else wrote."""
    check_may_approve(by)
    need = lock_need(need_id, by)
    check(need.state == ServiceNeed.State.DRAFT, "This need was approved already, or is closed.")
    check(
        by.person_id is None or need.author_id != by.person_id,
        "Somebody other than its author must approve a need. Ask a colleague.",
    )
    need.state, need.approved_by_id, need.approved_at = ServiceNeed.State.APPROVED, by.person_id, at
    need.save(update_fields=["state", "approved_by_id", "approved_at"])
    record_audit(by=by, at=at, operation="approve_need", on=need)


@transaction.atomic
def close_need(*, need_id: UUID, use_made: str, by: Viewer, at: datetime) -> None:
    """Close a need, saying what its work was used for."""
    check_may(by, "offer_paid_work")
    need = lock_need(need_id, by)
    check(need.state != ServiceNeed.State.CLOSED, "This need is closed already.")
    check(
        not need.offers.filter(state__in=["offered", "accepted", "working"]).exists(),
        "Somebody still has an offer or work under this need. End that first.",
    )
    need.use_made = check_words(use_made, what="what the work was used for", field="use_made")
    need.state, need.closed_at = ServiceNeed.State.CLOSED, at
    need.save(update_fields=["use_made", "state", "closed_at"])
    record_audit(by=by, at=at, operation="close_need", on=need)


def lock_need(need_id: UUID, by: Viewer) -> ServiceNeed:
    """Return a need the viewer may see, held until the transaction ends."""
    visible = ServiceNeed.objects.for_viewer(by).filter(id=need_id).values("id")
    need = ServiceNeed.objects.select_for_update().filter(id__in=visible).first()
    if need is None:
        raise Refused("There is no such need, or it is not yours to see.")
    return need


def _read(terms: NeedTerms) -> NeedTerms:
    check_need(terms)
    return replace(
        terms,
        title=check_words(terms.title, what="a title for the need", field="title", most=200),
        what=check_words(terms.what, what="what is needed", field="what"),
        why=check_words(terms.why, what="why it is needed", field="why"),
        criteria=check_words(terms.criteria, what="the criteria", field="criteria"),
        selector=check_words(terms.selector, what="who chooses", field="selector"),
    )


@dataclass(frozen=True)
class Places:
    """How many people a held need wants, and how many have said yes."""

    most_people: int
    accepted: int

    def check_places(self) -> None:
        """Refuse one more than is needed."""
        check_places(accepted=self.accepted, most_people=self.most_people)


def hold_places(offer_id: UUID, by: Viewer) -> Places:
    """Hold the need of an offer this viewer may see until the transaction ends, and count who said yes."""
    visible = ServiceOffer.objects.for_viewer(by).filter(id=offer_id).values("need_id")
    need = ServiceNeed.objects.select_for_update().filter(id__in=visible).first()
    if need is None:
        raise Refused("There is no such offer, or it is not yours to see.")
    return Places(need.most_people, need.offers.filter(state__in=ServiceOffer.TAKEN).count())
