"""Marking insights that lost a quote, and recording that somebody looked at them again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.insight.models import Evidence, Insight, LookAgain


@transaction.atomic
def mark_lost_quotes(
    *,
    voice_ids: Collection[UUID],
    speaker_id: UUID,  # noqa: ARG001  (an insight knows voices, not people)
    ended: frozenset[str],
    by: Viewer,
    at: datetime,
) -> None:
    """Mark each insight that quoted these voices, where quoting them inside has ended."""
    if not ended & {"quote_inside", "analyse"}:
        return
    quotes = Evidence.objects.filter(voice_id__in=list(voice_ids), kind=Evidence.Kind.QUOTE)
    lost = quotes.exclude(insight__state=Insight.State.RETIRED).order_by("insight_id")
    for insight_id, number in lost.values_list("insight_id").annotate(Count("id")):
        mark = LookAgain.objects.create(insight_id=insight_id, quotes=number, since=at)
        record_audit(by=by, at=at, operation="mark_lost_quotes", on=mark, detail={"quotes": number})


@transaction.atomic
def look_again(*, insight_id: UUID, by: Viewer, at: datetime) -> int:
    """Record that somebody looked again at an insight that lost a quote; return how many marks that settles."""
    check_may(by, "write_insights")
    insight = Insight.objects.for_viewer(by).filter(id=insight_id).first()
    if insight is None:
        raise Refused("There is no such insight here.")
    settled = LookAgain.objects.filter(insight=insight, looked_at=None).update(
        looked_at=at, looked_by_id=by.person_id
    )
    if settled:
        record_audit(by=by, at=at, operation="look_again", on=insight, detail={"marks": settled})
    return settled
