"""Until when an engagement's words are kept; what is due, a yes or not yet, and what went."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.engagement.forms.retention import KeepUntilForm
from alongside.apps.engagement.operations.retention import (
    confirm_deletion,
    postpone_deletion,
    set_keep_until,
    start_preview,
)
from alongside.apps.engagement.presenters import make_items
from alongside.apps.engagement.queries import get_engagement
from alongside.apps.engagement.queries.retention import (
    STATES,
    describe_deletions,
    get_deletion,
    get_retention,
    list_deletions,
)
from alongside.apps.people.rules import ask_again_to_change


def keep_until(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Set until when an engagement's words are kept, and why."""
    check_may(request.viewer, "run_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    retention = get_retention(request.viewer, engagement)
    form = KeepUntilForm(
        request.POST or None, initial={"keep_until": retention.keep_until, "reason": retention.reason}
    )
    if form.is_valid():
        done = try_to(
            form,
            lambda: (
                set_keep_until(
                    engagement_id=engagement_id, by=request.viewer, at=timezone.now(), **form.cleaned_data
                )
                or True
            ),
        )
        if done:
            messages.success(request, _("Kept."))
            return redirect("engagement:detail", engagement_id)
    context = {"form": form, "engagement": engagement, "retention": retention}
    return render(request, "engagement/keep_until.html", context)


def deletions(request: ViewerRequest) -> HttpResponse:
    """List engagements whose time is over, and what was deleted before."""
    state = request.GET.get("state", "")
    page = get_page(request, list_deletions(request.viewer, state=state))
    context = {
        "page": page,
        "lines": describe_deletions(request.viewer, list(page.object_list)),
        "states": make_items(STATES, state, _("All states")),
        "chips": make_chips(request.GET, {"state": (_("State"), {key: str(words) for key, words in STATES})}),
    }
    return render(request, "engagement/deletions.html", context)


@require_POST
def look(request: ViewerRequest) -> HttpResponse:
    """Have the worker look for engagements whose time is over."""
    start_preview(by=request.viewer, at=timezone.now(), back_url=reverse("engagement:deletions"))
    messages.success(request, _("We are looking. Come back to this page in a minute."))
    return redirect("engagement:deletions")


@ask_again_to_change
def deletion(request: ViewerRequest, deletion_id: UUID) -> HttpResponse:
    """Show what would be deleted; say yes, or keep it longer with a reason."""
    found = get_deletion(request.viewer, deletion_id)
    if found is None:
        raise Http404
    form = KeepUntilForm(request.POST if "postpone" in request.POST else None)
    if form.is_valid():
        done = try_to(
            form,
            lambda: (
                postpone_deletion(
                    deletion_id=deletion_id, by=request.viewer, at=timezone.now(), **form.cleaned_data
                )
                or True
            ),
        )
        if done:
            messages.success(request, _("Kept longer."))
            return redirect("engagement:deletions")
    elif "confirm" in request.POST:
        confirm_deletion(deletion_id=deletion_id, by=request.viewer, at=timezone.now())
        messages.success(request, _("Confirmed. The words are being deleted."))
        return redirect("engagement:deletion", deletion_id)
    return render(request, "engagement/deletion.html", {"found": found, "form": form})
