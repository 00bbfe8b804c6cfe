"""Pages of events for colleagues: the list, one event, its plan, its agenda and costs, its way to the report."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_blockers, list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.base.views.pages import download
from alongside.apps.partnership.forms.events import AgendaForm, CostForm, EventForm, ReportForm, WhyForm
from alongside.apps.partnership.operations.event_moves import ReportWords, move_event, report_event
from alongside.apps.partnership.operations.events import (
    add_agenda_item,
    add_cost,
    change_event,
    drop_agenda_item,
    drop_cost,
    plan_event,
)
from alongside.apps.partnership.presenters.events import (
    EVENT_COLUMNS,
    draw_event_filters,
    event_tone,
    export_events,
    get_event_move_page,
)
from alongside.apps.partnership.queries.event_guards import list_event_agreements
from alongside.apps.partnership.queries.events import (
    EventFilters,
    count_places,
    find_places,
    get_event,
    get_report_due,
    is_report_late,
    list_event_history,
    list_event_partners_in_use,
    list_events,
    list_possible_partners,
    make_event_lines,
    sum_costs,
)
from alongside.apps.partnership.queries.registrations import get_own_registration, name_lead
from alongside.apps.partnership.rules.event_clock import as_local, find_which
from alongside.apps.partnership.rules.events import CHANGEABLE, list_next_states
from alongside.apps.partnership.views.event_pages import get_page, read_id, try_to

EXPORT_ROWS = 5_000


def _read_filters(request: ViewerRequest) -> EventFilters:
    get = request.GET.get
    return EventFilters(
        words=get("words", "").strip()[:100],
        state=get("state", ""),
        kind=get("kind", ""),
        when=get("when", ""),
        partner=read_id(get("partner", "")),
    )


def events(request: ViewerRequest) -> HttpResponse:
    """List the events a colleague may see."""
    viewer = request.viewer
    check_may(viewer, "see_events")
    chosen = _read_filters(request)
    page = get_page(request, list_events(viewer, chosen, timezone.now()))
    context = {
        "page": page,
        "lines": [
            (line, event_tone(line.event.state))
            for line in make_event_lines(page.object_list, timezone.localdate())
        ],
        "filters": draw_event_filters(
            request.GET, list_event_partners_in_use(viewer, read_id(request.GET.get("partner", "")))
        ),
        "saved_views": list_saved_views(viewer, "events:list"),
        "query": request.GET.urlencode(),
        "may_run": viewer.may("run_events"),
    }
    return render(request, "partnership/events/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_events")
    found = list(list_events(request.viewer, _read_filters(request), timezone.now())[:EXPORT_ROWS])
    record_export(
        what="events",
        object_type="partnership.event",
        object_ids=[one.id for one in found],
        ending=kind,
        by=request.viewer,
        at=timezone.now(),
        rows=len(found),
    )
    return download(
        kind, "events", EVENT_COLUMNS, export_events(make_event_lines(found, timezone.localdate()))
    )


def new(request: ViewerRequest) -> HttpResponse:
    """Plan an event."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    form = EventForm(
        request.POST if request.method == "POST" else None,
        partners=list_possible_partners(viewer),
        initial={"kind": "own", "place": "in_person", "visibility": "public", "capacity": 20},
    )
    if request.method == "POST" and form.is_valid():
        done, event_id = try_to(form, lambda: plan_event(plan=form.plan(), by=viewer, at=timezone.now()))
        if done:
            return redirect("events:event", event_id)
    return render(request, "partnership/events/new.html", {"form": form})


