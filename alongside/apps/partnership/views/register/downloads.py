"""The public register as files: CSV, JSON with its schema, 360Giving, PDF."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, ViewerRequest
from alongside.apps.partnership.presenters.disclosures import read_stylesheet
from alongside.apps.partnership.queries.disclosures.printing import make_register_pdf
from alongside.apps.partnership.queries.disclosures.register import (
    PublicYear,
    get_public_method,
    get_public_people,
    get_schema,
    list_public_rows,
    make_giving_file,
    stream_json,
)
from alongside.apps.partnership.queries.disclosures.rows import RowFilter
from alongside.apps.partnership.queries.disclosures.tables import stream_people, stream_rows
from alongside.apps.partnership.rules.disclosure_content import find_rules
from alongside.apps.partnership.views.register.pages import find_year

PRINTED_ROWS = 1_500
KEPT_SECONDS = 7 * 24 * 3600
MAKING_SECONDS = 120
JSON = "application/json; charset=utf-8"


def _stream(lines: Iterable[str], name: str, kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"  # open data: any page may read it, and no cookie goes along
    return answer


@login_not_required
def rows_csv(request: ViewerRequest, year: int) -> StreamingHttpResponse:
    """Give a year's entries as CSV, in the columns they are published in."""
    found = find_year(year)
    return _stream(stream_rows(found.id), f"register-{year}.csv", "text/csv; charset=utf-8")


@login_not_required
def people_csv(request: ViewerRequest, year: int) -> StreamingHttpResponse:
    """Give a year's sums for people as CSV, protected as on the page."""
    found = find_year(year)
    return _stream(stream_people(found.id), f"register-{year}-people.csv", "text/csv; charset=utf-8")


@login_not_required
def whole_json(request: ViewerRequest, year: int) -> StreamingHttpResponse:
    """Give a whole year as JSON after our published schema."""
    return _stream(stream_json(find_year(year)), f"register-{year}.json", JSON)


@login_not_required
def giving_json(request: ViewerRequest, year: int) -> HttpResponse | StreamingHttpResponse:
    """Give what 360Giving can carry; a year without a grant has no such file."""
    made = make_giving_file(find_year(year))
    if not made.grants:
        raise Http404
    return _stream([made.text], f"360giving-{year}.json", JSON)


@login_not_required
def schema_file(request: ViewerRequest) -> HttpResponse:
    """Give the schema of our JSON."""
    answer = HttpResponse(get_schema(), content_type="application/schema+json; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@login_not_required
def pdf(request: ViewerRequest, year: int) -> HttpResponse:
    """Give a year as PDF; it is made once and kept, because making one costs seconds and anybody may ask."""
    found = find_year(year)
    if found.rows > PRINTED_ROWS:
        raise Refused(
            _(
                "This year has too many entries for a PDF. Download the CSV, or print the page of an organisation."
            )
        )
    key = f"register-pdf-{found.sha256[:24]}-{found.corrections}-{get_language()}"
    data = cache.get(key)
    if data is None:
        if not cache.add(f"{key}-making", True, MAKING_SECONDS):
            raise Refused(_("This PDF is being made right now. Try again in a minute."))
        try:
            data = make_register_pdf(_draw(request, found), read_stylesheet())
            cache.set(key, data, KEPT_SECONDS)
        finally:
            cache.delete(f"{key}-making")
    headers = {"Content-Disposition": f'attachment; filename="register-{year}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _draw(request: ViewerRequest, year: PublicYear) -> str:
    context = {
        "year": year,
        "rows": list_public_rows(year, RowFilter()),
        "people": get_public_people(year),
        "method": get_public_method(year),
        "categories": find_rules(year.year).category_words,
    }
    return render_to_string("partnership/register/print.html", context, request)
