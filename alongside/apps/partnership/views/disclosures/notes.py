"""The method note of a year."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.partnership.forms.disclosures import MethodForm
from alongside.apps.partnership.operations.disclosures.notes import write_note
from alongside.apps.partnership.queries.disclosures.notes import get_words, list_versions
from alongside.apps.partnership.rules.disclosure_content import list_note_sections
from alongside.apps.partnership.rules.disclosures import OPEN_STATES
from alongside.apps.partnership.views.disclosures.years import find_disclosure


def method(request: ViewerRequest, disclosure_id: UUID) -> HttpResponse:
    """Read or write how the year is counted."""
    viewer = request.viewer
    if request.method == "POST":
        check_may(viewer, "prepare_disclosures")
    found = find_disclosure(request, disclosure_id)
    sections, words = list_note_sections(found.year), get_words(found)
    form = MethodForm(request.POST if request.method == "POST" else None, sections=sections, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(
                disclosure_id=found.id,
                sections=form.sections(),
                why=form.cleaned_data["why"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect("disclosures:disclosure", found.id)
    context = {
        "disclosure": found,
        "form": form,
        "sections": [(one.title, words[one.key]) for one in sections],
        "versions": list_versions(viewer, found),
        "may_write": viewer.may("prepare_disclosures") and found.state in OPEN_STATES,
    }
    return render(request, "partnership/disclosures/method.html", context)
