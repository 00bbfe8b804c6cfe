"""Who comes to an event, for those who run it: the list with what must be arranged, who came."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export, record_read
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download
from alongside.apps.partnership.forms.attending import SomebodyForm
from alongside.apps.partnership.operations.registrations import (
    accept_offer,
    give_back,
    mark_attendance,
    register_for_somebody,
)
from alongside.apps.partnership.presenters.events import PLACE_COLUMNS, export_places, place_tone
from alongside.apps.partnership.queries.events import find_places, get_event
from alongside.apps.partnership.queries.registrations import (
    count_counted,
    list_registrations,
    make_place_lines,
    summarise_needs,
)
from alongside.apps.partnership.views.event_pages import get_page, try_to


@never_cache
def registrations(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """List who asked for a place, with what must be arranged for them."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    everybody = list_registrations(viewer, event_id)
    page = get_page(request, everybody)
    lines = make_place_lines(viewer, list(page.object_list))
    record_read(by=viewer, at=timezone.now(), what="read_registrations", on=found, rows=len(lines))
    context = {
        "event": found,
        "page": page,
        "first": page.start_index(),
        "lines": [(line, place_tone(line.registration.state)) for line in lines],
        "summary": summarise_needs(make_place_lines(viewer, everybody)),
        "places": find_places(found),
        "counted": count_counted(found),
        "may_mark": found.state in ("held", "reported"),
        "takes_people": found.state in ("open", "full"),
    }
    return render(request, "partnership/events/registrations.html", context)


def export_registrations(request: ViewerRequest, event_id: UUID, kind: str) -> HttpResponseBase:
    """Give the list of who comes to a spreadsheet, for those who run events."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    lines = make_place_lines(viewer, list_registrations(viewer, event_id))
    record_export(
        what="registrations",
        object_type="partnership.event",
        object_ids=[event_id],
        ending=kind,
        by=viewer,
        at=timezone.now(),
        rows=len(lines),
    )
    return download(kind, "registrations", PLACE_COLUMNS, export_places(lines))


def add_registration(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Keep a place for somebody who rang or wrote."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    form = SomebodyForm(
        request.POST if request.method == "POST" else None,
        has_carer_places=found.carer_places > 0,
        initial={"key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        done, code = try_to(
            form,
            lambda: register_for_somebody(
                event_id=event_id, terms=form.terms(), by=viewer, at=timezone.now()
            ),
        )
        if done:
            messages.success(request, _("Kept. Give them this code: %(code)s") % {"code": code})
            return redirect("events:registrations", event_id)
    return render(request, "partnership/events/add_registration.html", {"form": form, "event": found})


@require_POST
def mark(request: ViewerRequest, event_id: UUID, registration_id: UUID, to: str) -> HttpResponse:
    """Write down what became of one registration: came, did not come, gave the place back, takes the offer."""
    viewer, at = request.viewer, timezone.now()
    check_may(viewer, "run_events")
    if not list_registrations(viewer, event_id).filter(id=registration_id).exists():
        raise Http404
    if to in ("came", "away"):
        mark_attendance(registration_id=registration_id, came=to == "came", by=viewer, at=at)
    elif to == "cancel":
        give_back(registration_id=registration_id, by=viewer, at=at)
    elif to == "accept":
        accept_offer(registration_id=registration_id, by=viewer, at=at)
    else:
        raise Http404
    return redirect("events:registrations", event_id)
