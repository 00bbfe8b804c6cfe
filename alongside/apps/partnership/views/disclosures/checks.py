"""What partners said about their rows, and our answers."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import ReplyForm
from alongside.apps.partnership.operations.disclosures.checking import reply_to_check
from alongside.apps.partnership.presenters.disclosures import answer_tone, draw_row_filters
from alongside.apps.partnership.queries.disclosures.checks import get_check, list_checks, list_rows_of_check
from alongside.apps.partnership.queries.disclosures.years import count_answers
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.views.disclosures.years import find_disclosure

CHECKS_A_PAGE = 50


def partners(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """List what each organisation said; silence is shown as silence."""
    found = find_disclosure(request, disclosure_id)
    checks = list_checks(request.viewer, found.id, request.GET.get("answer", "")[:6])
    page = Paginator(checks, CHECKS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "disclosure": found,
        "page": page,
        "lines": [(one, answer_tone(one)) for one in page.object_list],
        "filters": draw_row_filters(request.GET, {}),
        "answers": count_answers(found),
        "may_prepare": request.viewer.may("prepare_disclosures"),
    }
    return render(request, "partnership/disclosures/checks.html", context)


def check(request: ViewerRequest, check_id: UUID) -> HttpResponse:
    """Show one organisation's rows and words; answer them."""
    viewer = request.viewer
    check_may(viewer, "see_disclosures")
    if request.method == "POST":
        check_may(viewer, "prepare_disclosures")
    found = get_check(viewer, check_id)
    if found is None:
        raise Http404
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_check(check_id=found.id, words=form.cleaned_data["words"], by=viewer, at=timezone.now())
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:checks", found.disclosure_id)
    context = {
        "check": found,
        "disclosure": found.disclosure,
        "rows": list_rows_of_check(found),
        "categories": get_rules(found.disclosure.rules).category_words,
        "tone": answer_tone(found),
        "form": form,
        "may_answer": viewer.may("prepare_disclosures") and found.answer == "look" and not found.reply,
    }
    return render(request, "partnership/disclosures/check.html", context)