def event(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Show one event whole: what it is, what stands in its way, who comes, what it costs, what came of it."""
    viewer = request.viewer
    check_may(viewer, "see_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    today = timezone.localdate()
    starts_on = as_local(found.starts_at, found.time_zone).date()
    before_open = found.state in ("idea", "approved")
    held, waiting = count_places([found.id]).get(found.id, (0, 0))
    context = {
        "event": found,
        "tone": event_tone(found.state),
        "blockers": list_blockers(viewer, Starting("event", found.id, found.title, starts_on))
        if before_open
        else [],
        "agreements": list_event_agreements(viewer, found.id),
        "costs": sum_costs(found),
        "places": find_places(found),
        "held": held,
        "waiting": waiting,
        "lead": name_lead(viewer, found.lead_id),
        "report": getattr(found, "report", None),
        "report_due": get_report_due(found),
        "is_late": is_report_late(found, today),
        "history": list_event_history(viewer, found),
        "next_states": list_next_states(found.state),
        "own": get_own_registration(viewer, found.id),
        "may_run": viewer.may("run_events"),
        "may_change": viewer.may("run_events") and found.state in CHANGEABLE,
    }
    return render(request, "partnership/events/event.html", context)


def edit(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Change an event's plan; who registered is counted and told."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    starts, ends = as_local(found.starts_at), as_local(found.ends_at)
    form = EventForm(
        request.POST if request.method == "POST" else None,
        partners=list_possible_partners(viewer),
        is_change=True,
        initial={
            **{name: getattr(found, name) for name in EventForm.base_fields if hasattr(found, name)},
            "partners": [str(one.id) for one in found.partners.all()],
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "which": find_which(found.starts_at),
        },
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done, _told = try_to(
            form,
            lambda: change_event(
                event_id=event_id, plan=form.plan(), reason=reason, by=viewer, at=timezone.now()
            ),
        )
        if done:
            return redirect("events:event", event_id)
    standing = count_places([found.id]).get(found.id, (0, 0))
    context = {"form": form, "event": found, "standing": sum(standing)}
    return render(request, "partnership/events/edit.html", context)


def agenda(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Add parts to an event's agenda."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    form = AgendaForm(
        request.POST if request.method == "POST" else None,
        is_long_night=bool(find_which(found.starts_at) or find_which(found.ends_at)),
        initial={"day": as_local(found.starts_at).date()},
    )
    if request.method == "POST" and form.is_valid():
        done, _item = try_to(
            form,
            lambda: add_agenda_item(event_id=event_id, terms=form.terms(), by=viewer, at=timezone.now()),
        )
        if done:
            return redirect("events:agenda", event_id)
    return render(request, "partnership/events/agenda.html", {"form": form, "event": found})


@require_POST
def drop_item(request: ViewerRequest, event_id: UUID, item_id: UUID) -> HttpResponse:
    """Take a part off an agenda."""
    drop_agenda_item(event_id=event_id, item_id=item_id, by=request.viewer, at=timezone.now())
    return redirect("events:agenda", event_id)


def costs(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Add lines to what an event costs for each person."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    form = CostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done, _cost = try_to(
            form,
            lambda: add_cost(
                event_id=event_id,
                category=data["category"],
                words=data["words"],
                per_head_pence=data["per_head"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if done:
            return redirect("events:costs", event_id)
    context = {"form": form, "event": found, "costs": sum_costs(found)}
    return render(request, "partnership/events/costs.html", context)


@require_POST
def drop_cost_line(request: ViewerRequest, event_id: UUID, cost_id: UUID) -> HttpResponse:
    """Take a line of costs off the plan."""
    drop_cost(event_id=event_id, cost_id=cost_id, by=request.viewer, at=timezone.now())
    return redirect("events:costs", event_id)


def move(request: ViewerRequest, event_id: UUID, to: str) -> HttpResponse:
    """Bring an event to another state, or say exactly what is in the way."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    page = get_event_move_page(found, to) if found else None
    if found is None or page is None:
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    form.fields["words"].label = page.label
    form.fields["words"].required = page.needs_words
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done, _none = try_to(
            form, lambda: move_event(event_id=event_id, to=to, words=words, by=viewer, at=timezone.now())
        )
        if done:
            return redirect("events:event", event_id)
    return render(request, "partnership/events/move.html", {"form": form, "event": found, "page": page})


def report(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Report on an event: what happened, what people said, what it cost in the end."""
    viewer = request.viewer
    check_may(viewer, "run_events")
    found = get_event(viewer, event_id)
    if found is None:
        raise Http404
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        costs=list(found.costs.all()),
        initial={f"cost_{one.id}": f"{one.per_head_pence / 100:.2f}" for one in found.costs.all()},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = ReportWords(
            what_happened=data["what_happened"],
            what_people_said=data["what_people_said"],
            actual_pence=form.actual_pence(),
            costs_because=data["costs_because"],
        )
        done, _kept = try_to(
            form, lambda: report_event(event_id=event_id, report=words, by=viewer, at=timezone.now())
        )
        if done:
            return redirect("events:event", event_id)
    return render(request, "partnership/events/report.html", {"form": form, "event": found})
