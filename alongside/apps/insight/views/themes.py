"""Themes across engagements, and one theme with all that belongs beside it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_read
from alongside.apps.base.presenters import make_chips, make_pager
from alongside.apps.base.queries import get_trail, list_saved_views
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.engagement.queries import list_engagements
from alongside.apps.insight.forms import BackForm, ListForm
from alongside.apps.insight.operations import describe_theme, record_dissent, withdraw_dissent
from alongside.apps.insight.presenters import answer_with_table, select_items
from alongside.apps.insight.queries import (
    ThemeFilter,
    export_themes,
    get_theme_page,
    list_themes,
    make_theme_lines,
)

ROWS_ON_A_PAGE = 30


def themes(request: ViewerRequest) -> HttpResponse:
    """List the themes that stand."""
    check_may(request.viewer, "see_themes")
    wanted = _filter(request)
    engagements = [(str(one.id), one.title) for one in list_engagements(request.viewer)]
    used = [("yes", _("an insight rests on it")), ("no", _("no insight yet"))]
    page = Paginator(list_themes(request.viewer, wanted), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    labels = {
        "q": (_("Words"), {}),
        "engagement": (_("Engagement"), dict(engagements)),
        "used": (_("Insights"), dict(used)),
    }
    context = {
        "lines": make_theme_lines(page.object_list),  # type: ignore[arg-type]
        "pager": make_pager(page, request.GET),
        "chips": make_chips(request.GET, labels),
        "engagements": select_items(engagements, request.GET.get("engagement", "")),
        "used": select_items(used, request.GET.get("used", "")),
        "query": request.GET.urlencode(),
        "saved_views": list_saved_views(request.viewer, "insight:themes"),
        "may_export": request.viewer.may("export_rows"),
        "has_filters": bool(wanted != ThemeFilter()),
    }
    return render(request, "insight/themes.html", context)


def export(request: ViewerRequest, ending: str) -> HttpResponse:
    """Give the filtered themes as a file."""
    wanted = _filter(request)
    table = export_themes(request.viewer, wanted, ending)
    rows = list_themes(request.viewer, wanted).count()
    record_read(by=request.viewer, at=timezone.now(), what="export_themes", rows=rows)
    return answer_with_table(table, "themes", ending)


def theme(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Show one theme."""
    return _show(request, theme_id)


@require_POST
def disagree(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Put a disagreement beside a theme."""
    check_may(request.viewer, "record_dissent")
    reason = request.POST.get("reason", "")
    try:
        record_dissent(by=request.viewer, at=timezone.now(), reason=reason, theme_id=theme_id)
    except Refused as refusal:
        return _show(request, theme_id, refusal=refusal.reason)
    messages.success(request, _("Your disagreement stands beside the theme."))
    return redirect("insight:theme", theme_id)


@require_POST
def describe(request: ViewerRequest, theme_id: UUID) -> HttpResponse:
    """Keep what a theme is about."""
    describe_theme(
        by=request.viewer,
        at=timezone.now(),
        theme_id=theme_id,
        description=request.POST.get("description", ""),
    )
    messages.success(request, _("Kept."))
    return redirect("insight:theme", theme_id)


@require_POST
def take_back(request: ViewerRequest, dissent_id: UUID) -> HttpResponse:
    """Take back one's own disagreement."""
    withdraw_dissent(by=request.viewer, at=timezone.now(), dissent_id=dissent_id)
    messages.success(request, _("Taken back."))
    form = BackForm(request.POST)
    if insight_id := form.value("insight"):
        return redirect("insight:insight", insight_id)
    theme_id = form.value("theme")
    return redirect("insight:theme", theme_id) if theme_id else redirect("insight:themes")


def _filter(request: ViewerRequest) -> ThemeFilter:
    form = ListForm(request.GET)
    return ThemeFilter(
        words=form.value("q") or "", engagement_id=form.value("engagement"), used=form.value("used") or ""
    )


def _show(request: ViewerRequest, theme_id: UUID, refusal: str = "") -> HttpResponse:
    check_may(request.viewer, "see_themes")
    page = get_theme_page(request.viewer, theme_id)
    if page is None:
        raise Http404
    context = {
        "theme": page,
        "trail": get_trail(request.viewer, "theme", theme_id),
        "refusal": refusal,
        "typed": request.POST,
        "may_write": request.viewer.may("write_insights"),
        "may_decide": request.viewer.may("decide_themes"),
        "may_dissent": request.viewer.may("record_dissent"),
    }
    return render(request, "insight/theme.html", context)
