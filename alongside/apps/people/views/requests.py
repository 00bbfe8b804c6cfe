"""The queue of requests about data, one request, each of its steps, and the report."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import Refused, Viewer, ViewerRequest, check_may
from alongside.apps.base.rules.subjects import ErasedRows
from alongside.apps.people.forms.requests import RecordForm, StepForm
from alongside.apps.people.operations import requests as steps
from alongside.apps.people.operations.answers import record_delivery
from alongside.apps.people.presenters import add_up, make_items
from alongside.apps.people.queries.requests import (
    KINDS,
    STATES,
    RequestFilter,
    describe_requests,
    get_request,
    list_requests,
    make_report,
)

A_PAGE = 25
# Whoever is answered learns where else they may turn.
TELL_OF_REGULATOR = gettext_lazy(
    "Say what was done, and that they may complain to the Information Commissioner’s Office: ico.org.uk, 0303 123 1113."
)
Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One step's page: what it asks for and what it does."""

    heading: Words
    label: Words
    button: Words
    do: Callable[[UUID, str, Viewer], None]
    help: Words = ""


def _ask(what: str) -> Callable[[UUID, str, Viewer], None]:
    def do(request_id: UUID, note: str, by: Viewer) -> None:
        steps.ask_person(
            request_id=request_id, what=what, note=note, by=by, at=timezone.now(), on=timezone.localdate()
        )

    return do


def _note(what: str) -> Callable[[UUID, str, Viewer], None]:
    def do(request_id: UUID, note: str, by: Viewer) -> None:
        steps.add_note(request_id=request_id, what=what, note=note, by=by, at=timezone.now())

    return do


STEPS: dict[str, Step] = {
    "identity": Step(
        gettext_lazy("We asked who it is"),
        gettext_lazy("What did you ask them to show, and how?"),
        gettext_lazy("Stop the clock"),
        _ask("identity"),
        gettext_lazy("Ask for no more than you need: a call to the number we hold is often enough."),
    ),
    "meaning": Step(
        gettext_lazy("We asked what they mean"),
        gettext_lazy("What did you ask them?"),
        gettext_lazy("Stop the clock"),
        _ask("meaning"),
    ),
    "heard": Step(
        gettext_lazy("They answered"),
        gettext_lazy("What did they answer or show?"),
        gettext_lazy("Let the clock run again"),
        lambda request_id, note, by: steps.hear_from_person(
            request_id=request_id, note=note, by=by, at=timezone.now(), on=timezone.localdate()
        ),
    ),
    "known": Step(
        gettext_lazy("We know who it is"),
        gettext_lazy("How do you know?"),
        gettext_lazy("Keep this"),
        lambda request_id, note, by: steps.accept_identity(
            request_id=request_id, how=note, by=by, at=timezone.now()
        ),
        gettext_lazy("Data given to the wrong person cannot be fetched back. Do not keep copies of passports."),
    ),
    "longer": Step(
        gettext_lazy("Take two months longer"),
        gettext_lazy("Why does it take longer, as you told the person?"),
        gettext_lazy("They were told: take longer"),
        lambda request_id, note, by: steps.extend_request(
            request_id=request_id, reason=note, by=by, at=timezone.now(), on=timezone.localdate()
        ),
        gettext_lazy("Only where requests are complex or many, and only if the person is told within the first month."),
    ),
    "arrived": Step(
        gettext_lazy("We told them that their complaint arrived"),
        gettext_lazy("How did you tell them?"),
        gettext_lazy("Keep this"),
        lambda request_id, note, by: steps.acknowledge_complaint(
            request_id=request_id, note=note, by=by, at=timezone.now(), on=timezone.localdate()
        ),
        TELL_OF_REGULATOR,
    ),
    "looked-into": Step(
        gettext_lazy("What was found"),
        gettext_lazy("Who was asked, what was looked at, and what came out?"),
        gettext_lazy("Keep this"),
        _note("looked_into"),
    ),
    "note": Step(gettext_lazy("A note"), gettext_lazy("Your note"), gettext_lazy("Keep it"), _note("note"),
                 gettext_lazy("The person may be given this note when they ask what we hold.")),
    "answered": Step(
        gettext_lazy("The person was answered"),
        gettext_lazy("What were they told?"),
        gettext_lazy("End this request"),
        lambda request_id, note, by: steps.answer_request(
            request_id=request_id, outcome=note, by=by, at=timezone.now()
        ),
        TELL_OF_REGULATOR,
    ),
    "refused": Step(
        gettext_lazy("Refuse this request"),
        gettext_lazy("Why, as you told the person?"),
        gettext_lazy("Refuse it"),
        lambda request_id, note, by: steps.refuse_request(
            request_id=request_id, reason=note, by=by, at=timezone.now()
        ),
        TELL_OF_REGULATOR,
    ),
    "taken-back": Step(
        gettext_lazy("They took the request back"),
        gettext_lazy("How did they tell you?"),
        gettext_lazy("End this request"),
        lambda request_id, note, by: steps.withdraw_request(
            request_id=request_id, note=note, by=by, at=timezone.now()
        ),
    ),
    "delivered": Step(
        gettext_lazy("The answer was handed over"),
        gettext_lazy("How did they get the one-time password, or the paper?"),
        gettext_lazy("Keep this"),
        lambda request_id, note, by: record_delivery(request_id=request_id, how=note, by=by, at=timezone.now()),
        gettext_lazy("Such as: rang the number we hold on 3 March and read the password out."),
    ),
}  # fmt: skip


