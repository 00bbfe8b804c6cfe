"""A partner organisation's own side: its rows before and after they are public, its declaration."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import AnswerForm
from alongside.apps.partnership.operations.disclosures.checking import answer_check
from alongside.apps.partnership.queries.disclosures.checks import get_our_disclosure, list_our_years
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.views.disclosures.declaration import give_declaration, show_declaration


def disclosures(request: ViewerRequest) -> HttpResponse:
    """List the years in which the organisation stands."""
    check_may(request.viewer, "see_own_organisation")
    return render(request, "partnership/ours/disclosures.html", {"years": list_our_years(request.viewer)})


def disclosure(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Show the organisation's rows of one year; say whether they are right."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    if request.method == "POST":
        check_may(viewer, "speak_for_organisation")
    found = get_our_disclosure(viewer, disclosure_id)
    if found is None:
        raise Http404
    initial = {"answer": found.check.answer, "words": found.check.words} if found.check else {}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer_check(disclosure_id=disclosure_id, by=viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return redirect("ours:disclosure", disclosure_id)
    context = {
        "found": found,
        "form": form,
        "categories": get_rules(found.disclosure.rules).category_words,
    }
    return render(request, "partnership/ours/disclosure.html", context)


def declaration(request: ViewerRequest) -> HttpResponse:
    """Choose a period; read every interest by company, to declare it oneself."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    return show_declaration(request, [], "ours:declaration_export", own=viewer.partner_id)


def declaration_file(request: ViewerRequest, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Give the organisation's own declaration as a file."""
    check_may(request.viewer, "see_own_organisation")
    return give_declaration(request, request.viewer.partner_id, ending)
