"""What an erasure does to funding: a person's own words go; that somebody judged and decided stays, by id alone."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    FundingCriteria,
    FundingEvent,
    FundingReport,
    FundingRequest,
    FundingReview,
    HandsOff,
    HandsOffReply,
    OtherFunder,
)

ACTS = (
    "Who wrote, judged and decided is kept under no name: we must be able to show how money was given "
    "(accountability, Article 5(2); records of agreements and payments)."
)


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (one shape for every room)
    """Empty what somebody said about themselves; keep the acts."""
    ids = subject.person_ids
    reviews = FundingReview.objects.filter(reviewer_id__in=ids)
    emptied = reviews.exclude(conflict_words="", words="").update(conflict_words="", words="")
    kept = (
        ("partnership_funding_request", FundingRequest.objects.filter(
            Q(written_by_id__in=ids) | Q(decided_by_id__in=ids))),
        ("partnership_funding_event", FundingEvent.objects.filter(by_id__in=ids)),
        ("partnership_funding_report", FundingReport.objects.filter(written_by_id__in=ids)),
        ("partnership_funding_criteria", FundingCriteria.objects.filter(published_by_id__in=ids)),
        ("partnership_hands_off", HandsOff.objects.filter(filled_by_id__in=ids)),
        ("partnership_hands_off_reply", HandsOffReply.objects.filter(by_id__in=ids)),
        ("partnership_other_funder", OtherFunder.objects.filter(added_by_id__in=ids)),
    )  # fmt: skip
    return [
        _kept("partnership_funding_review", emptied, reviews.count()),
        *(_kept(table, 0, found.count()) for table, found in kept),
    ]


def _kept(table: str, erased: int, kept: int) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=ACTS if kept else "")
