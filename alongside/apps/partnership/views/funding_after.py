"""After a request was granted: its agreement, its begin, its payment, its report, its close."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.agreements.queries import list_agreement_lines
from alongside.apps.base.presenters import find_url
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.forms.funding import AgreementForm, PayForm, ReceivedReportForm, WordsForm
from alongside.apps.partnership.operations.funding.decisions import begin_funding, close_funding
from alongside.apps.partnership.operations.funding.papers import (
    PaymentTerms,
    ask_to_pay,
    choose_agreement,
    draft_from_request,
)
from alongside.apps.partnership.operations.funding.reports import remind_of_report, send_report
from alongside.apps.partnership.views.funding_parts import did, find_or_404

PAY_WITHIN = timedelta(days=30)
ENDED = ("rejected", "terminated", "closed", "completed")


def agreement(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Choose the agreement a granted request stands under."""
    viewer = request.viewer
    check_may(viewer, "write_agreements")
    found = find_or_404(viewer, request_id)
    lines = list_agreement_lines(viewer, organisation_id=found.organisation_id, kinds=[found.kind])
    choices = [
        (one.id, f"{one.reference} {one.title} ({one.state_words})")
        for one in lines
        if one.state not in ENDED
    ]
    form = AgreementForm(request.POST if request.method == "POST" else None, agreements=choices)
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: choose_agreement(
                request_id=request_id,
                agreement_id=form.cleaned_data["agreement"],
                by=viewer,
                at=timezone.now(),
            ),
        )
    ):
        return redirect("funding:request", request_id)
    can_draft = found.state == "agreement"
    context = {"form": form, "found": found, "has_choices": bool(choices), "can_draft": can_draft}
    return render(request, "partnership/funding/agreement.html", context)


@require_POST
def draft(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Draft the agreement from the request, and open it."""
    agreement_id = draft_from_request(request_id=request_id, by=request.viewer, at=timezone.now())
    url = find_url("agreements:agreement", str(agreement_id))
    return redirect(url) if url else redirect("funding:request", request_id)


def payment(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Ask for the payment of a funded programme."""
    viewer = request.viewer
    check_may(viewer, "ask_for_payments")
    found = find_or_404(viewer, request_id)
    initial = {
        "request_key": uuid4(),
        "due_on": timezone.localdate() + PAY_WITHIN,
        "amount": f"{found.granted_pence / 100:.2f}" if found.granted_pence else "",
    }
    form = PayForm(
        request.POST if request.method == "POST" else None, initial=initial, is_in_kind=found.is_in_kind
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        terms = PaymentTerms(data["amount"], data["due_on"])
        if did(
            form,
            lambda: ask_to_pay(
                request_id=request_id,
                terms=terms,
                request_key=data["request_key"],
                by=viewer,
                at=timezone.now(),
            ),
        ):
            return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Ask for the payment"),
        "lead": _("Somebody else approves it, and finance pays. Bank details stay with finance."),
        "button": _("Ask for it"),
    }
    return render(request, "partnership/funding/form.html", context)


@require_POST
def begin(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Let a granted programme begin, once its agreement is in force."""
    begin_funding(request_id=request_id, by=request.viewer, at=timezone.now(), on=timezone.localdate())
    return redirect("funding:request", request_id)


@require_POST
def remind(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Remind a group of its report on its own page."""
    remind_of_report(request_id=request_id, by=request.viewer, at=timezone.now())
    return redirect("funding:request", request_id)


def report(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Write down a report that came by letter or mail."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = find_or_404(viewer, request_id)
    form = ReceivedReportForm(
        request.POST if request.method == "POST" else None, initial={"received_on": timezone.localdate()}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: send_report(
                request_id=request_id,
                report=form.report(),
                received_on=form.cleaned_data["received_on"],
                by=viewer,
                at=timezone.now(),
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Write down the report that came"),
        "lead": _("In the group’s own words, one page at most."),
        "button": _("Keep the report"),
    }
    return render(request, "partnership/funding/form.html", context)


def close(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Close a funded programme."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = find_or_404(viewer, request_id)
    has_report = found.state == "reported"
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("What do we take from it?") if has_report else _("Why does it close without a report?"),
        required=not has_report,
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: close_funding(
                request_id=request_id, words=form.cleaned_data["words"], by=viewer, at=timezone.now()
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {"form": form, "found": found, "heading": _("Close this funding"), "button": _("Close it")}
    return render(request, "partnership/funding/form.html", context)
