"""What every write on a request shares: holding the row, moving it on, and writing the step down."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import FundingEvent, FundingRequest
from alongside.apps.partnership.rules.funding import check_can_move

MISSING = _("That request is not there, or not yours to see.")


def hold(by: Viewer, request_id: UUID) -> FundingRequest:
    """Return a request this viewer may see, held until the transaction ends."""
    visible = FundingRequest.objects.for_viewer(by).filter(id=request_id)
    found = visible.select_for_update(of=("self",)).select_related("organisation", "criteria").first()
    if found is None:
        raise Refused(str(MISSING), field="request")
    return found


def move(
    request: FundingRequest, to: str, words: str, *, by: Viewer, at: datetime, is_from_group: bool = False
) -> None:
    """Bring a held request to another state, save it whole, and keep the step with its reason."""
    check_can_move(request, to)
    was, request.state = request.state, to
    request.save()
    note(request, words, by=by, at=at, was=was, is_from_group=is_from_group)


def note(
    request: FundingRequest,
    words: str,
    *,
    by: Viewer,
    at: datetime,
    was: str | None = None,
    is_from_group: bool = False,
) -> None:
    """Keep a line in a request's history."""
    FundingEvent.objects.create(
        request=request,
        was=request.state if was is None else was,
        became=request.state,
        words=words,
        is_from_group=is_from_group,
        by_id=by.person_id,
        at=at,
    )
