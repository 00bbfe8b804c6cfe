"""The brand's colour, the reader's language, and the style guide of the demonstration."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.i18n import set_language

from alongside.apps.base.forms import GuideForm
from alongside.apps.base.presenters.guide import guide_parts

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")


# Patients choose their language without an account.
change_language = login_not_required(set_language)


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
    form = GuideForm({"stage": "referral"} if "errors" in request.GET else None)
    return render(request, "base/look.html", {"form": form, **guide_parts(request.GET)})


@login_not_required
def look_public(request: HttpRequest) -> HttpResponse:
    """Show the layout patients see."""
    _check_demo()
    return render(request, "base/look_public.html", {"form": GuideForm(), **guide_parts(request.GET)})


@login_not_required
def look_print(request: HttpRequest) -> HttpResponse:
    """Show the layout of a printed report."""
    _check_demo()
    return render(request, "base/look_print.html", guide_parts(request.GET))
