"""Choosing what an insight stands on."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.engagement.queries import get_voice
from alongside.apps.insight import operations
from alongside.apps.insight.forms import FigureForm, ListForm, QuoteForm
from alongside.apps.insight.presenters import ListPages
from alongside.apps.insight.queries import InsightPage, get_insight_page, get_theme_page, list_insight_voices
from alongside.apps.insight.rules.sentences import split_sentences

VOICES_ON_A_PAGE = 25


def choose(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Show the most telling quotes of the insight's themes, and every voice in them, to choose evidence from."""
    page = _get_page(request, insight_id)
    words = ListForm(request.GET).value("q") or ""
    told = [get_theme_page(request.viewer, theme_id) for theme_id, _name in page.themes]
    listed = list_insight_voices(request.viewer, insight_id, words)
    voices = Paginator(ListPages(listed), VOICES_ON_A_PAGE).get_page(request.GET.get("page"))
    used = {(line.quote.voice_id, line.quote.start) for line in page.quotes if line.quote}
    context = {
        "page": page,
        "themes": [one for one in told if one],
        "voices": voices,
        "words": words,
        "used": used,
    }
    return render(request, "insight/choose_evidence.html", context)


def quote(request: ViewerRequest, insight_id: UUID, voice_id: UUID) -> HttpResponse:
    """Choose a sentence of one voice, or paste words of it, as evidence."""
    page = _get_page(request, insight_id)
    voice = get_voice(request.viewer, voice_id)
    if voice is None:
        raise Http404
    form = QuoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = form.get_place()
        try:
            if place:
                operations.add_quote(
                    by=request.viewer,
                    at=timezone.now(),
                    insight_id=insight_id,
                    voice_id=voice_id,
                    start=place[0],
                    end=place[1],
                )
            else:
                operations.add_quoted_words(
                    by=request.viewer,
                    at=timezone.now(),
                    insight_id=insight_id,
                    voice_id=voice_id,
                    words=form.cleaned_data["words"],
                )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Added as evidence."))
            return redirect("insight:insight", insight_id)
    context = {"page": page, "voice": voice, "sentences": split_sentences(voice.text), "form": form}
    return render(request, "insight/quote.html", context)


def figure(request: ViewerRequest, insight_id: UUID) -> HttpResponse:
    """Add a number or ratings as evidence."""
    page = _get_page(request, insight_id)
    form = FigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_figure(
                by=request.viewer,
                at=timezone.now(),
                insight_id=insight_id,
                kind=form.cleaned_data["kind"],
                figure=form.get_figure(),
            )
        except Refused as refusal:
            add_refusal(form, refusal.field, refusal.reason)
        else:
            messages.success(request, _("Added as evidence."))
            return redirect("insight:insight", insight_id)
    return render(request, "insight/figure.html", {"page": page, "form": form})


@require_POST
def remove(request: ViewerRequest, evidence_id: UUID) -> HttpResponse:
    """Take a piece of evidence away."""
    insight_id = operations.remove_evidence(by=request.viewer, at=timezone.now(), evidence_id=evidence_id)
    messages.success(request, _("Taken away."))
    return redirect("insight:insight", insight_id)


def _get_page(request: ViewerRequest, insight_id: UUID) -> InsightPage:
    check_may(request.viewer, "write_insights")
    page = get_insight_page(request.viewer, insight_id)
    if page is None:
        raise Http404
    return page
