"""The payments made for a funded request, as its page shows them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import FundingRequest, Payment

SOURCE = "funding"


@dataclass(frozen=True)
class PaymentLine:
    """One payment of a request."""

    id: UUID
    reference: str
    amount_pence: int | None
    currency: str
    state: str
    due_on: date
    paid_on: date | None


def list_payments(viewer: Viewer, request: FundingRequest) -> list[PaymentLine]:
    """Return the payments of a request this viewer may see, the first due first."""
    found = Payment.objects.for_viewer(viewer).filter(source_kind=SOURCE, source_id=request.id)
    return [
        PaymentLine(
            one.id,
            one.reference,
            one.amount_pence,
            one.currency,
            one.get_state_display(),
            one.due_on,
            one.paid_on,
        )
        for one in found.order_by("due_on", "id")
    ]
