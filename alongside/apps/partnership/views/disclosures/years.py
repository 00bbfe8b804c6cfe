"""The years, one year with its line of steps, its rows."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import ShowingForm
from alongside.apps.partnership.operations.disclosures.collecting import show_people
from alongside.apps.partnership.presenters.disclosures import (
    TONES,
    draw_row_filters,
    get_next,
    name_steps,
    say_countdown,
)
from alongside.apps.partnership.queries.disclosures.reconcile import (
    list_differences,
    list_gaps,
    list_left_out,
)
from alongside.apps.partnership.queries.disclosures.rows import RowFilter, list_people_lines, list_rows
from alongside.apps.partnership.queries.disclosures.tables import make_file, stream_rows
from alongside.apps.partnership.queries.disclosures.years import (
    Year,
    count_answers,
    get_disclosure,
    get_note,
    list_events,
    list_steps,
    list_waiting_corrections,
    list_years,
    list_years_to_begin,
)
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.rules.disclosures import OPEN_STATES, PUBLIC_STATES
from alongside.apps.partnership.views.reading import read_id

ROWS_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_disclosure(request: ViewerRequest, disclosure_id: UUID) -> Year:
    """Return a year to the team; 404 where there is none."""
    check_may(request.viewer, "see_disclosures")
    found = get_disclosure(request.viewer, disclosure_id)
    if found is None:
        raise Http404
    return found


def disclosures(request: ViewerRequest) -> HttpResponse:
    """List the years with how far each is and how long there is."""
    viewer, today = request.viewer, timezone.localdate()
    check_may(viewer, "see_disclosures")
    lines = [
        (line, say_countdown(line.days_left, line.is_public), TONES[line.state])
        for line in list_years(viewer, today)
    ]
    context = {"lines": lines, "to_begin": list_years_to_begin(viewer, today)}
    return render(request, "partnership/disclosures/list.html", context)


def disclosure(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Show one year: where it stands, what is next, what is missing, what it comes to."""
    found = find_disclosure(request, disclosure_id)
    viewer, today = request.viewer, timezone.localdate()
    is_public = found.state in PUBLIC_STATES
    gaps = [] if is_public else list_gaps(found)
    blocking = sum(gap.is_blocking for gap in gaps)
    may_prepare, may_approve = viewer.may("prepare_disclosures"), viewer.may("approve_disclosures")
    context = {
        "disclosure": found,
        "steps": name_steps(list_steps(found)),
        "next": get_next(found, today, may_prepare=may_prepare, may_approve=may_approve, blocking=blocking),
        "countdown": say_countdown((found.due_on - today).days, is_public),
        "tone": TONES[found.state],
        "gaps": gaps,
        "blocking": blocking,
        "differences": list_differences(found),
        "left_out": list_left_out(found),
        "answers": count_answers(found),
        "note": get_note(found),
        "events": list_events(viewer, found),
        "corrections": list_waiting_corrections(viewer, found),
        "rules": get_rules(found.rules),
        "people": list_people_lines(viewer, found),
        "is_public": is_public,
        "may_prepare": may_prepare,
        "may_approve": may_approve,
    }
    return render(request, "partnership/disclosures/disclosure.html", context)


def _read_filter(request: ViewerRequest) -> RowFilter:
    get = request.GET.get
    return RowFilter(
        words=get("words", "").strip()[:100],
        list=get("list", "")[:13],
        category=get("category", "")[:20],
        organisation=read_id(get("organisation", "")),
        unvalued=get("unvalued") == "yes",
        answer=get("answer", "")[:6],
    )


def rows(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """List the rows of a year."""
    found = find_disclosure(request, disclosure_id)
    listed = list_rows(request.viewer, found.id, _read_filter(request))
    rules = get_rules(found.rules)
    context = {
        "disclosure": found,
        "page": Paginator(listed, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "filters": draw_row_filters(request.GET, rules.category_words),
        "categories": rules.category_words,
        "query": request.GET.urlencode(),
        "is_public": found.state in PUBLIC_STATES,
        "may_prepare": request.viewer.may("prepare_disclosures"),
    }
    return render(request, "partnership/disclosures/rows.html", context)


def export(request: ViewerRequest, disclosure_id: UUID, kind: str) -> HttpResponse | StreamingHttpResponse:
    """Give the rows as they are filtered to a spreadsheet."""
    found = find_disclosure(request, disclosure_id)
    listed = list_rows(request.viewer, found.id, _read_filter(request))
    if kind not in ("csv", "xlsx"):
        raise Http404
    record_export(
        what="disclosure_rows",
        object_type="partnership.disclosure",
        object_ids=[found.id],
        ending=kind,
        by=request.viewer,
        at=timezone.now(),
        rows=listed.count(),
    )
    if kind == "csv":
        lines = stream_rows(found.id, listed)
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            lines, content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(make_file(found, listed), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="disclosure-{found.year}.{kind}"'
    return answer


def people(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Show the sums for people, exactly and as published; a certifier may decide how they are shown."""
    viewer = request.viewer
    if request.method == "POST":
        check_may(viewer, "approve_disclosures")
    found = find_disclosure(request, disclosure_id)
    form = ShowingForm(
        request.POST if request.method == "POST" else None,
        initial={"showing": found.people_shown, "because": found.people_shown_because},
    )
    if request.method == "POST" and form.is_valid():
        try:
            show_people(disclosure_id=found.id, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:people", found.id)
    context = {
        "disclosure": found,
        "rules": get_rules(found.rules),
        "lines": list_people_lines(viewer, found),
        "form": form,
        "may_decide": viewer.may("approve_disclosures") and found.state in OPEN_STATES,
    }
    return render(request, "partnership/disclosures/people.html", context)
