"""Somebody's own consents: what they agreed to, and a button to end each use; no account is needed."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import Refused, ViewerRequest
from alongside.apps.engagement.operations import Ending, end_member_uses, end_uses
from alongside.apps.engagement.presenters import draw_plain_markdown
from alongside.apps.engagement.presenters.consents import (
    EVENTS,
    HOW,
    describe_fate,
    describe_published,
    label_text,
    list_stopped,
    list_use_rows,
)
from alongside.apps.engagement.queries.consents import (
    Agreement,
    list_own_agreements,
    list_speaker_agreements,
)
from alongside.apps.engagement.rules.asking import Asker, recall_asker, remember_asker
from alongside.apps.people.rules.consents import EVERYTHING, PURPOSES


def _card(agreement: Agreement) -> dict[str, object]:
    return {
        "agreement": agreement,
        "name": label_text(agreement.text_key) if agreement.text_key else "",
        "body": draw_plain_markdown(agreement.body),
        "uses": list_use_rows(agreement),
        "history": [(line, EVENTS[line.event], HOW[line.how]) for line in agreement.lines],
        "where": [describe_published(use) for use in agreement.where],
    }


def _find(agreements: list[Agreement], wanted: str) -> Agreement | None:
    return next((one for one in agreements if str(one.id) == wanted), None)


def _read_uses(request: ViewerRequest) -> frozenset[str]:
    use = request.POST.get("use", "")
    return EVERYTHING if use == "everything" else frozenset({use} & set(PURPOSES))


@login_not_required
@never_cache
def consents(request: ViewerRequest) -> HttpResponse:
    """Show what the holder of a receipt or a private link agreed to."""
    asker = recall_asker(request.session, timezone.now())
    if asker is None:
        return render(request, "engagement/own/closed.html", status=404)
    return _show(request, asker)


def _show(request: ViewerRequest, asker: Asker, refusal: str = "") -> HttpResponse:
    cards = [_card(one) for one in list_speaker_agreements(asker.speaker_ids)]
    return render(request, "engagement/own/consents.html", {"cards": cards, "refusal": refusal})


@login_not_required
@require_POST
@never_cache
def end(request: ViewerRequest) -> HttpResponse:
    """End one use, or everything, of what one of these agreements allows."""
    asker = recall_asker(request.session, timezone.now())
    if asker is None:
        return render(request, "engagement/own/closed.html", status=404)
    agreement = _find(list_speaker_agreements(asker.speaker_ids), request.POST.get("agreement", ""))
    if agreement is None:
        return redirect("own:consents")
    at = timezone.now()
    try:
        ending = Ending(_read_uses(request), how=asker.how, given_at=at)
        end_uses(speaker_ids=[agreement.id], ending=ending, by=request.viewer, at=at)
    except Refused as refusal:
        return _show(request, asker, refusal.reason)
    remember_asker(request.session, asker.speaker_ids, how=asker.how, until=asker.until, ended=agreement.id)
    return redirect("own:ended")


@login_not_required
@never_cache
def ended(request: ViewerRequest) -> HttpResponse:
    """Say what stops now, and what had been published before."""
    asker = recall_asker(request.session, timezone.now())
    if asker is None or asker.ended is None:
        return render(request, "engagement/own/closed.html", status=404)
    agreement = _find(list_speaker_agreements(asker.speaker_ids), str(asker.ended))
    if agreement is None or agreement.last_ending is None:
        return redirect("own:consents")
    return _say_what_stopped(request, agreement, "engagement/own/ended.html", "own:consents")


def _say_what_stopped(request: ViewerRequest, agreement: Agreement, template: str, back: str) -> HttpResponse:
    line = agreement.last_ending
    context = {
        "agreement": agreement,
        "line": line,
        "stopped": list_stopped(line) if line else [],
        "published": [(describe_published(one), describe_fate(one)) for one in agreement.was_published],
        "back": back,
    }
    return render(request, template, context)


@never_cache
def yours(request: ViewerRequest) -> HttpResponse:
    """Show a signed-in person what they agreed to."""
    return _show_yours(request)


def _show_yours(request: ViewerRequest, refusal: str = "") -> HttpResponse:
    cards = [_card(one) for one in list_own_agreements(request.viewer)]
    return render(request, "engagement/consents/yours.html", {"cards": cards, "refusal": refusal})


@require_POST
@never_cache
def end_yours(request: ViewerRequest) -> HttpResponse:
    """End one use, or everything, of what a signed-in person agreed to."""
    agreement = _find(list_own_agreements(request.viewer), request.POST.get("agreement", ""))
    if agreement is None:
        return redirect("consents:yours")
    at = timezone.now()
    try:
        end_member_uses(
            member_id=agreement.id,
            uses=_read_uses(request),
            how="account",
            given_at=at,
            by=request.viewer,
            at=at,
        )
    except Refused as refusal:
        return _show_yours(request, refusal.reason)
    return redirect("consents:yours_ended", agreement.id)


@never_cache
def yours_ended(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Say to a signed-in person what stops now."""
    agreement = _find(list_own_agreements(request.viewer), str(agreement_id))
    if agreement is None or agreement.last_ending is None:
        return redirect("consents:yours")
    return _say_what_stopped(request, agreement, "engagement/consents/yours_ended.html", "consents:yours")
