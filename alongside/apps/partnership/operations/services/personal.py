"""What an erasure does to paid work: words go, the least that accounts and the yearly list need stays."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    ExpenseLine,
    NoticeReading,
    RateCard,
    ServiceClaim,
    ServiceEvent,
    ServiceNeed,
    ServiceOffer,
)

ACCOUNTS = (
    "Amounts, days and who was paid are kept for accounts and the yearly list of payments, and nothing else."
)
SHOWN = "That the notice was shown before an answer is kept, beside the payment it belongs to."
ACTS = "Who wrote and approved it is kept under no name (accountability, Article 5(2))."
ERASED = "Words were erased."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (one shape for every room)
    """Take every word of and about a person out of their paid work; keep amounts, days and steps."""
    ids = subject.person_ids
    offers = ServiceOffer.objects.filter(person_id__in=ids)
    spoken = offers.exclude(answer_words="", support="", ask=ERASED)
    worded = spoken.update(answer_words="", support="", ask=ERASED)
    offers.filter(charity__isnull=False).exclude(charity_name="").update(charity_name="")
    claims = ServiceClaim.objects.filter(offer__in=offers)
    asked = claims.exclude(question="").update(question="")
    lines = ExpenseLine.objects.filter(claim__in=claims)
    told = lines.exclude(words=ERASED, need_words="").update(words=ERASED, need_words="", miles=None)
    steps = ServiceEvent.objects.filter(Q(offer__in=offers) | Q(by_id__in=ids))
    noted = ServiceEvent.objects.filter(offer__in=offers).exclude(words="").update(words="")
    readings = NoticeReading.objects.filter(person_id__in=ids)
    needs = ServiceNeed.objects.filter(Q(author_id__in=ids) | Q(approved_by_id__in=ids))
    return [
        _kept("partnership_service_offer", worded, offers.count(), ACCOUNTS),
        _kept("partnership_service_claim", asked, claims.count(), ACCOUNTS),
        _kept("partnership_expense_line", told, lines.count(), ACCOUNTS),
        _kept("partnership_service_event", noted, steps.count(), ACTS),
        _kept("partnership_notice_reading", 0, readings.count(), SHOWN),
        _kept("partnership_service_need", 0, needs.count(), ACTS),
        _kept("partnership_rate_card", 0, RateCard.objects.filter(added_by_id__in=ids).count(), ACTS),
    ]


def _kept(table: str, erased: int, kept: int, because: str) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")
