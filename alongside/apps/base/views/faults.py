"""Pages for when something cannot be shown."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from alongside.apps.base.rules.faults import Fault, find_fault

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Seconds after which a browser or a person may try again.
RETRY_SECONDS = {Fault.AWAY: 30, Fault.HELD: 10, Fault.CLASHED: 5, Fault.FULL: 600}


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Say why something was refused."""
    return render(request, "base/refused.html", {"reason": reason}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "base/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page is not theirs."""
    return render(request, "base/forbidden.html", status=403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came from another visit, which is how a forged one looks too."""
    return render(request, "base/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "base/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and that nothing was half-done; lean on nothing that may be what broke.

    A fault of the machine outside every view ends up here too, as when a session cannot be read.
    """
    fault = find_fault(sys.exc_info()[1])
    if fault is not None:
        return unavailable(request, fault)
    return HttpResponse(render_to_string("base/broken.html"), status=500)


def unavailable(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Say what to do while the database is away, held or full; ask neither session nor database for it.

    503 with Retry-After, or 507 where there is no room left to write.
    """
    context = {"fault": fault.value, "was_sent": request.method not in SAFE_METHODS}
    response = HttpResponse(
        render_to_string("base/unavailable.html", context), status=507 if fault is Fault.FULL else 503
    )
    response["Retry-After"] = str(RETRY_SECONDS[fault])
    add_never_cache_headers(response)
    return response
