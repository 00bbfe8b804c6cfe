"""Contracted services and payments to people: needs, rate cards, offers, claims."""

from alongside.apps.partnership.models.services.claims import ExpenseLine, ServiceClaim
from alongside.apps.partnership.models.services.needs import ServiceNeed, ServiceNumber
from alongside.apps.partnership.models.services.offers import NoticeReading, ServiceEvent, ServiceOffer
from alongside.apps.partnership.models.services.rates import RateCard, RateLine, RateScheme

__all__ = [
    "ExpenseLine",
    "NoticeReading",
    "RateCard",
    "RateLine",
    "RateScheme",
    "ServiceClaim",
    "ServiceEvent",
    "ServiceNeed",
    "ServiceNumber",
    "ServiceOffer",
]
