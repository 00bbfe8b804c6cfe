"""The public register: years, one year, one organisation; no account, nothing that follows a reader."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.partnership.presenters.disclosures import draw_row_filters
from alongside.apps.partnership.queries.disclosures.register import (
    PublicYear,
    count_giving,
    get_public_method,
    get_public_organisation,
    get_public_people,
    get_public_year,
    list_public_corrections,
    list_public_rows,
    list_public_years,
)
from alongside.apps.partnership.queries.disclosures.rows import RowFilter
from alongside.apps.partnership.rules.disclosure_content import find_rules, list_rule_editions
from alongside.apps.partnership.views.reading import read_id

ROWS_A_PAGE = 50


def find_year(year: int) -> PublicYear:
    """Return a published year; 404 for any other."""
    found = get_public_year(year)
    if found is None:
        raise Http404
    return found


@login_not_required
def years(request: ViewerRequest) -> HttpResponse:
    """List the published years."""
    return render(request, "partnership/register/years.html", {"years": list_public_years()})


@login_not_required
def year(request: ViewerRequest, year: int) -> HttpResponse:
    """Show one year's list of organisations, to read and to search, a page at a time."""
    found, get = find_year(year), request.GET.get
    wanted = RowFilter(
        words=get("words", "").strip()[:100],
        list=get("list", "")[:13],
        category=get("category", "")[:20],
        organisation=read_id(get("organisation", "")),
        unvalued=get("unvalued") == "yes",
    )
    rows = list_public_rows(found, wanted)
    categories = find_rules(year).category_words
    named = rows[0].organisation_name if wanted.organisation and rows else ""
    context = {
        "year": found,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(get("page")),
        "filters": draw_row_filters(request.GET, categories, named),
        "categories": categories,
        "part": "organisations",
        "giving": count_giving(found),
    }
    return render(request, "partnership/register/year.html", context)


@login_not_required
def people(request: ViewerRequest, year: int) -> HttpResponse:
    """Show what people who spoke for themselves were paid, by broad group."""
    found = find_year(year)
    context = {"year": found, "people": get_public_people(found), "part": "people"}
    return render(request, "partnership/register/people.html", context)


@login_not_required
def method(request: ViewerRequest, year: int) -> HttpResponse:
    """Show how a year was counted, what is left out, what partners said, and the checksum."""
    found = find_year(year)
    context = {
        "year": found,
        "method": get_public_method(found),
        "giving": count_giving(found),
        "part": "method",
    }
    return render(request, "partnership/register/method.html", context)


@login_not_required
def corrections(request: ViewerRequest, year: int) -> HttpResponse:
    """Show what was put right after publication: the old entry, the new, the reason."""
    found = find_year(year)
    lines = [(one, next(iter(one.rows.all()), None)) for one in list_public_corrections(found.id)]
    context = {
        "year": found,
        "lines": lines,
        "categories": find_rules(year).category_words,
        "part": "corrections",
    }
    return render(request, "partnership/register/corrections.html", context)


@login_not_required
def organisation(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Show one organisation's entries over the years."""
    found = get_public_organisation(organisation_id)
    if found is None:
        raise Http404
    latest = list_rule_editions()[0]
    context = {
        "organisation": found,
        "page": Paginator(found.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "categories": latest.category_words,
    }
    return render(request, "partnership/register/organisation.html", context)


@login_not_required
def schema(request: ViewerRequest) -> HttpResponse:
    """Explain the files of the register and their columns, for readers of data."""
    return render(request, "partnership/register/schema.html", {"rules": list_rule_editions()[0]})
