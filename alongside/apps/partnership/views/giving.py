"""Published grants of other funders: search them, bring in a file, see what was wrong, note a funder."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export, record_read
from alongside.apps.base.queries import get_job
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.giving import GivingForm, NoteFunderForm
from alongside.apps.partnership.operations.giving import match_grants_again, note_funder, upload_giving
from alongside.apps.partnership.presenters.giving import GRANT_COLUMNS, draw_grant_filters, export_grant_rows
from alongside.apps.partnership.queries.giving import (
    GrantFilters,
    get_giving_file,
    get_grant,
    list_funders,
    list_giving_files,
    list_giving_problems,
    list_grant_years,
    list_grants,
)
from alongside.apps.partnership.queries.payments import read_id
from alongside.apps.people.queries import get_partner_names

ROWS_A_PAGE = 50


def _read_filters(request: ViewerRequest) -> GrantFilters:
    get = request.GET.get
    return GrantFilters(
        words=get("words", "").strip()[:100],
        scope=get("scope", ""),
        funder=get("funder", "")[:300],
        year=get("year", "")[:4],
        partner=read_id(get("partner", "")),
    )


def grants(request: ViewerRequest) -> HttpResponse:
    """List grants that other funders published."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    chosen = _read_filters(request)
    partner = get_partner_names(viewer, [chosen.partner]).get(chosen.partner, "") if chosen.partner else ""
    context = {
        "page": get_page(request, list_grants(viewer, chosen), ROWS_A_PAGE),
        "filters": draw_grant_filters(
            request.GET, list_funders(viewer), list_grant_years(viewer), partner or _("a partner")
        ),
        "query": request.GET.urlencode(),
        "may_keep": viewer.may("keep_relations"),
    }
    return render(request, "partnership/giving/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_relations")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_grants(request.viewer, _read_filters(request))
    record_export(
        what="published_grants",
        object_type="partnership.publishedgrant",
        object_ids=[],
        ending=kind,
        rows=found.count(),
        by=request.viewer,
        at=timezone.now(),
    )
    return download(
        kind, "published-grants", GRANT_COLUMNS, export_grant_rows(found.iterator(chunk_size=2000))
    )


def grant(request: ViewerRequest, published_id: UUID) -> HttpResponse:
    """Show one published grant, and note its funder as another known funder of our partner."""
    viewer = request.viewer
    check_may(viewer, "keep_relations" if request.method == "POST" else "see_relations")
    found = get_grant(viewer, published_id)
    if found is None:
        raise Http404
    may_note = viewer.may("keep_relations") and found.recipient is not None
    form = NoteFunderForm(
        request.POST if request.method == "POST" else None, initial={"year": found.awarded_on.year}
    )
    if request.method == "POST" and form.is_valid():
        year, at = form.cleaned_data["year"], timezone.now()
        noted = try_to(form, lambda: note_funder(published_id=published_id, year=year, by=viewer, at=at))
        if noted is not None:
            messages.success(request, _("Noted as another known funder."))
            return redirect("funding:group", noted)
    return render(
        request, "partnership/giving/grant.html", {"grant": found, "form": form, "may_note": may_note}
    )


def bring_in(request: ViewerRequest) -> HttpResponse:
    """Take a file of published grants, and list those before."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    form = GivingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, source = form.cleaned_data["file"], form.cleaned_data["source"]
        made = try_to(
            form,
            lambda: upload_giving(
                file_name=file.name,
                size_bytes=file.size,
                source=source,
                parts=file.chunks(),
                by=viewer,
                at=timezone.now(),
            ),
        )
        if made is not None:
            return redirect("giving:file", made.id)
    context = {"form": form, "page": get_page(request, list_giving_files(viewer), ROWS_A_PAGE)}
    return render(request, "partnership/giving/import.html", context)


def file(request: ViewerRequest, giving_file_id: UUID) -> HttpResponse:
    """Show what came of a file: how many grants, and what was wrong with the others."""
    viewer = request.viewer
    check_may(viewer, "see_relations")
    found = get_giving_file(viewer, giving_file_id)
    if found is None:
        raise Http404
    job = get_job(viewer, found.job_id) if found.job_id else None
    if found.state == "reading" and job is not None and not job.has_ended:
        return redirect("base:job", job.id)
    context = {
        "found": found,
        "job": job,
        "page": get_page(request, list_giving_problems(found), ROWS_A_PAGE),
        "notes": found.notes.splitlines(),
        "may_keep": viewer.may("keep_relations"),
    }
    return render(request, "partnership/giving/file.html", context)


def wrong_rows(request: ViewerRequest, giving_file_id: UUID) -> HttpResponseBase:
    """Download what was wrong in a file, by place and reason."""
    check_may(request.viewer, "see_relations")
    found = get_giving_file(request.viewer, giving_file_id)
    if found is None:
        raise Http404
    rows = list_giving_problems(found)
    record_read(
        by=request.viewer,
        at=timezone.now(),
        what="export_wrong_grants",
        object_type="partnership.givingfile",
        object_id=giving_file_id,
        rows=rows.count(),
    )
    return download("csv", "wrong-grants", ("row", "grant", "field", "value", "what to do"), _write(rows))


def _write(rows: Iterable[object]) -> Iterator[list[str]]:
    for row in rows:
        yield [str(getattr(row, name, "")) for name in ("row", "grant_id", "field", "value", "cure")]


@require_POST
def match(request: ViewerRequest) -> HttpResponse:
    """Look for our partners among the recipients again."""
    check_may(request.viewer, "keep_relations")
    number = match_grants_again(by=request.viewer, at=timezone.now())
    words = ngettext(
        "%(number)s more grant went to a partner of ours.",
        "%(number)s more grants went to partners of ours.",
        number,
    )
    messages.success(request, words % {"number": f"{number:,}"})
    return redirect("giving:list")
