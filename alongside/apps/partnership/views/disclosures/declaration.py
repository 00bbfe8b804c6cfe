"""A declaration of interests of one group, for the team; the group's own stands on its own side."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import PeriodForm
from alongside.apps.partnership.presenters.disclosures import read_stylesheet
from alongside.apps.partnership.queries.disclosures.declaration import (
    Declaration,
    get_authorship,
    get_declaration,
    stream_declaration,
)
from alongside.apps.partnership.queries.disclosures.printing import make_register_pdf
from alongside.apps.partnership.views.reading import read_id
from alongside.apps.people.queries import list_organisations


def declaration(request: ViewerRequest) -> HttpResponse:
    """Choose a group and a period; read every interest by company."""
    check_may(request.viewer, "see_disclosures")
    groups = [(one.id, one.name) for one in list_organisations(request.viewer) if one.kind != "own"]
    return show_declaration(request, groups, "disclosures:declaration_export")


def show_declaration(
    request: ViewerRequest, groups: list[tuple[UUID, str]], file_url: str, own: UUID | None = None
) -> HttpResponse:
    """Draw the form and, once a period is chosen, the declaration."""
    today = timezone.localdate()
    is_asked = "first_year" in request.GET
    form = PeriodForm(
        request.GET if is_asked else None,
        organisations=groups,
        initial={
            "first": today.replace(year=today.year - 1, day=min(today.day, 28)),
            "last": today,
            "organisation": request.GET.get("organisation"),
        },
    )
    found: Declaration | None = None
    if is_asked and form.is_valid():
        data = form.cleaned_data
        try:
            found = get_declaration(request.viewer, own or data["organisation"], data["first"], data["last"])
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
    context = {
        "form": form,
        "found": found,
        "file_url": file_url,
        "is_own": own is not None,
        "authorship": [] if own else get_authorship(request.viewer, today),
        "period": f"organisation={found.organisation_id}&first={found.first}&last={found.last}"
        if found
        else "",
    }
    return render(request, "partnership/disclosures/declaration.html", context)


def download(request: ViewerRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Give a declaration as CSV or PDF."""
    check_may(request.viewer, "see_disclosures")
    return give_declaration(request, read_id(request.GET.get("organisation", "")), ending)


def give_declaration(
    request: ViewerRequest, organisation_id: UUID | None, ending: str
) -> HttpResponse | StreamingHttpResponse:
    """Return a declaration as a file; 404 for a group the viewer may not see, or words that are no dates."""
    if "first" not in request.GET:
        return redirect("ours:declaration" if request.viewer.partner_id else "disclosures:declaration")
    found = _find(request, organisation_id)
    if found is None or ending not in ("csv", "pdf", "print"):
        raise Http404
    record_export(
        what="declaration",
        object_type="people.organisation",
        object_ids=[found.organisation_id],
        ending=ending,
        by=request.viewer,
        at=timezone.now(),
        rows=sum(len(one.interests) for one in found.companies),
    )
    context = {"found": found, "made_at": timezone.now(), "is_pdf": ending == "pdf"}
    if ending == "print":
        return render(request, "partnership/disclosures/declaration_print.html", context)
    if ending == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            stream_declaration(found), content_type="text/csv; charset=utf-8"
        )
    else:
        html = render_to_string("partnership/disclosures/declaration_print.html", context, request)
        answer = HttpResponse(make_register_pdf(html, read_stylesheet()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="interests-{found.first}-{found.last}.{ending}"'
    return answer


def _find(request: ViewerRequest, organisation_id: UUID | None) -> Declaration | None:
    try:
        first = date.fromisoformat(request.GET.get("first", ""))
        last = date.fromisoformat(request.GET.get("last", ""))
    except ValueError:
        return None
    return get_declaration(request.viewer, organisation_id, first, last) if organisation_id else None
