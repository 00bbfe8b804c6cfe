"""Judging a request: what ties somebody to the group is said first, then each criterion, then it goes to a decision."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import FundingRequest, FundingReview, FundingScore
from alongside.apps.partnership.operations.funding.steps import hold, move
from alongside.apps.partnership.queries.funding.criteria import as_criteria
from alongside.apps.partnership.rules.funding import (
    Scored,
    check_can_go_to_decision,
    check_can_review,
    check_scores,
    check_words,
)

State = FundingRequest.State


@transaction.atomic
def begin_review(*, request_id: UUID, by: Viewer, at: datetime) -> None:
    """Open a request for review against the edition of the criteria it was asked under."""
    check_may(by, "review_funding")
    request = hold(by, request_id)
    move(
        request,
        State.REVIEW,
        f"Review begun, against edition {request.criteria.edition} of the criteria.",
        by=by,
        at=at,
    )
    record_audit(by=by, at=at, operation="begin_funding_review", on=request)


@transaction.atomic
def declare_interest(
    *, request_id: UUID, has_conflict: bool, words: str, by: Viewer, at: datetime
) -> FundingReview:
    """Keep what ties somebody to the group, before they see or score anything; it cannot be said again."""
    check_may(by, "review_funding")
    request = hold(by, request_id)
    check(request.state == State.REVIEW, "This request is not in review, so there is nothing to declare.")
    check(not has_conflict or bool(words.strip()), "Say in a few words what ties you to them.", field="words")
    if FundingReview.objects.filter(request=request, reviewer_id=by.own_id).exists():
        raise Refused("You have declared already. What you said stays as it is.")
    review = FundingReview.objects.create(
        request=request,
        reviewer_id=by.own_id,
        has_conflict=has_conflict,
        conflict_words=words.strip()[:1000],
        declared_at=at,
    )
    record_audit(
        by=by, at=at, operation="declare_funding_interest", on=request, detail={"conflict": has_conflict}
    )
    return review


@transaction.atomic
def score_request(
    *, request_id: UUID, scores: Sequence[Scored], advice: str, words: str, by: Viewer, at: datetime
) -> None:
    """Keep one reviewer's judgement of each criterion, with words, and what they advise."""
    check_may(by, "review_funding")
    request = hold(by, request_id)
    check(request.state == State.REVIEW, "This request is not in review any more.")
    review = check_can_review(FundingReview.objects.filter(request=request, reviewer_id=by.own_id).first())
    criteria = as_criteria(request.criteria.criteria)
    check_scores(criteria, scores, advice)
    known = {one.key for one in criteria}
    FundingScore.objects.bulk_create(
        FundingScore(
            review=review, criterion=one.criterion, answer=one.answer, words=one.words.strip()[:1000]
        )
        for one in scores
        if one.criterion in known
    )
    review.advice, review.words, review.scored_at = advice, words.strip()[:2000], at
    review.save()
    record_audit(by=by, at=at, operation="score_funding_request", on=request, detail={"advice": advice})


@transaction.atomic
def send_to_decision(*, request_id: UUID, by: Viewer, at: datetime) -> None:
    """Hand a reviewed request to whoever decides."""
    check_may(by, "review_funding")
    request = hold(by, request_id)
    reviews = list(request.reviews.all())
    check_can_go_to_decision(reviews, has_hands_off=request.hands_off.exists())
    scored = sum(one.scored_at is not None for one in reviews)
    move(request, State.DECISION, f"Reviewed by {scored}, ready for a decision.", by=by, at=at)
    record_audit(by=by, at=at, operation="send_to_decision", on=request, detail={"reviews": scored})


@transaction.atomic
def send_back(*, request_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Send a request back to review because something is missing for a decision."""
    check_may(by, "decide_funding")
    request = hold(by, request_id)
    words = check_words(why, what="what is missing", field="words", most=1000)
    move(request, State.REVIEW, words, by=by, at=at)
    record_audit(by=by, at=at, operation="send_funding_back", on=request)
