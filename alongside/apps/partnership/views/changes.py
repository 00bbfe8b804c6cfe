"""What partners ask us to change in what we hold about them, and our answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.contacts import AnswerChangeForm
from alongside.apps.partnership.operations.contacts.changes import answer_change
from alongside.apps.partnership.queries.contacts.changes import get_change, list_changes, view_changes

STATES = ("waiting", "done", "declined")


def changes(request: ViewerRequest) -> HttpResponse:
    """List what partners ask us to change."""
    check_may(request.viewer, "see_relations")
    state = request.GET.get("state", "")
    words = {"waiting": _("waiting"), "done": _("changed"), "declined": _("not changed")}
    page = get_page(request, list_changes(request.viewer, state), 50)
    options = [{"value": "", "text": _("any")}]
    options += [{"value": key, "text": words[key], "selected": key == state} for key in STATES]  # type: ignore[dict-item]
    context = {
        "page": page,
        "lines": view_changes(request.viewer, list(page.object_list)),
        "states": options,
        "chips": make_chips(request.GET, {"state": (_("State"), words)}),
    }
    return render(request, "partnership/contacts/changes.html", context)


def change(request: ViewerRequest, change_id: UUID) -> HttpResponse:
    """Show one request, and answer it."""
    check_may(request.viewer, "see_relations")
    if request.method == "POST":
        check_may(request.viewer, "keep_relations")
    found = get_change(request.viewer, change_id)
    if found is None:
        raise Http404
    form = AnswerChangeForm(request.POST or None)
    if form.is_valid():

        def answer() -> bool:
            answer_change(
                request_id=change_id,
                is_done=form.cleaned_data["outcome"] == "done",
                answer=form.cleaned_data["answer"],
                what_changed=form.cleaned_data["what_changed"],
                by=request.viewer,
                at=timezone.now(),
            )
            return True

        if try_to(form, answer):
            messages.success(request, _("Answered. The partner sees it on its own page."))
            return redirect("contacts:changes")
    may_answer = request.viewer.may("keep_relations") and found.state == "waiting"
    context = {"form": form, "found": found, "may_answer": may_answer}
    return render(request, "partnership/contacts/change.html", context)
