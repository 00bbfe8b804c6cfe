"""Keeping a relationship: who leads it, how often we want contact, when we look at it again, that it ended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import Relationship
from alongside.apps.partnership.rules.relations import check_later, check_rhythm, check_words
from alongside.apps.people.queries import get_partner_names, list_people_with_permission


@dataclass(frozen=True)
class RelationshipPlan:
    """How a relationship is kept: who of us leads it, what it is for, how often, when it is looked at again."""

    lead_id: UUID | None
    purpose: str = ""
    contact_every_days: int = 90
    review_on: date | None = None


@transaction.atomic
def keep_relationship(*, organisation_id: UUID, plan: RelationshipPlan, by: Viewer, at: datetime) -> UUID:
    """Begin to keep a relationship, or change how it is kept."""
    check_may(by, "keep_relations")
    check_rhythm(plan.contact_every_days)
    kept = ensure_relationship(organisation_id, by, at.date(), at)
    if plan.lead_id is not None and plan.lead_id != kept.lead_id:
        leads = {person_id for person_id, _name in list_people_with_permission(by, "keep_relations")}
        check(
            plan.lead_id in leads, _("Choose somebody whose role lets them keep relationships."), field="lead"
        )
    kept.lead_id, kept.purpose = plan.lead_id, plan.purpose.strip()
    kept.contact_every_days, kept.review_on = plan.contact_every_days, plan.review_on
    kept.save(update_fields=["lead", "purpose", "contact_every_days", "review_on"])
    record_audit(by=by, at=at, operation="keep_relationship", on=kept)
    return kept.id


@transaction.atomic
def end_relationship(*, organisation_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """Keep a relationship no longer, with the reason why; everything about it stays."""
    kept = _lock(organisation_id, by)
    check(kept.ended_on is None, _("This relationship has ended already."))
    kept.ended_because = check_words(because, _("Say why it ends."), field="because", most=2000)
    kept.ended_on = at.date()
    kept.save(update_fields=["ended_on", "ended_because"])
    record_audit(by=by, at=at, operation="end_relationship", on=kept)


@transaction.atomic
def reopen_relationship(*, organisation_id: UUID, by: Viewer, at: datetime) -> None:
    """Keep a relationship again."""
    kept = _lock(organisation_id, by)
    check(kept.ended_on is not None, _("This relationship has not ended."))
    kept.ended_on, kept.ended_because = None, ""
    kept.save(update_fields=["ended_on", "ended_because"])
    record_audit(by=by, at=at, operation="reopen_relationship", on=kept)


@transaction.atomic
def remind_later(*, organisation_id: UUID, until: date, by: Viewer, at: datetime) -> None:
    """Say nothing about a relationship on the start page before a day."""
    check_later(until, at.date())
    kept = _lock(organisation_id, by)
    kept.remind_from = until
    kept.save(update_fields=["remind_from"])
    record_audit(by=by, at=at, operation="remind_later", on=kept)


def ensure_relationship(organisation_id: UUID, by: Viewer, began_on: date, at: datetime) -> Relationship:
    """Return a partner's relationship, locked, beginning it where there is none; call inside a transaction."""
    name_partner(organisation_id, by)
    Relationship.objects.get_or_create(
        organisation_id=organisation_id,
        defaults={"lead_id": by.person_id, "began_on": began_on, "created_at": at},
    )
    return Relationship.objects.select_for_update().get(organisation_id=organisation_id)


def name_partner(organisation_id: UUID, by: Viewer) -> str:
    """Return a partner's name; refuse one that is not there, and our own organisation."""
    name = get_partner_names(by, [organisation_id]).get(organisation_id)
    if name is None:
        raise Refused(_("There is no such partner here."))
    return name


def _lock(organisation_id: UUID, by: Viewer) -> Relationship:
    check_may(by, "keep_relations")
    kept = Relationship.objects.for_viewer(by).select_for_update().filter(organisation_id=organisation_id)
    found = kept.first()
    if found is None:
        raise Refused(_("Nobody keeps a relationship with this partner yet. Begin one first."))
    return found
