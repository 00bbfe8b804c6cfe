"""A partner's own agreements: read, commented, agreed to, signed. One set of pages for groups and for people.

A group's user comes by `ours:`, a person who speaks for themselves by `work:`; what they see is scoped by who they are.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.agreements.operations import agree_it_is_right, comment_on_agreement, sign_agreement
from alongside.apps.agreements.queries.pages import (
    AgreementPage,
    get_agreement_page,
    list_shared_agreements,
)
from alongside.apps.agreements.queries.reading import press_pdf
from alongside.apps.base.operations import record_export
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.ours_agreements import OwnCommentForm, OwnSignForm, ReadForm

NEEDS = {"ours": "see_own_organisation", "work": "take_paid_work"}
ROWS_A_PAGE = 50


def _get_room(request: ViewerRequest) -> str:
    """Return which side somebody came by, ours or work, and refuse who has no such side."""
    match = request.resolver_match
    room = match.namespace if match else ""
    check_may(request.viewer, NEEDS[room])
    return room


def _find(request: ViewerRequest, agreement_id: UUID) -> tuple[str, AgreementPage]:
    room = _get_room(request)
    page = get_agreement_page(request.viewer, agreement_id, timezone.now())
    if page is None:
        raise Http404
    return room, page


def agreements(request: ViewerRequest) -> HttpResponse:
    """List the agreements that were shown to this partner."""
    room = _get_room(request)
    found = list_shared_agreements(request.viewer)
    context = {
        "page": get_page(request, found, ROWS_A_PAGE),
        "room": room,
        "agreement_url": f"{room}:agreement",
        "today": timezone.localdate(),
    }
    return render(request, "partnership/ours_agreements/list.html", context)


def agreement(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Read one agreement, comment on its parts, say that it is right."""
    room, page = _find(request, agreement_id)
    return _show(request, room, page, OwnCommentForm(parts=page.fields))


def _show(
    request: ViewerRequest, room: str, page: AgreementPage, form: OwnCommentForm, status: int = 200
) -> HttpResponse:
    state = page.agreement.state
    may_sign = request.viewer.may("speak_for_organisation") or page.agreement.capacity == "themselves"
    start = {"version_number": page.number, "document_sha256": page.sha256}
    context = {
        "page": page,
        "agreement": page.agreement,
        "room": room,
        "comment_form": form,
        "read_form": ReadForm(initial=start),
        "may_comment": state in ("draft", "partner_review", "certified"),
        "may_agree": may_sign and state == "partner_review" and not page.partner_agrees,
        "may_sign": may_sign and state == "certified" and not page.theirs_signed,
        **{f"{name}_url": reverse(f"{room}:{name}") for name in ("agreements",)},
        **{
            f"{name}_url": reverse(f"{room}:agreement_{name}", args=[page.agreement.id])
            for name in ("comment", "agree", "sign", "pdf")
        },
    }
    return render(request, "partnership/ours_agreements/agreement.html", context, status=status)


@require_POST
def comment(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Say something about a part of an agreement."""
    room, page = _find(request, agreement_id)
    form = OwnCommentForm(request.POST, parts=page.fields)
    if form.is_valid():
        done = try_to(
            form,
            lambda: comment_on_agreement(
                agreement_id=agreement_id,
                field_key=form.cleaned_data["about"],
                words=form.cleaned_data["words"],
                by=request.viewer,
                at=timezone.now(),
            ),
        )
        if done:
            messages.success(request, _("Your comment is there. The team reads it and answers here."))
            return redirect(f"{room}:agreement", agreement_id)
    return _show(request, room, page, form, status=400)


@require_POST
def agree(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Say that the version on the page is right."""
    room, page = _find(request, agreement_id)
    form = ReadForm(request.POST)
    if form.is_valid():
        agree_it_is_right(
            agreement_id=agreement_id,
            version_number=form.cleaned_data["version_number"],
            document_sha256=form.cleaned_data["document_sha256"],
            by=request.viewer,
            at=timezone.now(),
        )
        messages.success(
            request, _("Thank you. Next somebody on our side certifies it, then both sides sign.")
        )
    return redirect(f"{room}:agreement", page.agreement.id)


def sign(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Sign a certified agreement with name and role."""
    room, page = _find(request, agreement_id)
    form = OwnSignForm(
        request.POST if request.method == "POST" else None,
        initial={
            "version_number": page.number,
            "document_sha256": page.sha256,
            "name": request.viewer.name,
        },
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        done = try_to(
            form,
            lambda: (
                sign_agreement(
                    agreement_id=agreement_id,
                    version_number=form.cleaned_data["version_number"],
                    document_sha256=form.cleaned_data["document_sha256"],
                    signing=form.signing(timezone.localdate(now)),
                    by=request.viewer,
                    at=now,
                ),
            ),
        )
        if done is not None:
            messages.success(request, _("You have signed."))
            return redirect(f"{room}:agreement", agreement_id)
    context = {
        "form": form,
        "page": page,
        "agreement": page.agreement,
        "agreements_url": reverse(f"{room}:agreements"),
        "back_url": reverse(f"{room}:agreement", args=[agreement_id]),
    }
    return render(request, "partnership/ours_agreements/sign.html", context)


def pdf(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Give the agreement as a PDF to keep."""
    _room, page = _find(request, agreement_id)
    context = {
        "page": page,
        "agreement": page.agreement,
        "heading": page.sections[0] if page.sections else ("", ""),
        "sections": page.sections[1:],
        "is_pdf": True,
        "made_at": timezone.now(),
    }
    data = press_pdf(render_to_string("agreements/paper.html", context, request))
    record_export(
        what="agreement",
        object_type="agreements.agreement",
        object_ids=[agreement_id],
        ending="pdf",
        by=request.viewer,
        at=timezone.now(),
    )
    headers = {"Content-Disposition": f'attachment; filename="{page.agreement.reference}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
