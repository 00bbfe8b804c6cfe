"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.disclosed import (
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
)
from alongside.apps.partnership.models.disclosures import (
    Disclosure,
    DisclosureCheck,
    DisclosureEvent,
    MethodNote,
)
from alongside.apps.partnership.models.payments import Payment, PaymentEvent

__all__ = [
    "Disclosure",
    "DisclosureCheck",
    "DisclosureCorrection",
    "DisclosureEvent",
    "DisclosurePeople",
    "DisclosureRow",
    "DisclosureSnapshot",
    "DisclosureTotal",
    "MethodNote",
    "Payment",
    "PaymentEvent",
]
