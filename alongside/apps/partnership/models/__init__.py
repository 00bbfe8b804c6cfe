"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.payments import Payment, PaymentEvent

__all__ = ["Payment", "PaymentEvent"]
