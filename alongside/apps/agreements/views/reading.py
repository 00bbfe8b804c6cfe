"""The list of agreements, one agreement whole, and the same on paper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from alongside.apps.agreements.forms.deciding import CommentForm
from alongside.apps.agreements.presenters.lists import EXPORT_COLUMNS, draw_filters, export_rows
from alongside.apps.agreements.presenters.moves import list_moves
from alongside.apps.agreements.presenters.steps import get_next_step, list_steps
from alongside.apps.agreements.queries.listing import AgreementFilters, list_agreements, name_organisation
from alongside.apps.agreements.queries.pages import AgreementPage, get_agreement_page
from alongside.apps.agreements.queries.reading import press_pdf
from alongside.apps.base.operations import record_export, record_read
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page

ROWS_A_PAGE = 50


def _read_filters(request: ViewerRequest) -> AgreementFilters:
    get = request.GET.get
    return AgreementFilters(
        words=get("words", "").strip()[:100],
        kind=get("kind", ""),
        state=get("state", ""),
        scope=get("scope", ""),
        organisation=get("organisation", ""),
    )


def agreements(request: ViewerRequest) -> HttpResponse:
    """List the agreements with partners and people."""
    viewer = request.viewer
    check_may(viewer, "see_agreements")
    filters = _read_filters(request)
    context = {
        "page": get_page(request, list_agreements(viewer, filters, timezone.localdate()), ROWS_A_PAGE),
        "filters": draw_filters(request.GET, name_organisation(viewer, filters.organisation)),
        "organisation": filters.organisation,
        "saved_views": list_saved_views(viewer, "agreements:list"),
        "query": request.GET.urlencode(),
        "today": timezone.localdate(),
        "may_write": viewer.may("write_agreements"),
    }
    return render(request, "agreements/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_agreements")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_agreements(request.viewer, _read_filters(request), timezone.localdate())
    record_read(by=request.viewer, at=timezone.now(), what="export_agreements", rows=found.count())
    return download(kind, "agreements", EXPORT_COLUMNS, export_rows(found))


def find_page(request: ViewerRequest, agreement_id: UUID) -> AgreementPage:
    """Return one agreement for somebody of the team, or answer as if there were none."""
    check_may(request.viewer, "see_agreements")
    page = get_agreement_page(request.viewer, agreement_id, timezone.now())
    if page is None:
        raise Http404
    return page


def agreement(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Show one agreement whole: what it says, where it stands, what the rules found, what to do next."""
    viewer, page = request.viewer, find_page(request, agreement_id)
    may_write = viewer.may("write_agreements")
    context = {
        "page": page,
        "agreement": page.agreement,
        "steps": list_steps(page.agreement),
        "next_step": get_next_step(viewer, page, timezone.localdate()),
        "moves": list_moves(page.agreement) if may_write else [],
        "comment_form": CommentForm(parts=page.fields),
        "may_write": may_write,
        "may_edit": may_write and page.agreement.state in ("draft", "partner_review"),
        "may_comment": page.agreement.state in ("draft", "partner_review", "certified"),
        "may_replace": may_write and page.agreement.state in ("signed", "active", "completed", "terminated"),
    }
    return render(request, "agreements/agreement.html", context)


def paper(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Show the agreement as it prints."""
    return render(request, "agreements/paper.html", _paper(request, agreement_id, is_pdf=False))


def pdf(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Give the agreement as a PDF, made of the same page without any network."""
    context = _paper(request, agreement_id, is_pdf=True)
    data = press_pdf(render_to_string("agreements/paper.html", context, request))
    record_export(
        what="agreement",
        object_type="agreements.agreement",
        object_ids=[agreement_id],
        ending="pdf",
        by=request.viewer,
        at=timezone.now(),
    )
    return answer_pdf(data, context)


def _paper(request: ViewerRequest, agreement_id: UUID, *, is_pdf: bool) -> dict[str, object]:
    return make_paper_context(
        find_page(request, agreement_id),
        is_pdf=is_pdf,
        back_url=reverse("agreements:agreement", args=[agreement_id]),
        pdf_url=reverse("agreements:pdf", args=[agreement_id]),
    )


def make_paper_context(
    page: AgreementPage, *, is_pdf: bool, back_url: str, pdf_url: str
) -> dict[str, object]:
    """Return what the printed page is made of."""
    return {
        "page": page,
        "agreement": page.agreement,
        "heading": page.sections[0] if page.sections else ("", ""),
        "sections": page.sections[1:],
        "is_pdf": is_pdf,
        "back_url": back_url,
        "pdf_url": pdf_url,
        "made_at": timezone.now(),
    }


def answer_pdf(data: bytes, context: dict[str, object]) -> HttpResponse:
    """Answer with a PDF named after the agreement's reference, which says nothing about anybody."""
    page = context["page"]
    reference = page.agreement.reference if isinstance(page, AgreementPage) else "agreement"
    headers = {"Content-Disposition": f'attachment; filename="{reference}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
