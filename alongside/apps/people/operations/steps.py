"""What every step of a request shares: its lock, its line in the list of what happened, its clock, its end."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.people.models import DataRequest, RequestEvent
from alongside.apps.people.queries.holidays import list_bank_holidays
from alongside.apps.people.rules.clocks import Clock, get_due_on
from alongside.apps.people.rules.requests import check_move


def lock_request(by: Viewer, request_id: UUID) -> DataRequest:
    """Return a request, locked, for those who handle them. Raise Refused for others."""
    check_may(by, "handle_data_requests")
    request = DataRequest.objects.select_for_update().filter(id=request_id).first()
    if request is None:
        raise Refused("There is no such request here.")
    return request


def add_event(request: DataRequest, what: str, *, note: str = "", by: Viewer, at: datetime) -> None:
    """Add a line to what happened, and to the audit without its words."""
    RequestEvent.objects.create(request=request, what=what, note=note, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation=f"request_{what}", on=request, detail={"kind": request.kind})


def clock_of(request: DataRequest) -> Clock:
    """Return what the time of a request follows from."""
    return Clock(request.received_on, request.paused_days, request.paused_on, request.extended_on is not None)


def set_clock(request: DataRequest, on: date) -> None:
    """Work out again when a request is due."""
    request.due_on = get_due_on(clock_of(request), list_bank_holidays(), on=on)


def resume_clock(request: DataRequest, on: date) -> None:
    """Let the clock run again from a day on, counting the days it stood still."""
    if request.paused_on is not None:
        request.paused_days += max(0, (on - request.paused_on).days)
        request.paused_on = None
    set_clock(request, on)


@transaction.atomic
def end_request(request: DataRequest, state: str, *, what: str, note: str, by: Viewer, at: datetime) -> None:
    """End a request that is locked: answered, refused or withdrawn."""
    check_move(request.state, state)
    request.state = state
    request.outcome = note
    request.ended_at = at
    resume_clock(request, at.date())
    request.save()
    add_event(request, what, note=note, by=by, at=at)
