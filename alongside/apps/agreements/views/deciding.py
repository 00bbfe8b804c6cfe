"""Bringing an agreement forward: certifying, signing, every other step, comments and answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.agreements.forms.deciding import CertifyForm, CommentForm, TeamSignForm, WordsForm
from alongside.apps.agreements.operations import (
    answer_comment,
    answer_rule,
    certify_agreement,
    close_agreement,
    comment_on_agreement,
    complete_agreement,
    reject_agreement,
    show_to_partner,
    sign_agreement,
    start_agreement,
    take_back_to_draft,
    terminate_agreement,
)
from alongside.apps.agreements.presenters.moves import get_move_page
from alongside.apps.agreements.queries.pages import get_comment_place
from alongside.apps.agreements.views.reading import find_page
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to

CERTIFIES = "certify_agreements"


def certify(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Read a version and certify exactly that."""
    check_may(request.viewer, CERTIFIES)
    page = find_page(request, agreement_id)
    statement = _("This version keeps the rules, and nothing it is about has begun.")
    form = CertifyForm(
        request.POST if request.method == "POST" else None,
        initial={"version_number": page.number, "document_sha256": page.sha256, "statement": statement},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def do() -> bool:
            certify_agreement(
                agreement_id=agreement_id,
                version_number=data["version_number"],
                document_sha256=data["document_sha256"],
                statement=data["statement"],
                by=request.viewer,
                at=timezone.now(),
            )
            return True

        if try_to(form, do):
            messages.success(request, _("Certified. Next both sides sign."))
            return redirect("agreements:agreement", agreement_id)
    return render(
        request, "agreements/certify.html", {"form": form, "page": page, "agreement": page.agreement}
    )


def sign(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Sign a certified version for our side, or write down a signature on paper."""
    viewer = request.viewer
    if not viewer.may(CERTIFIES):
        check_may(viewer, "write_agreements")
    page = find_page(request, agreement_id)
    form = TeamSignForm(
        request.POST if request.method == "POST" else None,
        initial={
            "version_number": page.number,
            "document_sha256": page.sha256,
            "what": "theirs-paper" if page.ours_signed else "ours-screen",
            "name": "" if page.ours_signed else viewer.name,
            "signed_on": timezone.localdate(),
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        both = try_to(
            form,
            lambda: (
                sign_agreement(
                    agreement_id=agreement_id,
                    version_number=data["version_number"],
                    document_sha256=data["document_sha256"],
                    signing=form.signing(),
                    by=viewer,
                    at=timezone.now(),
                ),
            ),
        )
        if both is not None:
            messages.success(request, _("Both sides have signed.") if both[0] else _("One side has signed."))
            return redirect("agreements:agreement", agreement_id)
    return render(request, "agreements/sign.html", {"form": form, "page": page, "agreement": page.agreement})


def move(request: ViewerRequest, agreement_id: UUID, to: str) -> HttpResponse:
    """Bring an agreement to another state, with the words that this needs."""
    check_may(request.viewer, "write_agreements")
    page = find_page(request, agreement_id)
    shown = get_move_page(page.agreement, to)
    if shown is None:
        raise Http404
    form = WordsForm(request.POST if request.method == "POST" else None)
    words = form.fields["words"]
    words.label, words.required = shown.label, shown.needs_words
    form.name_messages()
    if (
        request.method == "POST"
        and form.is_valid()
        and try_to(form, lambda: _move(request, agreement_id, to, form.cleaned_data["words"]))
    ):
        return redirect("agreements:agreement", agreement_id)
    context = {"form": form, "shown": shown, "agreement": page.agreement}
    return render(request, "agreements/move.html", context)


def _move(request: ViewerRequest, agreement_id: UUID, to: str, words: str) -> bool:
    by, at = request.viewer, timezone.now()
    if to == "partner_review":
        show_to_partner(agreement_id=agreement_id, by=by, at=at)
    elif to == "active":
        start_agreement(agreement_id=agreement_id, by=by, at=at)
    elif to in ("completed", "closed"):
        end = complete_agreement if to == "completed" else close_agreement
        end(agreement_id=agreement_id, words=words, by=by, at=at)
    else:
        leave = {
            "draft": take_back_to_draft,
            "rejected": reject_agreement,
            "terminated": terminate_agreement,
        }[to]
        leave(agreement_id=agreement_id, why=words, by=by, at=at)
    return True


@require_POST
def comment(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Say something about a part of an agreement; the partner reads it."""
    if not request.viewer.may(CERTIFIES):
        check_may(request.viewer, "write_agreements")
    page = find_page(request, agreement_id)
    form = CommentForm(request.POST, parts=page.fields)
    if form.is_valid():
        comment_on_agreement(
            agreement_id=agreement_id,
            field_key=form.cleaned_data["about"],
            words=form.cleaned_data["words"],
            by=request.viewer,
            at=timezone.now(),
        )
        return redirect(f"{_page_url(agreement_id)}#comments")
    raise Refused(_("Write your comment first, then send it"))


@require_POST
def answer(request: ViewerRequest, comment_id: UUID) -> HttpResponse:
    """Answer a comment of the partner."""
    check_may(request.viewer, "write_agreements")
    agreement_id = get_comment_place(request.viewer, comment_id)
    if agreement_id is None:
        raise Http404
    words = request.POST.get("words", "")
    answer_comment(comment_id=comment_id, words=words, by=request.viewer, at=timezone.now())
    return redirect(f"{_page_url(agreement_id)}#comments")


@require_POST
def answer_finding(request: ViewerRequest, agreement_id: UUID, rule: str) -> HttpResponse:
    """Answer a rule that asks or warns."""
    check_may(request.viewer, "write_agreements")
    page = find_page(request, agreement_id)
    if not any(one.finding.rule == rule and not one.finding.is_blocking for one in page.findings):
        raise Http404
    answer_rule(
        subject_kind="agreement",
        subject_id=agreement_id,
        rule=rule,
        words=request.POST.get("words", ""),
        by=request.viewer,
        at=timezone.now(),
    )
    return redirect(f"{_page_url(agreement_id)}#rules")


def _page_url(agreement_id: UUID) -> str:
    return reverse("agreements:agreement", args=[agreement_id])
