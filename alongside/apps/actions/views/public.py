"""What changed: pages everybody may read."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from alongside.apps.actions.presenters.public import draw_public_filters
from alongside.apps.actions.queries.public import get_public_page, list_filters, list_public_pages
from alongside.apps.base.rules import ViewerRequest


def _language() -> str:
    return (get_language() or "en")[:2]


@login_not_required
def what_changed(request: ViewerRequest) -> HttpResponse:
    """List published changes, newest first."""
    condition, stage = request.GET.get("condition", "")[:120], request.GET.get("stage", "")[:20]
    conditions, stages = list_filters()
    context = {
        "changes": list_public_pages(language=_language(), condition=condition, stage=stage),
        "filters": draw_public_filters(request.GET, conditions, stages),
        "language": _language(),
    }
    return render(request, "actions/public/what_changed.html", context)


@login_not_required
def change(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Show one published change."""
    shown = get_public_page(action_id, language=_language())
    if shown is None:
        raise Http404
    return render(request, "actions/public/change.html", {"change": shown, "language": _language()})
