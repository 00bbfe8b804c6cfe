"""Relations, contacts, funding, paid work, payments, events, joint projects and disclosure."""

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
from alongside.apps.partnership.models.payments import (
    Payment,
    PaymentEvent,
    PaymentNumber,
)
from alongside.apps.partnership.models.reconciling import (
    ReconciliationFile,
    ReconciliationRow,
)
from alongside.apps.partnership.models.relations import (
    Interaction,
    NoteAnswer,
    Priority,
    PriorityEvent,
    Promise,
    RegularContact,
    Relationship,
)

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
    "Interaction",
    "NoteAnswer",
    "OtherFunder",
    "Payment",
    "PaymentEvent",
    "PaymentNumber",
    "Priority",
    "PriorityEvent",
    "Promise",
    "ReconciliationFile",
    "ReconciliationRow",
    "RegularContact",
    "Relationship",
]
