"""Engagements: opened with a purpose, changed, closed and opened again; patient partners invited."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries.starting import check_may_start
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.engagement.models import Engagement, EngagementAccess
from alongside.apps.engagement.rules import check_dates
from alongside.apps.people.queries import get_viewer_by_id


@dataclass(frozen=True)
class EngagementTerms:
    """What an engagement is: whom we listen to, why, and what they are told."""

    kind: str
    title: str
    purpose: str
    starts_on: date
    run_by: str
    told_participants: str
    condition: str = ""
    pathway_stage: str = ""
    nation: str = ""
    ends_on: date | None = None
    already_known: str = ""


_TERMS = tuple(EngagementTerms.__dataclass_fields__)


@transaction.atomic
def open_engagement(*, terms: EngagementTerms, by: Viewer, at: datetime) -> Engagement:
    """Begin to listen: keep what it is for and what people are told before the first voice arrives."""
    check_may(by, "run_engagements")
    _check_terms(terms)
    engagement = Engagement.objects.create(
        **{name: getattr(terms, name) for name in _TERMS}, created_by_id=by.person_id, created_at=at
    )
    record_audit(by=by, at=at, operation="open_engagement", on=engagement)
    return engagement


@transaction.atomic
def change_engagement(*, engagement_id: UUID, terms: EngagementTerms, by: Viewer, at: datetime) -> None:
    """Change what an engagement says about itself."""
    engagement = lock_engagement(by, engagement_id)
    _check_terms(terms)
    changed = [name for name in _TERMS if getattr(engagement, name) != getattr(terms, name)]
    for name in changed:
        setattr(engagement, name, getattr(terms, name))
    engagement.save(update_fields=changed)
    record_audit(by=by, at=at, operation="change_engagement", on=engagement, detail={"changed": changed})


@transaction.atomic
def close_engagement(*, engagement_id: UUID, by: Viewer, at: datetime) -> None:
    """Take no more voices; what was said stays, and it can be opened again."""
    engagement = lock_engagement(by, engagement_id)
    check(engagement.closed_at is None, "This engagement is already closed.")
    engagement.closed_at = at
    engagement.save(update_fields=["closed_at"])
    record_audit(by=by, at=at, operation="close_engagement", on=engagement)


@transaction.atomic
def reopen_engagement(*, engagement_id: UUID, by: Viewer, at: datetime) -> None:
    """Take voices again."""
    engagement = lock_engagement(by, engagement_id)
    check(engagement.closed_at is not None, "This engagement is open already.")
    engagement.closed_at = None
    engagement.save(update_fields=["closed_at"])
    record_audit(by=by, at=at, operation="reopen_engagement", on=engagement)


@transaction.atomic
def invite_partner(*, engagement_id: UUID, person_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a patient partner see and decide in one engagement; inviting twice changes nothing."""
    engagement = lock_engagement(by, engagement_id)
    check_has_papers(engagement, by, at)
    check(
        "patient_partner" in get_viewer_by_id(person_id).roles,
        "Only a patient partner can be invited. An administrator gives that role.",
        field="person_id",
    )
    access, is_new = EngagementAccess.objects.get_or_create(
        engagement=engagement,
        person_id=person_id,
        defaults={"given_by_id": by.person_id, "given_at": at},
    )
    if is_new:
        record_audit(by=by, at=at, operation="invite_partner", on=access)


@transaction.atomic
def end_invitation(*, engagement_id: UUID, person_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an invitation back; what the partner decided stays under their name."""
    engagement = lock_engagement(by, engagement_id)
    ended, _ = EngagementAccess.objects.filter(engagement=engagement, person_id=person_id).delete()
    check(bool(ended), "This person was not invited.")
    record_audit(by=by, at=at, operation="end_invitation", on=engagement)


def check_has_papers(engagement: Engagement, by: Viewer, at: datetime) -> None:
    """Refuse to ask people for their time before the agreements this engagement needs are signed.

    What was heard may come in later too, so the day asked for never lies after the engagement's last.
    """
    last = engagement.ends_on or at.date()
    on = min(at.date(), max(last, engagement.starts_on))
    check_may_start(by, Starting("engagement", engagement.id, engagement.title, on))


def lock_engagement(by: Viewer, engagement_id: UUID, permission: str = "run_engagements") -> Engagement:
    """Return an engagement, locked, for those who may change it. Raise Refused for others."""
    check_may(by, permission)
    engagement = Engagement.objects.for_viewer(by).select_for_update().filter(id=engagement_id).first()
    if engagement is None:
        raise Refused("There is no such engagement here.")
    return engagement


def _check_terms(terms: EngagementTerms) -> None:
    check_dates(terms.starts_on, terms.ends_on)
    for name, words in (
        ("title", "Give it a title that a stranger would understand."),
        ("purpose", "Write what you want to find out, and what it may change."),
        ("run_by", "Write who runs it."),
        ("told_participants", "Write what people are told about their words."),
    ):
        check(bool(getattr(terms, name).strip()), words, field=name)
    check(terms.kind in Engagement.Kind.values, "Choose what kind of engagement it is.", field="kind")
