"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.payments import Payment, PaymentEvent
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
    "RateCard",
    "RateLine",
    "RateScheme",
    "ServiceClaim",
    "ServiceEvent",
    "ServiceNeed",
    "ServiceNumber",
    "ServiceOffer",
]
