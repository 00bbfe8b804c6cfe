"""Rate cards: the list, a new one, the end of one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.paid_work import CardForm, EndCardForm
from alongside.apps.partnership.operations.services.rates import (
    add_rate_card,
    add_shipped_cards,
    end_rate_card,
)
from alongside.apps.partnership.queries.services.rates import (
    get_rate_card,
    list_missing_cards,
    list_rate_cards,
)

CARDS_A_PAGE = 20


def rate_cards(request: ViewerRequest) -> HttpResponse:
    """Show every rate card with its lines, and which holds today."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    context = {
        "page": get_page(request, list_rate_cards(viewer), CARDS_A_PAGE),
        "missing": list_missing_cards(viewer),
        "today": timezone.localdate(),
        "may_change": viewer.may("change_rate_cards"),
    }
    return render(request, "partnership/services/rate_cards.html", context)


def new_rate_card(request: ViewerRequest) -> HttpResponse:
    """Add a rate card, typed or from a file."""
    viewer = request.viewer
    check_may(viewer, "change_rate_cards")
    form = CardForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        at = timezone.now()
        if try_to(form, lambda: add_rate_card(terms=form.terms(), by=viewer, at=at)):
            return redirect("services:rate_cards")
    return render(request, "partnership/services/rate_card_form.html", {"form": form})


def end(request: ViewerRequest, card_id: UUID) -> HttpResponse:
    """End a rate card, so that the next one can begin."""
    viewer = request.viewer
    check_may(viewer, "change_rate_cards")
    card = get_rate_card(viewer, card_id)
    if card is None:
        raise Http404
    form = EndCardForm(request.POST or None)
    if form.is_valid():
        at, last_day = timezone.now(), form.cleaned_data["last_day"]

        def save() -> bool:
            end_rate_card(card_id=card_id, last_day=last_day, by=viewer, at=at)
            return True

        if try_to(form, save):
            return redirect("services:rate_cards")
    return render(request, "partnership/services/end_rate_card.html", {"form": form, "card": card})


@require_POST
def add_shipped(request: ViewerRequest) -> HttpResponse:
    """Add the rate cards that come with Alongside."""
    added = add_shipped_cards(by=request.viewer, at=timezone.now())
    words = ngettext("One rate card was added.", "%(number)s rate cards were added.", added) % {
        "number": added
    }
    messages.success(request, words if added else _("They are all here already."))
    return redirect("services:rate_cards")
