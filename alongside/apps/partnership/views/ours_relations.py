"""A partner's own side: notes of meetings to confirm or correct, what it wants, what was promised to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.relations import AnswerForm
from alongside.apps.partnership.operations.relations import answer_notes
from alongside.apps.partnership.presenters.relations import PRIORITY_TONES
from alongside.apps.partnership.queries.relations.notes import (
    find_shared_notes,
    get_shared_note,
    list_shared_notes,
)
from alongside.apps.partnership.queries.relations.partners import list_priorities, list_promises

ROWS_A_PAGE = 50


def notes(request: ViewerRequest) -> HttpResponse:
    """List the notes shared with a partner, those that wait for its answer first."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    page = get_page(request, find_shared_notes(viewer, viewer.partner_id), ROWS_A_PAGE)
    context = {
        "page": page,
        "notes": list_shared_notes(viewer, list(page.object_list)),
        "may_answer": viewer.may("speak_for_organisation"),
    }
    return render(request, "partnership/ours/notes.html", context)


def note(request: ViewerRequest, interaction_id: UUID) -> HttpResponse:
    """Show one shared note; the partner confirms or corrects it here."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    found = get_shared_note(viewer, interaction_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def keep() -> bool:
            answer_notes(
                interaction_id=interaction_id,
                answer=data["answer"],
                words=data["words"],
                read_version=data["version"],
                by=viewer,
                at=timezone.now(),
            )
            return True

        if try_to(form, keep):
            messages.success(request, _("Thank you. Your answer is kept."))
            return redirect("ours:notes")
    context = {
        "note": found,
        "form": form,
        "may_answer": viewer.may("speak_for_organisation") and found.state == "shared",
    }
    return render(request, "partnership/ours/note.html", context)


def promises(request: ViewerRequest) -> HttpResponse:
    """Show a partner what was promised to it and what it wants, with how far each has come."""
    viewer = request.viewer
    check_may(viewer, "see_own_organisation")
    context = {
        "promises": list_promises(viewer, timezone.localdate()),
        "priorities": list_priorities(viewer),
        "priority_tones": PRIORITY_TONES,
    }
    return render(request, "partnership/ours/promises.html", context)
