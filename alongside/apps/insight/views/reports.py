"""The insight report: a page to print and the same page as PDF."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_trail
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.insight.presenters import read_stylesheet
from alongside.apps.insight.queries import get_insight_page, make_report_pdf


def report(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Show the report as a page to read and print."""
    return render(request, "insight/report.html", _context(request, insight_id))


def report_pdf(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Give the report as a PDF made without any network."""
    context = {**_context(request, insight_id), "is_pdf": True}
    html = render_to_string("insight/report.html", context, request)
    data = make_report_pdf(html, read_stylesheet())
    record_export(
        what="report",
        object_type="insight.insight",
        object_ids=[insight_id],
        ending="pdf",
        by=request.viewer,
        at=timezone.now(),
    )
    name = f"insight-{timezone.localdate().isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _context(request: ViewerRequest, insight_id: UUID) -> dict[str, object]:
    check_may(request.viewer, "see_insights")
    page = get_insight_page(request.viewer, insight_id, is_report=True)
    if page is None:
        raise Http404
    sections = list_trail(request.viewer, "insight", insight_id)
    later = [section for section in sections if section.stop.name not in ("voice", "theme", "insight")]
    return {
        "page": page,
        "later": later,
        "has_later": any(section.items for section in later),
        "made_at": timezone.now(),
        "is_pdf": False,
    }
