"""The people behind a message, one by one: told by hand, bounced, tried again, taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.actions.forms import PersonToldForm
from alongside.apps.actions.operations.tellings import (
    record_bounce,
    record_told,
    record_unreachable,
    take_back_telling,
    try_mail_again,
)
from alongside.apps.actions.presenters.people import SHOW_LABELS
from alongside.apps.actions.queries.rounds import (
    as_person,
    get_round,
    get_telling,
    list_groups_in_channels,
    list_people_of_round,
)
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_read
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import Refused, ViewerRequest, check_may

ROWS_A_PAGE = 40


def people(request: ViewerRequest, round_id: UUID) -> HttpResponse:
    """List the people behind a message and how each of them stands."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_round(viewer, round_id)
    if found is None:
        raise Http404
    show = request.GET.get("show", "")
    page = Paginator(list_people_of_round(viewer, found, show=show), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    in_channels = list_groups_in_channels(found)
    labels = {name: str(label) for name, label in SHOW_LABELS.items()}
    people_here = [as_person(viewer, row, in_channels) for row in page]
    if viewer.may("see_contacts") and people_here:
        record_read(by=viewer, at=timezone.now(), what="see_contacts", on=found, rows=len(people_here))
    context = {
        "round": found,
        "action": found.action,
        "page": page,
        "people": people_here,
        "shows": [{"value": "", "text": _("everybody")}]
        + [{"value": name, "text": label, "selected": name == show} for name, label in labels.items()],
        "chips": make_chips(request.GET, {"show": (_("Show"), labels)}),
    }
    return render(request, "actions/people.html", context)


def person(request: ViewerRequest, round_id: UUID, speaker_id: UUID) -> HttpResponse:
    """Record that one person was told by hand, or cannot be reached."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_round(viewer, round_id)
    row = list_people_of_round(viewer, found).filter(id=speaker_id).first() if found else None
    if found is None or row is None:
        raise Http404
    if viewer.may("see_contacts") and request.method == "GET":
        record_read(
            by=viewer,
            at=timezone.now(),
            what="see_contact",
            object_type="engagement.speaker",
            object_id=speaker_id,
        )
    form = PersonToldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        try:
            if data["channel"] == "none":
                record_unreachable(
                    round_id=round_id, speaker_id=speaker_id, note=data["note"], by=viewer, at=at
                )
            else:
                record_told(
                    round_id=round_id,
                    speaker_id=speaker_id,
                    channel=data["channel"],
                    note=data["note"],
                    by=viewer,
                    at=at,
                )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("actions:people", round_id)
    context = {"form": form, "round": found, "action": found.action, "person": as_person(viewer, row)}
    return render(request, "actions/person.html", context)


def bounce(request: ViewerRequest, telling_id: UUID) -> HttpResponse:
    """Record that a mail came back."""
    check_may(request.viewer, "tell_people")
    telling = get_telling(request.viewer, telling_id)
    if telling is None:
        raise Http404
    if request.method == "POST":
        count = record_bounce(telling_id=telling_id, by=request.viewer, at=timezone.now())
        words = ngettext(
            "Recorded. %(count)s message counts as not told now.",
            "Recorded. %(count)s messages in that mail count as not told now.",
            count,
        )
        messages.success(request, words % {"count": count})
        return redirect("actions:people", telling.round_id)
    return render(request, "actions/bounce.html", {"telling": telling, "action": telling.round.action})


@require_POST
def again(request: ViewerRequest, telling_id: UUID) -> HttpResponse:
    """Put a mail that failed into the next digest."""
    found = try_mail_again(telling_id=telling_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("It goes out with the next digest."))
    return redirect("actions:people", found.id)


@require_POST
def take_back(request: ViewerRequest, telling_id: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    found = take_back_telling(telling_id=telling_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("actions:round", found.id)