def _as_items(choices: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(value, str(label).capitalize()) for value, label in choices]


def queue(request: ViewerRequest) -> HttpResponse:
    """List requests, soonest due first."""
    check_may(request.viewer, "handle_data_requests")
    words, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    state = request.GET.get("state", "open")
    found = list_requests(request.viewer, RequestFilter(words, kind, state))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    states = [("open", _("Open")), *STATES]
    context = {
        "page": page,
        "lines": describe_requests(list(page.object_list), timezone.localdate()),
        "words": words,
        "kinds": make_items(_as_items(KINDS), kind, _("All kinds")),
        "states": make_items(_as_items(states), state, _("All states")),
        "chips": make_chips(
            request.GET,
            {
                "q": (_("Words"), {}),
                "kind": (_("Kind"), {key: str(label) for key, label in KINDS}),
                "state": (_("State"), {key: str(label) for key, label in states}),
            },
        ),
    }
    return render(request, "people/requests/queue.html", context)


def new(request: ViewerRequest) -> HttpResponse:
    """Record a request that came another way."""
    check_may(request.viewer, "handle_data_requests")
    form = RecordForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if form.is_valid():
        try:
            code = steps.receive_request(
                terms=form.terms, by=request.viewer, at=timezone.now(), on=timezone.localdate()
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return render(request, "people/requests/recorded.html", {"code": code})
    return render(request, "people/requests/new.html", {"form": form})


def show(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Show one request: what is asked, how much time is left, what happened and what comes next."""
    found = get_request(request.viewer, request_id, timezone.localdate())
    if found is None:
        raise Http404
    counts = found.erasure.counts if found.erasure else []
    erased = add_up(ErasedRows(**one) for one in counts)
    return render(
        request, "people/requests/request.html", {"found": found, "line": found.line, "erased": erased}
    )


def step(request: ViewerRequest, request_id: UUID, move: str) -> HttpResponse:
    """Take one step of a request, with words about it."""
    found = get_request(request.viewer, request_id, timezone.localdate())
    page = STEPS.get(move)
    if found is None or page is None:
        raise Http404
    form = StepForm(request.POST or None, label=page.label, help_text=page.help)
    if form.is_valid():
        try:
            page.do(request_id, form.cleaned_data["note"], request.viewer)
        except Refused as refusal:
            add_refusal(form, "note" if refusal.field else "", refusal.reason)
        else:
            messages.success(request, _("Kept."))
            return redirect("people:request", request_id)
    return render(request, "people/requests/step.html", {"form": form, "step": page, "line": found.line})


def _read_day(written: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return otherwise


def report(request: ViewerRequest) -> HttpResponse:
    """Count requests by kind, in time or late, between two days; also as CSV."""
    today = timezone.localdate()
    since = _read_day(request.GET.get("since", ""), today.replace(month=1, day=1))
    until = _read_day(request.GET.get("until", ""), today)
    rows = make_report(request.viewer, since=since, until=until, on=today)
    if request.GET.get("as") != "csv":
        return render(request, "people/requests/report.html", {"rows": rows, "since": since, "until": until})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-requests.csv"'
    writer = csv.writer(response)
    writer.writerow(["kind", "received", "answered in time", "answered late", "open", "open and late"])
    for row in rows:
        writer.writerow([row.kind, row.received, row.in_time, row.late, row.open, row.open_late])
    return response
