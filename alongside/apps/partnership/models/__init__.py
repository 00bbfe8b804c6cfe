"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.payments import Payment, PaymentEvent, PaymentNumber
from alongside.apps.partnership.models.reconciling import ReconciliationFile, ReconciliationRow
from alongside.apps.partnership.models.services import (
    ExpenseLine,
    NoticeReading,
    RateCard,
    RateLine,
    RateScheme,
    ServiceClaim,
    ServiceEvent,
    ServiceNeed,
    ServiceNumber,
    ServiceOffer,
)

__all__ = [
    "ExpenseLine",
    "NoticeReading",
    "Payment",
    "PaymentEvent",
    "PaymentNumber",
    "RateCard",
    "RateLine",
    "RateScheme",
    "ReconciliationFile",
    "ReconciliationRow",
    "ServiceClaim",
    "ServiceEvent",
    "ServiceNeed",
    "ServiceNumber",
    "ServiceOffer",
]
