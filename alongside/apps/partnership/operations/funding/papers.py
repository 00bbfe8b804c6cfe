"""The agreement a granted request needs before anything begins, and the payments asked for under it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.queries import get_agreement_line
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.partnership.models import FundingRequest
from alongside.apps.partnership.operations.funding.steps import hold, note


def need_agreement(request: FundingRequest, *, by: Viewer, at: datetime) -> None:
    """Say that this programme may not begin before an agreement of its kind is certified and signed."""


@transaction.atomic
def choose_agreement(*, request_id: UUID, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Put a granted request under an agreement of its kind with its group."""
    check_may(by, "write_agreements")
    request = hold(by, request_id)
    check(
        request.state == FundingRequest.State.AGREEMENT,
        "Only what was granted and has not begun gets an agreement.",
    )
    agreement = get_agreement_line(by, agreement_id)
    check(
        agreement.organisation_id == request.organisation_id and agreement.kind == request.kind,
        f"That agreement is not a {request.get_kind_display()} to {request.organisation.name}. "
        "Choose another, or draft one.",
        field="agreement",
    )
    request.agreement_id = agreement.id
    request.save()
    note(request, f"Agreement {agreement.reference}.", by=by, at=at)
    record_audit(by=by, at=at, operation="choose_funding_agreement", on=request)
