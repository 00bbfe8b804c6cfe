"""Pages for when something cannot be shown, the brand's colour, and the style guide of the demonstration."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Say why something was refused."""
    return render(request, "base/refused.html", {"reason": reason}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "base/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page is not theirs."""
    return render(request, "base/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "base/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and that nothing was half-done; lean on nothing that may be what broke."""
    return HttpResponse(render_to_string("base/broken.html"), status=500)


@login_not_required
def brand_css(request: HttpRequest) -> HttpResponse:
    """Give the installation's own colour to the stylesheet; a colour that is not six hex digits is left out."""
    colour = settings.BRAND["colour"]
    rule = f":root{{--brand:{colour}}}" if COLOUR.match(colour) else ""
    return HttpResponse(rule, content_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _check_demo() -> None:
    if not settings.DEMO:
        raise Http404("the style guide belongs to the demonstration")


@login_not_required
def look(request: HttpRequest) -> HttpResponse:
    """Show every part of the layout; the screenshots and the accessibility check walk over it."""
    _check_demo()
    return render(request, "base/look.html")


@login_not_required
def look_public(request: HttpRequest) -> HttpResponse:
    """Show the layout patients see."""
    _check_demo()
    return render(request, "base/look_public.html")


@login_not_required
def look_print(request: HttpRequest) -> HttpResponse:
    """Show the layout of a printed report."""
    _check_demo()
    return render(request, "base/look_print.html")
