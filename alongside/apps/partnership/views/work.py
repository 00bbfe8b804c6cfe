"""A person's own paid work: what is asked, what to know before an answer, what to claim, when the money comes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.presenters import find_url
from alongside.apps.base.rules import Viewer, ViewerRequest
from alongside.apps.base.views.pages import try_to
from alongside.apps.partnership.bridge.paid_work import get_notice, list_notice_digests
from alongside.apps.partnership.forms.paid_work import WordsForm
from alongside.apps.partnership.forms.work import ChoiceForm, ExpenseForm
from alongside.apps.partnership.operations.services.answers import (
    accept_offer,
    decline_offer,
    record_notice_shown,
)
from alongside.apps.partnership.operations.services.claims import add_expense, drop_expense, send_claim
from alongside.apps.partnership.presenters.paid_work import (
    as_line,
    choice_words,
    kind_choices,
    list_own_payments,
)
from alongside.apps.partnership.queries.services.days import get_days_to_pay
from alongside.apps.partnership.queries.services.offers import (
    OfferView,
    get_own_offer,
    list_own_offers,
    was_shown,
)
from alongside.apps.partnership.rules.services import check_takes_work
from alongside.apps.people.queries import list_organisations


def work(request: ViewerRequest) -> HttpResponse:
    """Show what waits for this person, what is under way, and what they are owed."""
    check_takes_work(request.viewer)
    views = list_own_offers(request.viewer)
    lines = [as_line(one) for one in views]
    context = {
        "waiting": [one for one in lines if one.view.stage == "unanswered"],
        "to_claim": [one for one in lines if _asks_for_claim(one.view)],
        "under_way": [
            one
            for one in lines
            if one.view.stage not in ("unanswered", "declined", "paid") and not _asks_for_claim(one.view)
        ],
        "past": [one for one in lines if one.view.stage in ("declined", "paid")],
        "owed": sum(one.owed_pence for one in views if one.offer.capacity == "themselves"),
        "today": timezone.localdate(),
        "has_any": bool(lines),
    }
    return render(request, "partnership/work/list.html", context)


def _asks_for_claim(view: OfferView) -> bool:
    claim = view.open_claim
    return view.stage == "unclaimed" or (claim is not None and claim.state == "queried")


def offer(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Show one offer in plain words: what, how long, what it pays, what is paid back, what helps."""
    found = _get(request, offer_id)
    one = found.offer
    context = {
        "found": found,
        "offer": one,
        "line": as_line(found),
        "choice": choice_words(one),
        "agreement_url": _agreement_url(request.viewer, found),
        "may_step_back": one.state == "accepted",
        "needs_url": find_url("needs:mine"),
    }
    return render(request, "partnership/work/offer.html", context)


def _agreement_url(viewer: Viewer, found: OfferView) -> str:
    """Return where this reader finds the agreement: among their own, or among their organisation's."""
    agreement = found.agreement
    if agreement is None:
        return ""
    if agreement.capacity == "themselves":
        return find_url("work:agreement", str(agreement.id))
    is_theirs = viewer.partner_id is not None and viewer.partner_id == agreement.organisation_id
    return find_url("ours:agreement", str(agreement.id)) if is_theirs else ""


def notice(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Show what to know about benefits, and keep that it was shown."""
    found = _get(request, offer_id)
    at = timezone.now()
    language = get_language() or ""
    record_notice_shown(offer_id=offer_id, by=request.viewer, at=at, language=language)
    context = {"offer": found.offer, "notice": get_notice(timezone.localdate(at), language)}
    return render(request, "partnership/work/notice.html", context)


def choose(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Say yes, and how to be paid or not; only after the notice was shown."""
    viewer = request.viewer
    found = _get(request, offer_id)
    one = found.offer
    is_own = one.capacity == "themselves"
    shown = list_notice_digests(timezone.localdate())
    if request.method == "GET" and is_own and not was_shown(viewer, one, shown):
        return redirect("work:notice", offer_id)
    charities = [(each.id, each.name) for each in list_organisations(viewer, kind="charity")]
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        charities=charities,
        has_fee=is_own and one.fee_pence is not None,
    )
    if request.method == "POST" and form.is_valid():
        at, words = timezone.now(), form.cleaned_data["words"]

        def save() -> bool:
            accept_offer(offer_id=offer_id, choice=form.chosen(), words=words, by=viewer, at=at)
            return True

        if try_to(form, save):
            messages.success(request, _("Thank you for saying yes. We send you an agreement to read next."))
            return redirect("work:offer", offer_id)
    return render(request, "partnership/work/choose.html", {"form": form, "offer": one, "is_own": is_own})


def decline(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Say no thank you, or step back; no reason is needed."""
    found = _get(request, offer_id)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("Is there anything you would like to tell us?"),
        hint=_("You do not have to give a reason."),
        needed=False,
    )
    if request.method == "POST" and form.is_valid():
        at, words = timezone.now(), form.cleaned_data["words"]

        def save() -> bool:
            decline_offer(offer_id=offer_id, words=words, by=request.viewer, at=at)
            return True

        if try_to(form, save):
            messages.success(request, _("Thank you for letting us know."))
            return redirect("work:list")
    return render(request, "partnership/work/decline.html", {"form": form, "offer": found.offer})


def claim(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Add what was spent, one by one."""
    viewer = request.viewer
    found = _get(request, offer_id)
    today = timezone.localdate()
    form = ExpenseForm(request.POST if request.method == "POST" else None, kinds=kind_choices())
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        if try_to(
            form, lambda: add_expense(offer_id=offer_id, terms=form.terms(), by=viewer, at=at, on=today)
        ):
            return redirect("work:claim", offer_id)
    open_claim = found.open_claim
    own = next((one for one in found.claims if open_claim and one.claim.id == open_claim.id), None)
    fee_claimed = any(one.claim.fee_pence for one in found.claims if one is not own)
    fee = found.offer.taken_pence if found.offer.state == "done" and not fee_claimed else None
    context = {
        "form": form,
        "found": found,
        "offer": found.offer,
        "claim": own,
        "fee": fee or 0,
        "total": (fee or 0) + (own.expenses_pence if own else 0),
        "may_claim": found.may_claim,
        "days": get_days_to_pay(viewer, today),
    }
    return render(request, "partnership/work/claim.html", context)


@require_POST
def drop(request: ViewerRequest, expense_id: UUID) -> HttpResponse:
    """Take an expense out again."""
    check_takes_work(request.viewer)
    offer_id = drop_expense(expense_id=expense_id, by=request.viewer, at=timezone.now())
    return redirect("work:claim", offer_id)


@require_POST
def send(request: ViewerRequest, offer_id: UUID) -> HttpResponse:
    """Send the claim."""
    _get(request, offer_id)
    send_claim(offer_id=offer_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Sent. You can see here when each step is done."))
    return redirect("work:payments")


def payments(request: ViewerRequest) -> HttpResponse:
    """Show what is owed and what was paid, each step with its day."""
    check_takes_work(request.viewer)
    today = timezone.localdate()
    views = [one for one in list_own_offers(request.viewer) if one.offer.capacity == "themselves"]
    context = {
        "payments": list_own_payments(views, today),
        "gifts": [one.offer for one in views if one.offer.given_pence and one.offer.state == "done"],
        "days": get_days_to_pay(request.viewer, today),
    }
    return render(request, "partnership/work/payments.html", context)


def _get(request: ViewerRequest, offer_id: UUID) -> OfferView:
    check_takes_work(request.viewer)
    found = get_own_offer(request.viewer, offer_id)
    if found is None:
        raise Http404
    return found
