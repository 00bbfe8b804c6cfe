"""Events as those who come see them: what is on, asking for a place, giving it back. No account is needed."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.engagement.presenters import draw_plain_markdown
from alongside.apps.partnership.forms.attending import CodeForm, GuestForm, PlaceForm
from alongside.apps.partnership.operations.registrations import (
    accept_offer,
    give_back,
    register_guest,
    register_self,
)
from alongside.apps.partnership.presenters.events import draw_structured_data, place_tone
from alongside.apps.partnership.queries.attending import (
    get_open_event,
    list_open_events,
    make_event_file,
)
from alongside.apps.partnership.queries.events import find_places
from alongside.apps.partnership.queries.registrations import (
    OpenedPlace,
    find_by_code,
    get_opened_place,
    get_own_registration,
    get_waiting_number,
    list_own_places,
)
from alongside.apps.partnership.rules.registrations import make_receipt_code
from alongside.apps.partnership.views.event_pages import get_page, own_name, try_to
from alongside.apps.people.queries import get_consent_text_in

OPENED, OPENED_UNTIL = "place_opened", "place_opened_until"
OPEN_FOR = timedelta(minutes=30)
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@login_not_required
def events(request: ViewerRequest) -> HttpResponse:
    """List the events that are open to whoever looks."""
    page = get_page(request, list_open_events(request.viewer, timezone.now()))
    return render(request, "partnership/attend/list.html", {"page": page})


@login_not_required
def event(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Show one event: what it is for, when and where, how everybody can take part, who supports it."""
    found = get_open_event(request.viewer, event_id)
    if found is None:
        raise Http404
    now = timezone.now()
    own = get_own_registration(request.viewer, event_id)
    context = {
        "event": found,
        "own_name": own_name(),
        "places": find_places(found),
        "takes_people": found.state in ("open", "full") and found.starts_at > now,
        "is_over": found.ends_at <= now,
        "own": own if own and own.state not in ("cancelled", "lapsed") else None,
    }
    return render(request, "partnership/attend/event.html", context)


@login_not_required
def data(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Give what the page of a public event says as schema.org data, for search engines."""
    found = get_open_event(request.viewer, event_id)
    if found is None or found.visibility != "public":
        raise Http404
    text = json.dumps(draw_structured_data(found, own_name()), ensure_ascii=False, indent=2)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@login_not_required
def calendar_file(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Give one event as a file for a calendar."""
    found = get_open_event(request.viewer, event_id)
    if found is None:
        raise Http404
    answer = HttpResponse(make_event_file(found, timezone.now()), content_type=CALENDAR_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer


@login_not_required
@never_cache
def register(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Ask for a place: by the account of whoever is signed in, else with a name, an address and a yes."""
    found = get_open_event(request.viewer, event_id)
    if found is None:
        raise Http404
    if request.viewer.is_known:
        return _register_self(request, event_id, found.carer_places > 0)
    language = (get_language() or "en")[:2]
    text = get_consent_text_in(found.consent_text_id, language) if found.consent_text_id else None
    code = request.session.setdefault(f"place-{event_id}", make_receipt_code())
    form = GuestForm(
        request.POST if request.method == "POST" else None,
        has_carer_places=found.carer_places > 0,
        initial={"key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        terms = form.terms(language=language, consent_text_id=text.id if text else None, code=code)
        done, _kept = try_to(
            form,
            lambda: register_guest(event_id=event_id, terms=terms, by=request.viewer, at=timezone.now()),
        )
        if done:
            request.session.pop(f"place-{event_id}", None)
            request.session[f"placed-{event_id}"] = code
            return redirect("attend:registered", event_id)
    context = {
        "event": found,
        "form": form,
        "consent": draw_plain_markdown(text.body) if text else "",
        "places": find_places(found),
    }
    return render(request, "partnership/attend/register.html", context)


def _register_self(request: ViewerRequest, event_id: UUID, has_carer_places: bool) -> HttpResponse:
    viewer = request.viewer
    found = get_open_event(viewer, event_id)
    if found is None:
        raise Http404
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        has_carer_places=has_carer_places,
        initial={"key": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        done, _id = try_to(
            form,
            lambda: register_self(event_id=event_id, terms=form.terms(), by=viewer, at=timezone.now()),
        )
        if done:
            return redirect("attend:place")
    context = {"event": found, "form": form, "places": find_places(found)}
    return render(request, "partnership/attend/register_self.html", context)


@login_not_required
@never_cache
def registered(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """Say thank you, show the code once, and what happens next."""
    found = get_open_event(request.viewer, event_id)
    if found is None:
        raise Http404
    code = request.session.get(f"placed-{event_id}", "")
    kept = find_by_code(code) if code else None
    if kept is None:
        return redirect("attend:register", event_id)
    context = {"event": found, "code": code, "place": kept, "number": get_waiting_number(kept)}
    return render(request, "partnership/attend/registered.html", context)


@login_not_required
@never_cache
def place(request: ViewerRequest) -> HttpResponse:
    """Show somebody's own places: by their account, or the one a code opens."""
    now = timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = find_by_code(form.cleaned_data["code"])
        if found is not None:
            request.session[OPENED] = str(found.id)
            request.session[OPENED_UNTIL] = (now + OPEN_FOR).isoformat()
            return redirect("attend:place")
        form.add_error("code", _("We do not know this code. It has four groups of four letters and digits."))
    places = list(list_own_places(request.viewer, now - timedelta(days=30)))
    opened = _get_opened(request, now)
    lines = [
        (one, place_tone(one.state), get_waiting_number(one) if one.state == "waiting" else 0)
        for one in ([opened] if opened else []) + places
    ]
    return render(request, "partnership/attend/place.html", {"form": form, "lines": lines, "now": now})


def _get_opened(request: ViewerRequest, now: datetime) -> OpenedPlace | None:
    """Return the place a code opened on this device, for a while."""
    until = request.session.get(OPENED_UNTIL, "")
    if not until or datetime.fromisoformat(until) <= now:
        return None
    return get_opened_place(UUID(request.session[OPENED]))


@require_POST
@login_not_required
def give_back_place(request: ViewerRequest, registration_id: UUID) -> HttpResponse:
    """Give a place back, by the account or the code that was shown."""
    _check_own(request, registration_id)
    give_back(registration_id=registration_id, by=request.viewer, at=timezone.now())
    return redirect("attend:place")


@require_POST
@login_not_required
def accept_place(request: ViewerRequest, registration_id: UUID) -> HttpResponse:
    """Take a place that was offered, by the account or the code that was shown."""
    _check_own(request, registration_id)
    accept_offer(registration_id=registration_id, by=request.viewer, at=timezone.now())
    return redirect("attend:place")


def _check_own(request: ViewerRequest, registration_id: UUID) -> None:
    now = timezone.now()
    opened = _get_opened(request, now)
    own = {one.id for one in list_own_places(request.viewer, now)}
    if registration_id not in own | ({opened.id} if opened else set()):
        raise Http404
