"""Somebody does not agree with a theme or an insight: it is written beside it and stays there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.insight.models import Dissent, Insight, Theme
from alongside.apps.insight.rules import get_deciding_role


@transaction.atomic
def record_dissent(
    *, by: Viewer, at: datetime, reason: str, theme_id: UUID | None = None, insight_id: UUID | None = None
) -> UUID:
    """Write that somebody does not agree, and why; return the dissent's id."""
    check_may(by, "record_dissent")
    check(bool(reason.strip()), "Say what you do not agree with, and why.", field="reason")
    theme = Theme.objects.for_viewer(by).filter(id=theme_id).first() if theme_id else None
    insight = Insight.objects.for_viewer(by).filter(id=insight_id).first() if insight_id else None
    if theme is None and insight is None:
        raise Refused("There is no such theme or insight, or it is not yours to see.")
    dissent = Dissent.objects.create(
        theme=theme,
        insight=insight,
        reason=reason.strip(),
        by_id=by.own_id,
        by_role=get_deciding_role(by),
        at=at,
    )
    record_audit(by=by, at=at, operation="record_dissent", on=dissent)
    return dissent.id


@transaction.atomic
def withdraw_dissent(*, by: Viewer, at: datetime, dissent_id: UUID) -> None:
    """Take back one's own dissent; that it was there stays in the record."""
    dissent = Dissent.objects.select_for_update().filter(id=dissent_id, by_id=by.own_id).first()
    if dissent is None or dissent.withdrawn_at:
        raise Refused("There is no such disagreement of yours.")
    dissent.withdrawn_at = at
    dissent.save(update_fields=["withdrawn_at"])
    record_audit(by=by, at=at, operation="withdraw_dissent", on=dissent)
