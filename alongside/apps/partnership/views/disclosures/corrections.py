"""Corrections of a published year: proposed by one, decided by another."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import AddForm, CorrectForm, DecideForm
from alongside.apps.partnership.operations.disclosures.correcting import (
    add_missing,
    approve_correction,
    correct_row,
    refuse_correction,
)
from alongside.apps.partnership.queries.disclosures.corrections import get_correction, list_missing
from alongside.apps.partnership.queries.disclosures.rows import get_row
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.views.disclosures.years import find_disclosure


def correct(request: ViewerRequest, row_id: UUID) -> HttpResponse:
    """Say what a published entry should say."""
    viewer = request.viewer
    check_may(viewer, "prepare_disclosures")
    row = get_row(viewer, row_id)
    if row is None:
        raise Http404
    categories = get_rules(row.disclosure.rules).category_words
    initial = {
        "category": row.category,
        "description": row.description,
        "amount": "" if row.amount_pence is None else f"{row.amount_pence / 100:.2f}",
        "is_in_kind": row.is_in_kind,
        "is_event_related": row.is_event_related,
        "paid_on": row.paid_on,
    }
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        categories=categories,
        currency=row.currency,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_row(
                row_id=row.id,
                right=form.right(),
                reason=form.cleaned_data["reason"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:disclosure", row.disclosure_id)
    context = {"row": row, "disclosure": row.disclosure, "form": form, "categories": categories}
    return render(request, "partnership/disclosures/correct.html", context)


def add(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Add an entry for a payment that was left behind."""
    viewer = request.viewer
    check_may(viewer, "prepare_disclosures")
    found = find_disclosure(request, disclosure_id)
    missing = list_missing(found)
    form = AddForm(request.POST if request.method == "POST" else None, payments=missing)
    if request.method == "POST" and form.is_valid():
        try:
            add_missing(
                disclosure_id=found.id,
                payment_id=form.cleaned_data["payment"],
                reason=form.cleaned_data["reason"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:disclosure", found.id)
    context = {"disclosure": found, "form": form, "missing": missing}
    return render(request, "partnership/disclosures/add.html", context)


def decide(request: ViewerRequest, correction_id: UUID) -> HttpResponse:
    """Make a correction public, or say why not."""
    viewer = request.viewer
    check_may(viewer, "see_disclosures")
    if request.method == "POST":
        check_may(viewer, "approve_disclosures")
    made = get_correction(viewer, correction_id)
    if made is None:
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, at = form.cleaned_data["words"], timezone.now()
        try:
            if request.POST.get("decision") == "refuse":
                refuse_correction(correction_id=made.id, words=words, by=viewer, at=at)
            else:
                approve_correction(correction_id=made.id, by=viewer, at=at)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:disclosure", made.disclosure_id)
    context = {
        "correction": made,
        "disclosure": made.disclosure,
        "old": made.corrects,
        "right": next(iter(made.rows.all()), None),
        "categories": get_rules(made.disclosure.rules).category_words,
        "form": form,
        "may_decide": viewer.may("approve_disclosures")
        and not made.published_at
        and not made.refused_because,
    }
    return render(request, "partnership/disclosures/decide.html", context)
