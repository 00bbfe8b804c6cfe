"""Pages for when something cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


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
    """Say that the fault is ours and that nothing was half-done; lean on nothing that may be what broke."""
    return HttpResponse(render_to_string("base/broken.html"), status=500)
