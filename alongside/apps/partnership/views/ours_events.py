"""A partner organisation's own events."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.presenters.events import event_tone
from alongside.apps.partnership.queries.attending import list_open_events, list_partner_events
from alongside.apps.partnership.queries.registrations import list_own_places
from alongside.apps.partnership.views.event_pages import get_page


def events(request: ViewerRequest) -> HttpResponse:
    """List the events of the organisation somebody speaks for, and what else they may come to."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    now = timezone.now()
    page = get_page(request, list_partner_events(viewer))
    own: set[UUID] = {one.id for one in page.object_list}
    context = {
        "page": page,
        "lines": [(one, event_tone(one.state)) for one in page.object_list],
        "others": [one for one in list_open_events(viewer, now)[:20] if one.id not in own],
        "places": {one.event_id for one in list_own_places(viewer, now)},
    }
    return render(request, "partnership/ours/events.html", context)
