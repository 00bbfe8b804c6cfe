"""How independent groups stay: all groups of a year, one group over its years, its other funders."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page
from alongside.apps.partnership.forms.funding import OtherFunderForm
from alongside.apps.partnership.operations.funding.hands_off import add_other_funder, remove_other_funder
from alongside.apps.partnership.presenters.funding.pictures import (
    describe_lean,
    draw_group,
    draw_overview,
    group_columns,
    group_rows,
    overview_columns,
    overview_rows,
)
from alongside.apps.partnership.queries.funding.criteria import get_warning_level
from alongside.apps.partnership.queries.funding.independence import (
    list_group_shares,
    list_group_years,
    list_years_of_giving,
    select_other_funders,
)
from alongside.apps.partnership.queries.funding.requests import FundingFilters, list_requests
from alongside.apps.partnership.queries.funding.telling import write_given
from alongside.apps.partnership.views.funding_parts import did
from alongside.apps.people.queries import get_organisation_line

ROWS_A_PAGE = 50
LAST_REQUESTS = 20


def _read_year(request: ViewerRequest, years: list[int]) -> int:
    chosen = request.GET.get("year", "")
    today = timezone.localdate()
    if chosen.isascii() and chosen.isdigit() and int(chosen) in years:
        return int(chosen)
    return years[0] if years else today.year


def overview(request: ViewerRequest) -> HttpResponse:
    """Show our share of each group's income in a year, against the level from which we look twice."""
    viewer = request.viewer
    check_may(viewer, "see_funding")
    years = list_years_of_giving(viewer)
    year = _read_year(request, years)
    level = get_warning_level(timezone.localdate())
    shares = list_group_shares(viewer, year)
    page = get_page(request, shares, ROWS_A_PAGE)
    context = {
        "years": years,
        "year": year,
        "level": level,
        "level_share": level.warn_from_percent / 100,
        "picture": draw_overview(year, shares, level),
        "page": page,
        "rows": list(zip(page, overview_rows(page), strict=True)),
        "above": sum(100 * (one.share or 0) >= level.warn_from_percent for one in shares),
        "known": sum(one.share is not None for one in shares),
        "unknown": sum(one.share is None for one in shares),
    }
    return render(request, "partnership/funding/independence.html", context)


def export_overview(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the table of a year to a spreadsheet."""
    viewer = request.viewer
    check_may(viewer, "see_funding")
    year = _read_year(request, list_years_of_giving(viewer))
    shares = list_group_shares(viewer, year)
    _record(request, kind, [], len(shares))
    return download(kind, f"independence-{year}", overview_columns(), overview_rows(shares))


def group(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Show who a group lives on, year by year, and what we know of its other funders."""
    viewer = request.viewer
    check_may(viewer, "see_funding")
    today = timezone.localdate()
    found = get_organisation_line(viewer, organisation_id)
    form = OtherFunderForm(request.POST if request.method == "POST" else None, initial={"year": today.year})
    if request.method == "POST":
        check_may(viewer, "keep_relations")
        if form.is_valid() and did(
            form,
            lambda: add_other_funder(
                organisation_id=organisation_id, terms=form.terms(), by=viewer, at=timezone.now()
            ),
        ):
            return redirect("funding:group", organisation_id)
    years = list_group_years(viewer, organisation_id, today)
    level = get_warning_level(today)
    asked = list_requests(viewer, FundingFilters(partner=str(organisation_id)), today)[:LAST_REQUESTS]
    context = {
        "group": found,
        "form": form,
        "level": level,
        "picture": draw_group(found.name, years, level),
        "lean": describe_lean(years),
        "disagrees": [one for one in years if one.shares.disagrees],
        "left_out": sum(one.left_out for one in years),
        "funders": select_other_funders(viewer).filter(organisation_id=organisation_id),
        "requests": [(one, write_given(one)) for one in asked],
        "may_keep": viewer.may("keep_relations"),
    }
    return render(request, "partnership/funding/group.html", context)


def export_group(request: ViewerRequest, organisation_id: UUID, kind: str) -> HttpResponseBase:
    """Give a group's years to a spreadsheet."""
    viewer = request.viewer
    check_may(viewer, "see_funding")
    found = get_organisation_line(viewer, organisation_id)
    rows = list(group_rows(list_group_years(viewer, found.id, timezone.localdate())))
    _record(request, kind, [organisation_id], len(rows))
    return download(kind, "independence", group_columns(), rows)


def _record(request: ViewerRequest, kind: str, ids: list[UUID], rows: int) -> None:
    record_export(
        what="independence",
        object_type="people.organisation",
        object_ids=ids,
        ending=kind[:4],
        by=request.viewer,
        at=timezone.now(),
        rows=rows,
    )


@require_POST
def remove_funder(request: ViewerRequest, funder_id: UUID) -> HttpResponse:
    """Take a wrong line about another funder away."""
    check_may(request.viewer, "keep_relations")
    organisation_id = remove_other_funder(funder_id=funder_id, by=request.viewer, at=timezone.now())
    return redirect("funding:group", organisation_id)
