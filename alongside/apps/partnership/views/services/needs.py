"""Needs: the list, one need, writing, approving and closing it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.paid_work import NeedForm, WordsForm
from alongside.apps.partnership.operations.services.needs import (
    approve_need,
    change_need,
    close_need,
    write_need,
)
from alongside.apps.partnership.presenters.paid_work import as_line, draw_need_filters
from alongside.apps.partnership.queries.services.needs import (
    NeedView,
    get_need,
    list_engagement_choices,
    list_needs,
)
from alongside.apps.partnership.queries.services.offers import OfferFilters, list_offers, view_offers
from alongside.apps.partnership.rules.services import check_may_approve

ROWS_A_PAGE = 50


def needs(request: ViewerRequest) -> HttpResponse:
    """List what was needed from people, and how many were found."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    words = request.GET.get("words", "").strip()[:100]
    states, chips = draw_need_filters(request.GET)
    context = {
        "page": get_page(
            request, list_needs(viewer, words=words, state=request.GET.get("state", "")), ROWS_A_PAGE
        ),
        "states": states,
        "chips": chips,
        "may_offer": viewer.may("offer_paid_work"),
    }
    return render(request, "partnership/services/needs.html", context)


def need(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Show one need, whoever was offered work under it, and what to do next."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    found = _get(request, need_id)
    page = get_page(request, list_offers(viewer, OfferFilters(need=need_id)), ROWS_A_PAGE)
    is_author = found.need.author_id == viewer.person_id
    may_approve = (viewer.may("certify_agreements") or viewer.may("offer_paid_work")) and not is_author
    context = {
        "found": found,
        "need": found.need,
        "page": page,
        "lines": [as_line(one) for one in view_offers(viewer, page.object_list)],
        "may_offer": viewer.may("offer_paid_work"),
        "may_approve": may_approve,
    }
    return render(request, "partnership/services/need.html", context)


def new_need(request: ViewerRequest) -> HttpResponse:
    """Write down a need, before anybody is chosen."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    form = NeedForm(request.POST or None, engagements=list_engagement_choices(viewer))
    if form.is_valid():
        at = timezone.now()
        made = try_to(form, lambda: write_need(terms=form.terms(), by=viewer, at=at))
        if made:
            return redirect("services:need", made)
    return render(request, "partnership/services/need_form.html", {"form": form})


def change(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Change a need nobody was offered work under yet."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    found = _get(request, need_id)
    one = found.need
    initial = {
        "title": one.title,
        "what": one.what,
        "why": one.why,
        "criteria": one.criteria,
        "selector": one.selector,
        "most_people": one.most_people,
        "engagement": one.engagement_id,
    }
    form = NeedForm(request.POST or None, engagements=list_engagement_choices(viewer), initial=initial)
    if form.is_valid():
        at = timezone.now()

        def save() -> bool:
            change_need(need_id=need_id, terms=form.terms(), by=viewer, at=at)
            return True

        if try_to(form, save):
            return redirect("services:need", need_id)
    return render(request, "partnership/services/need_form.html", {"form": form, "need": one})


@require_POST
def approve(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Approve a need that somebody else wrote."""
    check_may_approve(request.viewer)
    _get(request, need_id)
    approve_need(need_id=need_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Approved. People may be offered this work now."))
    return redirect("services:need", need_id)


def close(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Close a need with what its work was used for."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    found = _get(request, need_id)
    form = WordsForm(
        request.POST or None,
        label=_("What was the work used for?"),
        hint=_("Whoever did it may ask, and so may an auditor"),
    )
    if form.is_valid():
        at, words = timezone.now(), form.cleaned_data["words"]

        def save() -> bool:
            close_need(need_id=need_id, use_made=words, by=viewer, at=at)
            return True

        if try_to(form, save):
            return redirect("services:need", need_id)
    return render(request, "partnership/services/close_need.html", {"form": form, "need": found.need})


def _get(request: ViewerRequest, need_id: UUID) -> NeedView:
    found = get_need(request.viewer, need_id)
    if found is None:
        raise Http404
    return found
