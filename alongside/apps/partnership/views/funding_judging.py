"""Judging a request: the declaration and the review, the hands-off checklist, the decision."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.partnership.forms.funding import DecideForm, DeclareForm, HandsOffForm, ScoreForm
from alongside.apps.partnership.operations.funding.decisions import decline_request, grant_request
from alongside.apps.partnership.operations.funding.hands_off import fill_hands_off
from alongside.apps.partnership.operations.funding.reviews import (
    begin_review,
    declare_interest,
    score_request,
    send_back,
    send_to_decision,
)
from alongside.apps.partnership.presenters.funding.pictures import write_share
from alongside.apps.partnership.queries.funding.criteria import as_criteria
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off, get_hands_off_text
from alongside.apps.partnership.queries.funding.independence import foresee
from alongside.apps.partnership.queries.funding.requests import get_own_review, list_reviews
from alongside.apps.partnership.queries.funding.telling import write_given
from alongside.apps.partnership.views.funding_parts import did, find_or_404


@require_POST
def begin(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Open a request for review."""
    begin_review(request_id=request_id, by=request.viewer, at=timezone.now())
    return redirect("funding:request", request_id)


def review(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Ask first what ties somebody to the group; then let them judge each criterion."""
    viewer = request.viewer
    check_may(viewer, "review_funding")
    found = find_or_404(viewer, request_id)
    own = get_own_review(viewer, found)
    if own is None:
        return _declare(request, request_id)
    if own.has_conflict or own.scored_at is not None or found.state != "review":
        return redirect("funding:request", request_id)
    form = ScoreForm(
        request.POST if request.method == "POST" else None, criteria=as_criteria(found.criteria.criteria)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: score_request(
                request_id=request_id,
                scores=form.scores(),
                advice=form.cleaned_data["advice"],
                words=form.cleaned_data["words"],
                by=viewer,
                at=timezone.now(),
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "given": write_given(found),
        "edition": found.criteria,
        "outlook": (outlook := foresee(viewer, found, timezone.localdate())),
        "outlook_share": write_share(outlook.share),
    }
    return render(request, "partnership/funding/review.html", context)


def _declare(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    viewer = request.viewer
    found = find_or_404(viewer, request_id)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: declare_interest(
                request_id=request_id,
                has_conflict=form.cleaned_data["ties"] == "yes",
                words=form.cleaned_data["words"],
                by=viewer,
                at=timezone.now(),
            ),
        )
    ):
        has_tie = form.cleaned_data["ties"] == "yes"
        return redirect("funding:request" if has_tie else "funding:review", request_id)
    return render(request, "partnership/funding/declare.html", {"form": form, "found": found})


@require_POST
def to_decision(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Hand a reviewed request over for a decision."""
    send_to_decision(request_id=request_id, by=request.viewer, at=timezone.now())
    return redirect("funding:request", request_id)


def decide(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Grant, decline or send back, with a reason the group reads."""
    viewer = request.viewer
    check_may(viewer, "decide_funding")
    found = find_or_404(viewer, request_id)
    form = DecideForm(request.POST if request.method == "POST" else None, is_in_kind=found.is_in_kind)
    if request.method == "POST" and form.is_valid() and did(form, lambda: _decide(request, request_id, form)):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "given": write_given(found),
        "reviews": list_reviews(viewer, found),
        "hands_off": get_hands_off(found),
        "outlook": (outlook := foresee(viewer, found, timezone.localdate())),
        "outlook_share": write_share(outlook.share),
    }
    return render(request, "partnership/funding/decide.html", context)


def _decide(request: ViewerRequest, request_id: UUID, form: DecideForm) -> None:
    data, by, at = form.cleaned_data, request.viewer, timezone.now()
    if data["decision"] == "grant":
        granted = data.get("granted")
        grant_request(request_id=request_id, granted_pence=granted, reason=data["reason"], by=by, at=at)
    elif data["decision"] == "decline":
        decline_request(request_id=request_id, reason=data["reason"], by=by, at=at)
    else:
        send_back(request_id=request_id, why=data["reason"], by=by, at=at)


def hands_off(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Fill in the hands-off checklist; the group sees it and may say that it is not so."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = find_or_404(viewer, request_id)
    text = get_hands_off_text(timezone.localdate())
    form = HandsOffForm(request.POST if request.method == "POST" else None, lines=text.lines)
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: fill_hands_off(
                request_id=request_id, answers=form.answers(), by=viewer, at=timezone.now()
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Our hands off: the checklist"),
        "lead": text.statement,
        "button": _("Keep this checklist"),
    }
    return render(request, "partnership/funding/form.html", context)
