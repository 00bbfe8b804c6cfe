"""The list of payments, one payment, and asking for one."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.payments import PaymentForm
from alongside.apps.partnership.operations.payments import ask_for_payment
from alongside.apps.partnership.presenters.payments import (
    EXPORT_COLUMNS,
    describe_pace,
    draw_payment_filters,
    export_payment_rows,
    list_categories,
    list_doings,
)
from alongside.apps.partnership.queries.payment_agreements import (
    find_agreement,
    find_agreements_to_pay,
    get_left_pence,
)
from alongside.apps.partnership.queries.payment_sums import get_pace
from alongside.apps.partnership.queries.payments import (
    PaymentFilters,
    count_waiting,
    get_payee_name,
    get_payment,
    list_payments,
    list_steps,
    list_years,
    read_id,
)

ROWS_A_PAGE = 50


def _read_filters(request: ViewerRequest) -> PaymentFilters:
    get = request.GET.get
    return PaymentFilters(
        words=get("words", "").strip()[:100],
        scope=get("scope", ""),
        state=get("state", ""),
        payee=get("payee", "").strip()[:100],
        agreement=get("agreement", "").strip()[:60],
        year=get("year", "")[:4],
        category=get("category", ""),
    )


def payments(request: ViewerRequest) -> HttpResponse:
    """List the payments a person may see, with how fast we pay."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    today, chosen = timezone.localdate(), _read_filters(request)
    filters = draw_payment_filters(request.GET, list_years(viewer), get_payee_name(viewer, chosen.payee))
    pace = get_pace(viewer, today)
    context = {
        "page": get_page(request, list_payments(viewer, chosen, today), ROWS_A_PAGE),
        "filters": filters,
        "saved_views": list_saved_views(viewer, "payments:list"),
        "query": request.GET.urlencode(),
        "today": today,
        "pace": pace,
        "pace_words": describe_pace(pace),
        "waiting": count_waiting(viewer),
        "may_ask": viewer.may("ask_for_payments"),
        "may_approve": viewer.may("approve_payments"),
        "may_reconcile": viewer.may("pay"),
    }
    return render(request, "partnership/payments/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_payments")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_payments(request.viewer, _read_filters(request), timezone.localdate())
    record_export(
        what="payments",
        object_type="partnership.payment",
        object_ids=[],
        ending=kind,
        rows=found.count(),
        by=request.viewer,
        at=timezone.now(),
    )
    return download(kind, "payments", EXPORT_COLUMNS, export_payment_rows(found.iterator(chunk_size=2000)))


def payment(request: ViewerRequest, payment_id: UUID) -> HttpResponse:
    """Show one payment whole: what for, under which agreement, who approved it, what waits."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    found = get_payment(viewer, payment_id)
    if found is None:
        raise Http404
    context = {
        "payment": found,
        "steps": list_steps(viewer, found),
        "doings": list_doings(viewer, found),
        "today": timezone.localdate(),
    }
    return render(request, "partnership/payments/payment.html", context)


def new(request: ViewerRequest) -> HttpResponse:
    """Ask for a payment under an agreement; without one in the address, choose it first."""
    viewer = request.viewer
    check_may(viewer, "ask_for_payments")
    chosen = read_id(request.GET.get("agreement", ""))
    if chosen is None:
        words = request.GET.get("words", "").strip()[:100]
        found = find_agreements_to_pay(viewer, words)
        return render(request, "partnership/payments/choose.html", {"agreements": found, "words": words})
    agreement = find_agreement(viewer, chosen)
    if agreement is None:
        raise Http404
    categories = list_categories(agreement.kind, agreement.capacity)
    form = PaymentForm(
        request.POST if request.method == "POST" else None,
        agreement=agreement,
        categories=categories,
        initial={
            "request_key": uuid4(),
            "due_on": timezone.localdate(),
            "category": categories[0][0] if len(categories) == 1 else None,
        },
    )
    if request.method == "POST" and form.is_valid():
        by, at = viewer, timezone.now()
        made = try_to(form, lambda: ask_for_payment(plan=form.plan(), request_key=form.key, by=by, at=at))
        if made is not None:
            return redirect("payments:payment", made)
    context = {"form": form, "agreement": agreement, "left_pence": get_left_pence(agreement)}
    return render(request, "partnership/payments/new.html", context)
