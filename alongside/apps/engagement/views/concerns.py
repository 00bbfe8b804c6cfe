"""The list of concerns, how they were dealt with, and what the rules listen for."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page
from alongside.apps.engagement.presenters import make_items
from alongside.apps.engagement.presenters.concerns import (
    CONCERN_KINDS,
    CONCERN_ORIGINS,
    CONCERN_STATES,
    CONCERN_URGENCIES,
    EXPORT_COLUMNS,
    REPORT_COLUMNS,
    describe_rule,
    list_deadlines,
    make_concern_rows,
    make_line,
    make_report_rows,
    split_report,
)
from alongside.apps.engagement.queries.concern_reports import make_report, protect_lines
from alongside.apps.engagement.queries.concerns import (
    ConcernFilter,
    list_concerns,
    list_engagements_with_concerns,
    list_rules,
)

FILTERS = ("state", "kind", "urgency", "origin", "late", "engagement")


def _read_filter(request: ViewerRequest) -> ConcernFilter:
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    try:
        engagement = UUID(chosen["engagement"]) if chosen["engagement"] else None
    except ValueError:
        engagement = None
    return ConcernFilter(
        state=request.GET.get("state", "open"),
        kind=chosen["kind"],
        urgency=chosen["urgency"],
        origin=chosen["origin"],
        late=chosen["late"],
        engagement=engagement,
    )


def listing(request: ViewerRequest) -> HttpResponse:
    """List concerns, the most urgent first, then the one with least time left."""
    check_may(request.viewer, "see_concerns")
    at, wanted = timezone.now(), _read_filter(request)
    page = get_page(request, list_concerns(request.viewer, wanted, at))
    engagements = list_engagements_with_concerns(request.viewer)
    states = {name: str(words) for name, words in CONCERN_STATES.items()}
    labels: dict[str, tuple[str, dict[str, str]]] = {
        "state": (_("State"), states),
        "kind": (_("Kind"), CONCERN_KINDS),
        "urgency": (_("How soon"), CONCERN_URGENCIES),
        "origin": (_("How it came"), CONCERN_ORIGINS),
        "late": (_("Time"), {"yes": _("Late")}),
        "engagement": (_("Engagement"), dict(engagements)),
    }
    context = {
        "page": page,
        "lines": [make_line(concern, at) for concern in page.object_list],
        "chips": make_chips(request.GET, labels),
        "states": make_items(states.items(), wanted.state, _("All")),
        "kinds": make_items(CONCERN_KINDS.items(), wanted.kind, _("All kinds")),
        "urgencies": make_items(CONCERN_URGENCIES.items(), wanted.urgency, _("Any")),
        "origins": make_items(CONCERN_ORIGINS.items(), wanted.origin, _("Any way")),
        "lates": make_items([("yes", _("Late"))], wanted.late, _("Late or not")),
        "engagements": make_items(engagements, str(wanted.engagement or ""), _("All engagements")),
        "query": request.GET.urlencode(),
        "deadlines": list_deadlines(),
        "may_triage": request.viewer.may("triage_concerns"),
    }
    return render(request, "engagement/concerns/list.html", context)


def export(request: ViewerRequest) -> HttpResponseBase:
    """Download the list as it is filtered, without anybody's words."""
    check_may(request.viewer, "triage_concerns")
    at = timezone.now()
    found = list_concerns(request.viewer, _read_filter(request), at)
    return download("csv", "concerns", EXPORT_COLUMNS, make_concern_rows(found, at))


def report(request: ViewerRequest) -> HttpResponse:
    """Show how concerns were dealt with, exact, for those who look after them."""
    check_may(request.viewer, "see_concerns")
    overall, months = split_report(make_report(request.viewer, timezone.now()))
    context = {"overall": overall, "months": months, "deadlines": list_deadlines()}
    return render(request, "engagement/concerns/report.html", context)


def report_csv(request: ViewerRequest) -> HttpResponseBase:
    """Download the report with small numbers hidden: a file leaves the team."""
    check_may(request.viewer, "see_concerns")
    lines = protect_lines(make_report(request.viewer, timezone.now()))
    return download("csv", "concerns-report", REPORT_COLUMNS, make_report_rows(lines))


def report_print(request: ViewerRequest) -> HttpResponse:
    """Show the report for paper with small numbers hidden."""
    check_may(request.viewer, "see_concerns")
    at = timezone.now()
    overall, months = split_report(protect_lines(make_report(request.viewer, at)))
    context = {"overall": overall, "months": months, "at": at, "deadlines": list_deadlines()}
    return render(request, "engagement/concerns/report_print.html", context)


def rules(request: ViewerRequest) -> HttpResponse:
    """Show what the rules listen for and why, and the deadlines."""
    check_may(request.viewer, "see_concerns")
    context = {
        "groups": [
            (label, [describe_rule(rule) for rule in list_rules() if rule.kind == kind])
            for kind, label in CONCERN_KINDS.items()
            if kind != "unsure"
        ],
        "urgencies": CONCERN_URGENCIES,
        "deadlines": list_deadlines(),
    }
    return render(request, "engagement/concerns/rules.html", context)
