"""What the public reads: writing it, seeing it before, publishing, taking down, and the poster."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.actions.bridge import draw_qr_code
from alongside.apps.actions.forms import StoryForm
from alongside.apps.actions.operations.publishing import publish_action, unpublish_action, write_story
from alongside.apps.actions.queries.actions import get_action
from alongside.apps.actions.queries.public import (
    get_public_page,
    get_story,
    list_quotes_for_public,
    preview_public_page,
)
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may

LANGUAGES = ("en", "cy")


def story(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Write what the public will read, and see it as they will."""
    viewer = request.viewer
    check_may(viewer, "tell_people")
    found = get_action(viewer, action_id)
    language = request.GET.get("language", "en")
    if found is None or language not in LANGUAGES:
        raise Http404
    kept = get_story(viewer, action_id, language)
    quotes = list_quotes_for_public(found)
    form = StoryForm(
        request.POST if request.method == "POST" else None,
        quotes=quotes,
        initial={
            "title": kept.title if kept else "",
            "heard": kept.heard if kept else "",
            "did": kept.did if kept else "",
            "came_of_it": kept.came_of_it if kept else found.what_came_of_it if language == "en" else "",
            "quotes": [str(one.id) for one in found.public_quotes.all()],
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("quotes")
        try:
            write_story(
                action_id=action_id,
                words=form.story(language),
                quote_ids=chosen,
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            return redirect(f"{reverse('actions:story', args=[action_id])}?language={language}#preview")
    preview = preview_public_page(found, language=language) if kept else None
    context = {"form": form, "action": found, "language": language, "preview": preview}
    return render(request, "actions/story.html", context)


@require_POST
def publish(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Show the story on the public page."""
    publish_action(action_id=action_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Published. Everybody can read it now."))
    return redirect("actions:story", action_id)


@require_POST
def unpublish(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Take the story off the public page."""
    unpublish_action(action_id=action_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Taken down. Nobody outside can read it any more; the words are kept."))
    return redirect("actions:story", action_id)


def poster(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """Show a poster to print, with a code that opens the public page."""
    check_may(request.viewer, "tell_people")
    language = request.GET.get("language", "en")
    shown = get_public_page(action_id, language=language)
    if shown is None:
        raise Refused("Publish this change first: the poster points to its public page.")
    address = settings.PUBLIC_URL + reverse("told:change", args=[action_id])
    context = {"change": shown, "address": address, "code": draw_qr_code(address)}
    return render(request, "actions/poster.html", context)
