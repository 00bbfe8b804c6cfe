"""Approving, paying, asking back, answering, cancelling: each one page with one button."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.partnership.forms.payments import PaidForm, PaymentWordsForm
from alongside.apps.partnership.operations.payments import (
    answer_query,
    approve_payment,
    approve_payments,
    cancel_payment,
    record_failed,
    record_paid,
    send_back,
)
from alongside.apps.partnership.presenters.payments import find_why_not_approve
from alongside.apps.partnership.queries.payments import get_payment, list_payments_by_id, read_id

MOST_AT_ONCE = 50


@require_POST
def approve(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Approve one payment."""
    check_may(request.viewer, "approve_payments")
    became = approve_payment(payment_id=payment_id, by=request.viewer, at=timezone.now())
    if became == "approved_once":
        messages.success(
            request, _("Approved by you. It is above our limit, so a second person looks at it too.")
        )
    else:
        messages.success(request, _("Approved. Finance can pay it."))
    return redirect("payments:payment", payment_id)


@require_POST
def approve_many(request: ViewerRequest) -> HttpResponse:
    """Show the chosen payments with why any cannot be approved, and approve the others on a second yes."""
    viewer = request.viewer
    check_may(viewer, "approve_payments")
    chosen = [key for one in request.POST.getlist("ids") if (key := read_id(one)) is not None]
    check(bool(chosen), _("Choose the payments to approve first: tick them in the list."))
    check(len(chosen) <= MOST_AT_ONCE, _("Choose at most 50 payments at once."))
    found = list_payments_by_id(viewer, chosen)
    if request.POST.get("confirmed"):
        done = approve_payments(payment_ids=[one.id for one in found], by=viewer, at=timezone.now())
        by_id = {one.payment_id: one for one in done}
        number = sum(1 for one in done if not one.why_not)
        words = ngettext("%(number)s payment approved.", "%(number)s payments approved.", number)
        context = {
            "lines": [(one, by_id[one.id].why_not) for one in found],
            "said": words % {"number": number},
            "is_done": True,
        }
        return render(request, "partnership/payments/approve_many.html", context)
    lines = [(one, _why_not(one, viewer)) for one in found]
    context = {"lines": lines, "ready": sum(1 for _one, why in lines if not why)}
    return render(request, "partnership/payments/approve_many.html", context)


def _why_not(payment: object, viewer: object) -> str:
    state = getattr(payment, "state", "")
    if state not in ("asked", "approved_once"):
        return _("It does not wait for approval.")
    return find_why_not_approve(payment, viewer)  # type: ignore[arg-type]


def pay(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Write down that a payment was made."""
    viewer = request.viewer
    check_may(viewer, "pay")
    found = get_payment(viewer, payment_id)
    if found is None:
        raise Http404
    form = PaidForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, timezone.now()

        def record() -> bool:
            record_paid(
                payment_id=payment_id,
                paid_on=data["paid_on"],
                finance_reference=data["finance_reference"],
                by=viewer,
                at=at,
            )
            return True

        if try_to(form, record):
            return redirect("payments:payment", payment_id)
    context = {
        "form": form,
        "payment": found,
        "heading": _("Write down that it was paid"),
        "button": _("It was paid"),
    }
    return render(request, "partnership/payments/move.html", context)


def query(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Send a payment back with a question."""
    check(
        request.viewer.may("approve_payments") or request.viewer.may("pay"),
        _("Your role does not let you send payments back."),
    )
    return _with_words(
        request,
        payment_id,
        lambda words: send_back(payment_id=payment_id, question=words, by=request.viewer, at=timezone.now()),
        heading=_("Send it back with a question"),
        label=_("What do you need to know?"),
        button=_("Send back"),
    )


def answer(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Answer the question a payment came back with."""
    check_may(request.viewer, "ask_for_payments")
    return _with_words(
        request,
        payment_id,
        lambda words: answer_query(payment_id=payment_id, answer=words, by=request.viewer, at=timezone.now()),
        heading=_("Answer the question"),
        label=_("Your answer"),
        button=_("Answer and ask again"),
    )


def cancel(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Cancel a payment that was not made."""
    check(
        request.viewer.may("ask_for_payments") or request.viewer.may("approve_payments"),
        _("Your role does not let you cancel payments."),
    )
    return _with_words(
        request,
        payment_id,
        lambda words: cancel_payment(
            payment_id=payment_id, reason=words, by=request.viewer, at=timezone.now()
        ),
        heading=_("Cancel this payment"),
        label=_("Why?"),
        button=_("Cancel the payment"),
    )


def failed(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Write down that a payment did not arrive."""
    check_may(request.viewer, "pay")
    return _with_words(
        request,
        payment_id,
        lambda words: record_failed(
            payment_id=payment_id, reason=words, by=request.viewer, at=timezone.now()
        ),
        heading=_("It did not arrive"),
        label=_("What went wrong?"),
        button=_("Write it down"),
    )


def _with_words(
    request: ViewerRequest,
    payment_id: UUID,
    do: Callable[[str], None],
    *,
    heading: str,
    label: str,
    button: str,
) -> HttpResponse:
    """Ask for words, do it with them, and go back to the payment."""
    found = get_payment(request.viewer, payment_id)
    if found is None:
        raise Http404
    form = PaymentWordsForm(request.POST if request.method == "POST" else None, label=label)
    if request.method == "POST" and form.is_valid():

        def say() -> bool:
            do(form.cleaned_data["words"])
            return True

        if try_to(form, say):
            return redirect("payments:payment", payment_id)
    context = {"form": form, "payment": found, "heading": heading, "button": button}
    return render(request, "partnership/payments/move.html", context)
