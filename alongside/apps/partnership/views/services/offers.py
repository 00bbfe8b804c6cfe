"""Offers: the list, one offer, making one, and each step of the team with it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.agreements.queries import AgreementLine, list_agreement_lines
from alongside.apps.base.operations import record_export
from alongside.apps.base.presenters import find_url
from alongside.apps.base.rules import Viewer, ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.paid_work import (
    DoneForm,
    GiftForm,
    OfferForm,
    UseAgreementForm,
    WordsForm,
)
from alongside.apps.partnership.operations.services.claims import choose_charity, give_to_charity
from alongside.apps.partnership.operations.services.offers import (
    draft_offer_agreement,
    finish_work,
    offer_work,
    start_work,
    use_agreement,
    withdraw_offer,
)
from alongside.apps.partnership.presenters.paid_work import (
    EXPORT_COLUMNS,
    STEP_WORDS,
    as_line,
    capacity_choices,
    choice_words,
    draw_filters,
    export_rows,
    next_step,
    standing_choices,
)
from alongside.apps.partnership.queries.services.days import get_days_to_pay
from alongside.apps.partnership.queries.services.needs import get_need
from alongside.apps.partnership.queries.services.offers import (
    OfferFilters,
    OfferView,
    get_offer,
    list_history,
    list_offers,
    view_offers,
)
from alongside.apps.partnership.queries.services.people import list_people_to_ask
from alongside.apps.partnership.queries.services.rates import list_rate_choices
from alongside.apps.people.queries import list_organisations, select_partners

ROWS_A_PAGE = 50
MOST_NAMED = 8  # partners in one message


def _read_filters(request: ViewerRequest) -> OfferFilters:
    get = request.GET.get
    return OfferFilters(
        words=get("words", "").strip()[:100],
        stage=get("stage", ""),
        capacity=get("capacity", ""),
        standing=get("standing", ""),
    )


def offers(request: ViewerRequest) -> HttpResponse:
    """List the work people were offered, how far it is, and how fast they are paid."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    page = get_page(request, list_offers(viewer, _read_filters(request)), ROWS_A_PAGE)
    context = {
        "page": page,
        "lines": [as_line(one) for one in view_offers(viewer, page.object_list, with_agreements=False)],
        "filters": draw_filters(request.GET),
        "query": request.GET.urlencode(),
        "days": get_days_to_pay(viewer, timezone.localdate()),
        "may_offer": viewer.may("offer_paid_work"),
    }
    return render(request, "partnership/services/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_payments")
    if kind not in ("csv", "xlsx"):
        raise Http404
    found = list_offers(request.viewer, _read_filters(request))
    record_export(
        what="paid_work",
        object_type="partnership.serviceoffer",
        object_ids=[],
        ending=kind,
        by=request.viewer,
        at=timezone.now(),
        rows=found.count(),
    )
    return download(kind, "paid-work", EXPORT_COLUMNS, export_rows(found.iterator(chunk_size=500)))


