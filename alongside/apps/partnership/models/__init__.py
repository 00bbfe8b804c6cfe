"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.funding import (
    FundingCriteria,
    FundingEvent,
    FundingReport,
    FundingRequest,
    FundingReview,
    FundingScore,
)
from alongside.apps.partnership.models.independence import (
    HandsOff,
    HandsOffAnswer,
    HandsOffReply,
    OtherFunder,
)
from alongside.apps.partnership.models.payments import Payment, PaymentEvent

__all__ = [
    "FundingCriteria",
    "FundingEvent",
    "FundingReport",
    "FundingRequest",
    "FundingReview",
    "FundingScore",
    "HandsOff",
    "HandsOffAnswer",
    "HandsOffReply",
    "OtherFunder",
    "Payment",
    "PaymentEvent",
]
