"""The review of what was covered: the queue, one voice at a time, everything sure at once, names of staff."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.engagement.forms.redactions import AddMarkForm, StaffNamesForm
from alongside.apps.engagement.operations import (
    add_redaction,
    add_staff_names,
    confirm_sure,
    decide_redaction,
    end_staff_name,
    open_original,
    take_back_decision,
)
from alongside.apps.engagement.presenters import make_items
from alongside.apps.engagement.queries.redactions import (
    QueueFilter,
    RedactionReview,
    count_account_names,
    count_queue,
    get_redaction_review,
    list_kept_staff_names,
    list_queue,
    list_queue_engagements,
)
from alongside.apps.engagement.rules.redactions import KINDS

# The cookie of every review: one switch for all of them.
KEYS_OFF = f"{settings.COOKIE_PREFIX}review_keys_are_off"
A_YEAR = 365 * 24 * 3600
OPENED, OPENED_SECONDS = "opened_original", 1800
SHOWING = {
    "": gettext_lazy("All that waits"),
    "doubtful": gettext_lazy("Doubtful only"),
    "decided": gettext_lazy("Decided"),
    "everything": gettext_lazy("Everything"),
}


def queue(request: ViewerRequest) -> HttpResponse:
    """List the voices in which something was covered, those held back first."""
    check_may(request.viewer, "review_redactions")
    wanted = _read_filter(request)
    page = get_page(request, list_queue(request.viewer, wanted))
    engagements = list_queue_engagements(request.viewer)
    kinds = [(kind, capfirst(str(label))) for kind, label in KINDS.items()]
    labels = {
        "show": (_("Showing"), {key: str(words) for key, words in SHOWING.items()}),
        "kind": (_("What was found"), dict(kinds)),
        "engagement": (_("Engagement"), dict(engagements)),
    }
    context = {
        "page": page,
        "counts": count_queue(request.viewer, wanted.engagement_id),
        "chips": make_chips(request.GET, labels),
        "shows": make_items(list(SHOWING.items())[1:], wanted.show, SHOWING[""]),
        "kinds": make_items(kinds, wanted.kind, _("Everything")),
        "engagements": make_items(engagements, str(wanted.engagement_id or ""), _("All engagements")),
        "query": request.GET.urlencode(),
        "engagement_id": wanted.engagement_id,
    }
    return render(request, "engagement/redactions.html", context)


def review(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    """Show one voice with what was found in it; the words as they were only after opening them."""
    found = _get_review(request, voice_id)
    return _show(request, found, AddMarkForm())


@require_POST
def open_words(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    """Open the words as they were; that somebody did is written down before they are shown."""
    open_original(voice_id=voice_id, by=request.viewer, at=timezone.now())
    _remember_opened(request, voice_id)
    return _go(request, voice_id)


@require_POST
def decide(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    """Confirm or uncover one place or all that wait, or take a decision back."""
    found = _get_review(request, voice_id)
    by, at = request.viewer, timezone.now()
    chosen = request.POST.get("decision", "")
    act = _DECIDE.get(chosen)
    if act is None:
        raise Http404
    try:
        act(found, request.POST.get("id", ""), by, at)
    except Refused as refusal:
        return _show(request, found, AddMarkForm(), refusal=refusal.reason)
    after = _get_review(request, voice_id)
    if chosen == "take_back" or after.waiting or not after.next_id:
        return _go(request, voice_id)
    return _go_on(request, found, after.next_id)


@require_POST
def add(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    """Cover words by hand."""
    found = _get_review(request, voice_id)
    form = AddMarkForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        number = try_to(
            form,
            lambda: add_redaction(
                voice_id=voice_id,
                words=data["words"],
                kind=data["kind"],
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if number is not None:
            words = ngettext("Covered in %(number)s place.", "Covered in %(number)s places.", number)
            messages.success(request, words % {"number": number})
            return _go(request, voice_id)
    return _show(request, found, form)


def confirm(request: ViewerRequest, kind: str) -> HttpResponse:
    """Ask once, then confirm every sure place of one class."""
    check_may(request.viewer, "review_redactions")
    if kind not in KINDS:
        raise Http404
    engagement_id = _read_uuid(request.POST.get("engagement") or request.GET.get("engagement", ""))
    counts = count_queue(request.viewer, engagement_id)
    number = next((one.sure for one in counts.kinds if one.kind == kind), 0)
    if request.method == "POST":
        done = confirm_sure(kind=kind, engagement_id=engagement_id, by=request.viewer, at=timezone.now())
        words = ngettext("%(number)s mark confirmed.", "%(number)s marks confirmed.", done)
        messages.success(request, words % {"number": f"{done:,}"})
        return redirect("engagement:redactions")
    context = {"kind": kind, "label": KINDS[kind], "number": number, "engagement_id": engagement_id or ""}
    return render(request, "engagement/redactions_confirm.html", context)


def names(request: ViewerRequest) -> HttpResponse:
    """Show the names of staff that are looked for, and add some."""
    check_may(request.viewer, "review_redactions")
    form = StaffNamesForm(request.POST or None)
    if form.is_valid():
        added = try_to(
            form,
            lambda: add_staff_names(names=form.cleaned_data["names"], by=request.viewer, at=timezone.now()),
        )
        if added is not None:
            words = ngettext("%(number)s name added.", "%(number)s names added.", added)
            messages.success(request, words % {"number": added})
            return redirect("engagement:staff_names")
    context = {
        "form": form,
        "names": list_kept_staff_names(request.viewer),
        "accounts": count_account_names(request.viewer),
    }
    return render(request, "engagement/staff_names.html", context)


@require_POST
def end_name(request: ViewerRequest, name_id: UUID) -> HttpResponse:
    """Take a name off the list."""
    end_staff_name(name_id=name_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken off the list. What it covered stays covered."))
    return redirect("engagement:staff_names")


@require_POST
def switch_keys(request: ViewerRequest) -> HttpResponse:
    """Switch single keys on or off."""
    check_may(request.viewer, "review_redactions")
    voice_id = _read_uuid(request.POST.get("voice", ""))
    answer = redirect("engagement:redaction", voice_id) if voice_id else redirect("engagement:redactions")
    if request.COOKIES.get(KEYS_OFF):
        answer.set_cookie(KEYS_OFF, "", max_age=0, httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        answer.set_cookie(
            KEYS_OFF, "yes", max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer


def _confirm(_found: RedactionReview, redaction_id: str, by: Viewer, at: datetime) -> None:
    decide_redaction(redaction_id=_need_uuid(redaction_id), decision="confirm", by=by, at=at)


def _undo(_found: RedactionReview, redaction_id: str, by: Viewer, at: datetime) -> None:
    decide_redaction(redaction_id=_need_uuid(redaction_id), decision="undo", by=by, at=at)


def _confirm_all(found: RedactionReview, _id: str, by: Viewer, at: datetime) -> None:
    for mark in found.waiting:
        decide_redaction(redaction_id=mark.id, decision="confirm", by=by, at=at)


def _take_back(_found: RedactionReview, decision_id: str, by: Viewer, at: datetime) -> None:
    take_back_decision(decision_id=_need_uuid(decision_id), by=by, at=at)


_DECIDE: dict[str, Callable[[RedactionReview, str, Viewer, datetime], None]] = {
    "confirm": _confirm,
    "undo": _undo,
    "confirm_all": _confirm_all,
    "take_back": _take_back,
}


def _get_review(request: ViewerRequest, voice_id: UUID) -> RedactionReview:
    check_may(request.viewer, "review_redactions")
    opened = request.session.get(OPENED) or {}
    is_fresh = (
        opened.get("voice") == str(voice_id)
        and timezone.now().timestamp() - opened.get("at", 0) < OPENED_SECONDS
    )
    found = get_redaction_review(request.viewer, voice_id, _read_filter(request), opened=is_fresh)
    if found is None:
        raise Http404
    return found


def _show(
    request: ViewerRequest, found: RedactionReview, form: AddMarkForm, refusal: str = ""
) -> HttpResponse:
    context = {
        "review": found,
        "form": form,
        "refusal": refusal,
        "counts": count_queue(request.viewer, None),
        "may_open": request.viewer.may("see_originals"),
        "keys_are_on": not request.COOKIES.get(KEYS_OFF),
        "query": request.GET.urlencode(),
    }
    return render(request, "engagement/redaction.html", context)


def _remember_opened(request: ViewerRequest, voice_id: UUID) -> None:
    request.session[OPENED] = {"voice": str(voice_id), "at": timezone.now().timestamp()}


def _go(request: ViewerRequest, voice_id: UUID) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{reverse('engagement:redaction', args=[voice_id])}{'?' if query else ''}{query}")


def _go_on(request: ViewerRequest, found: RedactionReview, next_id: UUID) -> HttpResponse:
    """Open the next voice; its original too, written down like the first, where this one's stood open."""
    if found.is_open:
        open_original(voice_id=next_id, by=request.viewer, at=timezone.now())
        _remember_opened(request, next_id)
    return _go(request, next_id)


def _read_filter(request: ViewerRequest) -> QueueFilter:
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    return QueueFilter(
        show=show if show in SHOWING else "",
        kind=kind if kind in KINDS else "",
        engagement_id=_read_uuid(request.GET.get("engagement", "")),
    )


def _read_uuid(value: str) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def _need_uuid(value: str) -> UUID:
    found = _read_uuid(value)
    if found is None:
        raise Refused(_("There is no such mark. Load the page again."))
    return found