def offer(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Show one offer whole: what was asked and answered, its agreement, its claims, what to do next."""
    viewer = request.viewer
    check_may(viewer, "see_payments")
    found = _get(request, offer_id)
    step, why = next_step(viewer, found)
    one = found.offer
    context = {
        "found": found,
        "offer": one,
        "line": as_line(found),
        "choice": choice_words(one),
        "step": step,
        "why": why,
        "agreement_url": find_url("agreements:agreement", str(one.agreement_id)) if one.agreement_id else "",
        "history": [(STEP_WORDS.get(line.became, line.became), line) for line in list_history(viewer, one)],
        "may_withdraw": viewer.may("offer_paid_work") and one.state in ("offered", "accepted", "working"),
        "may_give": viewer.may("ask_for_payments") and one.given_pence > 0 and one.gift_payment_id is None,
    }
    return render(request, "partnership/services/offer.html", context)


def new_offer(request: ViewerRequest, need_id: UUID) -> HttpResponse:
    """Offer work to somebody under an approved need."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    need = get_need(viewer, need_id)
    if need is None:
        raise Http404
    today = timezone.localdate()
    form = OfferForm(
        request.POST or None,
        people=list_people_to_ask(viewer),
        find_organisations=partial(_find_partners, viewer),
        rates=[(one.id, one.words, one.amount_pence) for one in list_rate_choices(viewer, today)],
        standings=standing_choices(),
        capacities=capacity_choices(),
        initial={"title": need.need.title, "capacity": "themselves"},
    )
    if form.is_valid():
        at = timezone.now()
        made = try_to(
            form, lambda: offer_work(terms=form.terms(), need_id=need_id, by=viewer, at=at, on=today)
        )
        if made:
            messages.success(request, _("Offered. They see it when they sign in."))
            return redirect("services:offer", made)
    return render(
        request, "partnership/services/offer_form.html", {"form": form, "found": need, "need": need.need}
    )


@require_POST
def draft_agreement(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Draft the agreement of an accepted offer."""
    check_may(request.viewer, "offer_paid_work")
    _get(request, offer_id)
    agreement_id = draft_offer_agreement(offer_id=offer_id, by=request.viewer, at=timezone.now())
    address = find_url("agreements:agreement", str(agreement_id))
    return redirect(address or reverse("services:offer", args=[offer_id]))


def use(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Put accepted work under an agreement that is there already."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    found = _get(request, offer_id)
    one = found.offer
    lines = list_agreement_lines(
        viewer, person_id=one.person_id, organisation_id=one.organisation_id, kinds=["service"]
    )
    choices = [(each.id, f"{each.reference} {each.title}") for each in lines if each.capacity == one.capacity]
    form = UseAgreementForm(request.POST or None, agreements=choices)
    if form.is_valid():
        at, agreement_id = timezone.now(), form.cleaned_data["agreement"]

        def save() -> bool:
            use_agreement(offer_id=offer_id, agreement_id=agreement_id, by=viewer, at=at)
            return True

        if try_to(form, save):
            return redirect("services:offer", offer_id)
    return render(request, "partnership/services/use.html", {"form": form, "offer": one})


@require_POST
def start(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Let the work begin."""
    check_may(request.viewer, "offer_paid_work")
    _get(request, offer_id)
    start_work(offer_id=offer_id, by=request.viewer, at=timezone.now(), on=timezone.localdate())
    return redirect("services:offer", offer_id)


def finish(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Say that the work was done."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    found = _get(request, offer_id)
    today = timezone.localdate()
    form = DoneForm(request.POST or None, initial={"done_on": today})
    if form.is_valid():
        at, done_on = timezone.now(), form.cleaned_data["done_on"]

        def save() -> bool:
            finish_work(offer_id=offer_id, done_on=done_on, by=viewer, at=at, on=today)
            return True

        if try_to(form, save):
            return redirect("services:offer", offer_id)
    return render(request, "partnership/services/finish.html", {"form": form, "offer": found.offer})


def withdraw(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Take an offer back with a reason."""
    viewer = request.viewer
    check_may(viewer, "offer_paid_work")
    found = _get(request, offer_id)
    form = WordsForm(request.POST or None, label=_("Why?"), hint=_("The person reads it"))
    if form.is_valid():
        at, words = timezone.now(), form.cleaned_data["words"]

        def save() -> bool:
            withdraw_offer(offer_id=offer_id, words=words, by=viewer, at=at)
            return True

        if try_to(form, save):
            return redirect("services:offer", offer_id)
    return render(request, "partnership/services/withdraw.html", {"form": form, "offer": found.offer})


def give(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Make the gift somebody asked for: our donation, under our agreement with that charity."""
    viewer = request.viewer
    check_may(viewer, "ask_for_payments")
    found = _get(request, offer_id)
    one = found.offer
    if one.given_pence == 0:
        raise Http404
    charities = [(each.id, each.name) for each in list_organisations(viewer, kind="charity")]
    lines = _donations(viewer, one.charity_id)
    form = GiftForm(
        request.POST or None,
        charities=charities,
        agreements=[(each.id, f"{each.reference} {each.title}") for each in lines],
    )
    if form.is_valid():
        at, data = timezone.now(), form.cleaned_data

        def save() -> bool:
            if one.charity_id is None:
                choose_charity(offer_id=offer_id, charity_id=data["charity"], by=viewer, at=at)
            else:
                give_to_charity(offer_id=offer_id, agreement_id=data["agreement"], by=viewer, at=at)
            return True

        needed = "charity" if one.charity_id is None else "agreement"
        if data[needed] is None:
            form.add_error(needed, form.fields[needed].error_messages["required"])
        elif try_to(form, save):
            return redirect("services:give" if one.charity_id is None else "services:offer", offer_id)
    context = {"form": form, "offer": one, "has_agreement": bool(lines)}
    return render(request, "partnership/services/give.html", context)


def _donations(viewer: Viewer, charity_id: UUID | None) -> list[AgreementLine]:
    if charity_id is None:
        return []
    return list(
        list_agreement_lines(viewer, organisation_id=charity_id, kinds=["donation"], in_force_only=True)
    )


def _find_partners(viewer: Viewer, words: str) -> list[tuple[UUID, str]]:
    """Return the partner that is called so, or the first whose names hold these words."""
    partners = select_partners(viewer).exclude(kind="company").order_by("name").values_list("id", "name")
    exact = list(partners.filter(name__iexact=words)[:1])
    return exact or list(partners.filter(name__icontains=words)[:MOST_NAMED])


def _get(request: ViewerRequest, offer_id: UUID) -> OfferView:
    found = get_offer(request.viewer, offer_id)
    if found is None:
        raise Http404
    return found
