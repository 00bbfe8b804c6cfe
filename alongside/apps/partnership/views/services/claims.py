"""Checking a claim: right, or back with a question."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.views.pages import try_to
from alongside.apps.partnership.forms.paid_work import CheckClaimForm
from alongside.apps.partnership.operations.services.claims import check_claim, send_claim_back
from alongside.apps.partnership.presenters.paid_work import choice_words
from alongside.apps.partnership.queries.services.claims import get_claim


def check(request: ViewerRequest, claim_id: UUID) -> HttpResponse:
    """Check a claim, and ask for its payments, or send it back with a question."""
    viewer = request.viewer
    check_may(viewer, "ask_for_payments")
    found = get_claim(viewer, claim_id)
    if found is None:
        raise Http404
    receipts = [
        (one.id, f"{one.words} · {write_money(one.amount_pence)}") for one in found.lines if one.has_receipt
    ]
    form = CheckClaimForm(request.POST or None, receipts=receipts)
    if form.is_valid():
        at, data = timezone.now(), form.cleaned_data

        def save() -> bool:
            if data["outcome"] == "question":
                send_claim_back(claim_id=claim_id, question=data["question"], by=viewer, at=at)
                messages.success(request, _("Sent back. They see your question when they sign in."))
            else:
                check_claim(claim_id=claim_id, seen=data.get("seen", ()), by=viewer, at=at)
                messages.success(request, _("Checked. Finance is asked to approve and pay it."))
            return True

        if try_to(form, save):
            return redirect("services:offer", found.claim.offer_id)
    offer = found.claim.offer
    context = {
        "form": form,
        "found": found,
        "claim": found.claim,
        "offer": offer,
        "choice": choice_words(offer),
    }
    return render(request, "partnership/services/check_claim.html", context)
