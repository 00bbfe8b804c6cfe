"""*Have your say* from the side of staff: the page, its questions, its link, its poster."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.engagement.bridge import draw_qr_code
from alongside.apps.engagement.forms import PublicFormForm
from alongside.apps.engagement.operations import change_public_form, open_public_form
from alongside.apps.engagement.presenters import draw_plain_markdown
from alongside.apps.engagement.queries import FormView, count_receipts, get_engagement, get_form_of


def show(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show the public page of an engagement: its link, its code, what it asks."""
    engagement, form = _get(request, engagement_id)
    if form is None:
        return redirect("engagement:form_change", engagement_id)
    context = {
        "engagement": engagement,
        "form": form,
        "address": find_address(form),
        "consent": draw_plain_markdown(form.consent_body),
        "receipts": count_receipts(request.viewer, engagement_id),
    }
    return render(request, "engagement/form.html", context)


def find_address(form: FormView) -> str:
    """Return the whole address that people open."""
    return f"{settings.PUBLIC_URL}{reverse('say:welcome', args=[form.slug])}"


def _get(request: ViewerRequest, engagement_id: UUID) -> tuple[Any, FormView | None]:
    check_may(request.viewer, "run_engagements")
    engagement = get_engagement(request.viewer, engagement_id)
    if engagement is None:
        raise Http404
    return engagement, get_form_of(request.viewer, engagement_id, timezone.localdate())


def change(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Open a public page, or change the one there is."""
    engagement, kept = _get(request, engagement_id)
    form = PublicFormForm(request.POST or None, initial=_start(engagement, kept))
    if form.is_valid():
        write = change_public_form if kept else open_public_form
        by, at = request.viewer, timezone.now()
        if try_to(form, lambda: write(engagement_id=engagement_id, terms=form.terms, by=by, at=at)):
            messages.success(request, _("Kept. This is the link to share."))
            return redirect("engagement:form", engagement_id)
    context = {"engagement": engagement, "form": form, "kept": kept}
    return render(request, "engagement/form_change.html", context)


def _start(engagement: Any, kept: FormView | None) -> dict[str, object]:
    if kept is None:
        first = _("What matters most to you about this?")
        return {
            **PublicFormForm.initial_questions([(first, "")], timezone.localdate()),
            "welcome": engagement.purpose,
        }
    questions = [(question.words, question.help_words) for question in kept.questions]
    return {
        **PublicFormForm.initial_questions(questions, kept.opens_on),
        "welcome": kept.welcome,
        "closes_on": kept.closes_on,
        "asks_facts": kept.asks_facts,
        "asks_contact": kept.asks_contact,
    }


def poster(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Show a poster to print: why, the code, the link."""
    engagement, form = _get(request, engagement_id)
    if form is None:
        raise Http404
    context = {"engagement": engagement, "form": form, "address": find_address(form)}
    return render(request, "engagement/poster.html", context)


def code(request: ViewerRequest, engagement_id: UUID) -> HttpResponse:
    """Answer with the QR code of a public page."""
    _engagement, form = _get(request, engagement_id)
    if form is None:
        raise Http404
    return HttpResponse(draw_qr_code(find_address(form)), content_type="image/svg+xml")
