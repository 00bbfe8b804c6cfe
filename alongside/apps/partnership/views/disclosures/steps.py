"""The steps of a year: each button does one of them; approving and publishing ask once more."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import BackForm
from alongside.apps.partnership.operations.disclosures.checking import (
    ask_partners,
    remind_partners,
    send_to_approval,
)
from alongside.apps.partnership.operations.disclosures.collecting import (
    begin_year,
    collect_rows,
    finish_collecting,
)
from alongside.apps.partnership.operations.disclosures.publishing import (
    approve_disclosure,
    publish_disclosure,
    send_back,
    verify_disclosure,
)
from alongside.apps.partnership.views.disclosures.years import find_disclosure


class Step(Protocol):
    """An operation that takes a year one step on."""

    def __call__(self, *, disclosure_id: UUID, by: Viewer, at: datetime) -> object: ...


STEPS: dict[str, tuple[str, Step, Callable[[object], str]]] = {
    "collect": (
        "prepare_disclosures",
        collect_rows,
        lambda rows: _("Collected: %(rows)s rows.") % {"rows": rows},
    ),
    "reconcile": ("prepare_disclosures", finish_collecting, lambda _done: ""),
    "ask": (
        "prepare_disclosures",
        ask_partners,
        lambda asked: _("%(asked)s organisations are asked now.") % {"asked": asked},
    ),
    "remind": (
        "prepare_disclosures",
        remind_partners,
        lambda number: (
            ngettext(
                "%(n)d organisation is reminded on its own page.",
                "%(n)d organisations are reminded on their own page.",
                int(str(number)),
            )
            % {"n": int(str(number))}
        ),
    ),
    "submit": ("prepare_disclosures", send_to_approval, lambda _done: ""),
    "approve": (
        "approve_disclosures",
        approve_disclosure,
        lambda _done: _("Approved. Nothing is public before it is published."),
    ),
    "publish": (
        "approve_disclosures",
        publish_disclosure,
        lambda sha256: _("Published. Its checksum begins with %(sha)s.") % {"sha": str(sha256)[:12]},
    ),
    "verify": (
        "see_disclosures",
        verify_disclosure,
        lambda found: getattr(found, "words", "") or _("Nothing was changed."),
    ),
}


@require_POST
def begin(request: ViewerRequest) -> HttpResponse:
    """Begin a year."""
    check_may(request.viewer, "prepare_disclosures")
    year = request.POST.get("year", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Refused(_("Choose a year, such as 2026."), field="year")
    begun = begin_year(year=int(year), by=request.viewer, at=timezone.now())
    return redirect("disclosures:disclosure", begun)


@require_POST
def take(request: ViewerRequest, disclosure_id: UUID, press: str) -> HttpResponse:
    """Take one step, or say on the page what stands in the way."""
    if press not in STEPS:
        raise Http404
    permission, operation, say = STEPS[press]
    check_may(request.viewer, permission)
    find_disclosure(request, disclosure_id)
    try:
        done = operation(disclosure_id=disclosure_id, by=request.viewer, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        if words := say(done):
            messages.success(request, words)
    return redirect("disclosures:checks" if press == "remind" else "disclosures:disclosure", disclosure_id)


def back(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Send a year back, saying what must change."""
    check_may(request.viewer, "approve_disclosures")
    found = find_disclosure(request, disclosure_id)
    form = BackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_back(
                disclosure_id=found.id,
                words=form.cleaned_data["words"],
                by=request.viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:disclosure", found.id)
    return render(request, "partnership/disclosures/back.html", {"disclosure": found, "form": form})
