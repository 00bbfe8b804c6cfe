"""What a group received, on its own side."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page
from alongside.apps.partnership.queries.payments_received import (
    COLUMNS,
    get_our_name,
    list_on_the_way,
    list_received,
    sum_received,
    write_received,
)

ROWS_A_PAGE = 50


def payments(request: ViewerRequest) -> HttpResponse:
    """Show a group what it received and what is on its way."""
    check_may(request.viewer, "see_own_organisation")
    context = {
        "page": get_page(request, list_received(request.viewer), ROWS_A_PAGE),
        "on_the_way": list_on_the_way(request.viewer)[:ROWS_A_PAGE],
        "sums": sum_received(request.viewer),
        "company": get_our_name(),
    }
    return render(request, "partnership/payments/ours.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give a group what it received as a spreadsheet."""
    check_may(request.viewer, "see_own_organisation")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_received(request.viewer)
    record_export(
        what="received",
        object_type="partnership.payment",
        object_ids=[],
        ending=kind,
        rows=found.count(),
        by=request.viewer,
        at=timezone.now(),
    )
    return download(kind, "what-we-received", COLUMNS, write_received(found.iterator(chunk_size=2000)))
