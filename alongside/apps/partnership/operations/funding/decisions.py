"""The decision on a request, with its reason, by somebody who did not write it; and what follows until it is closed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import check_may_start
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.partnership.models import FundingRequest
from alongside.apps.partnership.operations.funding.papers import need_agreement
from alongside.apps.partnership.operations.funding.steps import hold, move
from alongside.apps.partnership.rules.funding import (
    check_can_decide,
    check_can_move,
    check_granted,
    check_not_begun,
    check_words,
    due_after,
)

State = FundingRequest.State


@transaction.atomic
def grant_request(
    *, request_id: UUID, granted_pence: int | None, reason: str, by: Viewer, at: datetime
) -> None:
    """Grant a request, whole or in part; from here it waits for a certified and signed agreement."""
    request, words = _decide(request_id, reason, by=by, at=at, to=State.AGREEMENT)
    check_granted(request, granted_pence)
    check_not_begun(request, at.date())
    request.granted_pence = granted_pence
    move(request, State.AGREEMENT, words, by=by, at=at)
    need_agreement(request, by=by, at=at)
    record_audit(by=by, at=at, operation="grant_funding", on=request, detail={"kind": request.kind})


@transaction.atomic
def decline_request(*, request_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Decline a request with a reason the group reads."""
    request, words = _decide(request_id, reason, by=by, at=at, to=State.DECLINED)
    request.closed_at = at
    move(request, State.DECLINED, words, by=by, at=at)
    record_audit(by=by, at=at, operation="decline_funding", on=request)


def _decide(
    request_id: UUID, reason: str, *, by: Viewer, at: datetime, to: str
) -> tuple[FundingRequest, str]:
    check_may(by, "decide_funding")
    request = hold(by, request_id)
    check_can_move(request, to)
    check_can_decide(request, list(request.reviews.all()), by)
    words = check_words(reason, what="the reason; the group reads it", field="reason", most=2000)
    request.decided_by_id, request.decided_at, request.decision_reason = by.person_id, at, words
    return request, words


@transaction.atomic
def begin_funding(*, request_id: UUID, by: Viewer, at: datetime, on: date) -> None:
    """Let a granted programme begin, once its agreement is in force; from here a light report is awaited."""
    check_may(by, "keep_relations")
    request = hold(by, request_id)
    check_can_move(request, State.FUNDED)
    check_may_start(by, Starting("funding", request.id, request.title, on))
    check(
        request.agreement_id is not None,
        "There is no agreement yet. Draft it first; nothing begins before it is certified and signed.",
    )
    request.report_due_on = due_after(request.ends_on)
    move(request, State.FUNDED, "The agreement is in force, so it may begin.", by=by, at=at)
    record_audit(by=by, at=at, operation="begin_funding", on=request)


@transaction.atomic
def close_funding(*, request_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Close a funded programme; where no report came, the words say why."""
    check_may(by, "keep_relations")
    request = hold(by, request_id)
    has_report = request.state == State.REPORTED
    kept = (
        words.strip()[:1000]
        if has_report
        else check_words(words, what="why it closes without a report", field="words", most=1000)
    )
    request.closed_at = at
    move(request, State.CLOSED, kept or "Closed: the report is in.", by=by, at=at)
    record_audit(by=by, at=at, operation="close_funding", on=request, detail={"report": has_report})
