"""What of requests about data belongs to a person's day: what is due, latest first."""

from datetime import date

from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import DataRequest
from alongside.apps.people.rules.clocks import SOON_DAYS, get_acknowledge_by, get_urgency, say_time_left
from alongside.apps.people.rules.requests import OPEN
from alongside.science.values.trail import DayItem


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return open requests for those who handle them: late ones, those due within a week, and new ones."""
    if not viewer.may("handle_data_requests"):
        return []
    return [
        _as_item(request, on)
        for request in DataRequest.objects.filter(state__in=OPEN).order_by("due_on", "id")
    ]


def _as_item(request: DataRequest, on: date) -> DayItem:
    due_on = request.due_on
    if request.kind == DataRequest.Kind.COMPLAINT and request.acknowledged_on is None:
        due_on = min(due_on, get_acknowledge_by(request.received_on))
    urgency = get_urgency(due_on, on)
    group = "late" if urgency == "late" else "needs_you"
    if request.state == DataRequest.State.WAITING and (due_on - on).days > SOON_DAYS:
        group = "new"
    return DayItem(
        group=group,
        title=f"{request.get_kind_display()}".capitalize(),
        url=reverse("people:request", args=[request.id]),
        detail=f"{request.get_state_display()}, {say_time_left(due_on, on)}",
        on=due_on,
    )
