"""What we fund and how we judge: read by everybody, published by a lead."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.forms.funding import CriteriaForm
from alongside.apps.partnership.operations.funding.criteria import publish_criteria
from alongside.apps.partnership.queries.funding.criteria import get_criteria, get_warning_level, list_editions
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off_text
from alongside.apps.partnership.views.funding_parts import did

MOST_EDITION = 1_000_000


@login_not_required
def criteria(request: ViewerRequest) -> HttpResponse:
    """Show the criteria in force today and the hands-off statement, to everybody."""
    today = timezone.localdate()
    return _show(request, None, get_hands_off_text(today).edition)


@login_not_required
def edition(request: ViewerRequest, number: int) -> HttpResponse:
    """Show one edition of the criteria, to everybody."""
    if number > MOST_EDITION:
        raise Http404
    return _show(request, number, get_hands_off_text(timezone.localdate()).edition)


def _show(request: ViewerRequest, number: int | None, hands_off: int) -> HttpResponse:
    today = timezone.localdate()
    page = get_criteria(today, number)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "editions": list_editions(),
        "hands_off": get_hands_off_text(today, hands_off),
        "is_coming": page.valid_from > today,
        "may_publish": request.viewer.may("keep_relations"),
        "may_ask": request.viewer.may("speak_for_organisation"),
    }
    return render(request, "partnership/funding/criteria.html", context)


def publish(request: ViewerRequest) -> HttpResponse:
    """Publish a new edition of the criteria."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    now = get_warning_level(timezone.localdate())
    form = CriteriaForm(
        request.POST if request.method == "POST" else None,
        initial={
            "valid_from": timezone.localdate(),
            "intro": now.intro,
            "criteria": "\n".join(f"{one.title}: {one.words}" for one in now.criteria),
            "warn_from_percent": now.warn_from_percent,
            "source": now.source,
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(form, lambda: publish_criteria(**form.cleaned_data, by=viewer, at=timezone.now()))
    ):
        return redirect("funding:criteria")
    return render(request, "partnership/funding/publish.html", {"form": form, "now": now})
