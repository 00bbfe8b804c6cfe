"""What of paid work belongs to a person's day: their own offers, claims to check, needs to approve, rates that end."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import RateCard, ServiceClaim, ServiceNeed, ServiceOffer
from alongside.science.values.trail import DayItem

SOON = timedelta(days=30)
MOST = 20


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the lines of a day: what one was offered, what waits for the team, what finance should renew."""
    items: list[DayItem] = []
    if viewer.may("take_paid_work") or viewer.may("speak_for_organisation"):
        items += _own(viewer, on)
    if viewer.may("offer_paid_work"):
        items += [*_claims(viewer), *_papers(viewer), *_answers(viewer, on)]
    if viewer.may("certify_agreements") or viewer.may("offer_paid_work"):
        items += _needs(viewer)
    if viewer.may("change_rate_cards"):
        items += _rates(on)
    return items


def _own(viewer: Viewer, on: date) -> Iterator[DayItem]:
    mine = ServiceOffer.objects.for_viewer(viewer).filter(person_id=viewer.own_id)
    for offer in mine.filter(state=ServiceOffer.State.OFFERED).order_by("answer_by")[:MOST]:
        yield DayItem(
            group="late" if offer.answer_by < on else "needs_you",
            title=offer.title,
            url=reverse("work:offer", args=[offer.id]),
            detail=_("You are asked to help. Please answer by"),
            on=offer.answer_by,
        )
    for claim in ServiceClaim.objects.filter(offer__in=mine, state="queried").select_related("offer")[:MOST]:
        detail = _("There is a question about your claim")
        yield DayItem("needs_you", claim.offer.title, reverse("work:claim", args=[claim.offer_id]), detail)
    done = mine.filter(state=ServiceOffer.State.DONE, taken_pence__gt=0)
    for offer in done.exclude(claims__fee_pence__isnull=False)[:MOST]:
        detail = _("Your work is done. Claim your fee and what you spent")
        yield DayItem("needs_you", offer.title, reverse("work:claim", args=[offer.id]), detail)


def _claims(viewer: Viewer) -> Iterator[DayItem]:
    waiting = ServiceClaim.objects.for_viewer(viewer).filter(state="sent").select_related("offer__person")
    for claim in waiting.order_by("sent_at")[:MOST]:
        yield DayItem(
            group="needs_you",
            title=_("Claim of %(name)s") % {"name": claim.offer.person.name},
            url=reverse("services:check_claim", args=[claim.id]),
            detail=_("Check it, so that it can be paid. Sent"),
            on=claim.sent_at.date() if claim.sent_at else None,
        )


def _papers(viewer: Viewer) -> Iterator[DayItem]:
    accepted = ServiceOffer.objects.for_viewer(viewer).filter(
        state=ServiceOffer.State.ACCEPTED, agreement=None
    )
    for offer in accepted.select_related("person")[:MOST]:
        yield DayItem(
            group="needs_you",
            title=offer.title,
            url=reverse("services:offer", args=[offer.id]),
            detail=_("%(name)s said yes. Draft the agreement; work starts by") % {"name": offer.person.name},
            on=offer.starts_on,
        )


def _answers(viewer: Viewer, on: date) -> Iterator[DayItem]:
    silent = ServiceOffer.objects.for_viewer(viewer).filter(
        state=ServiceOffer.State.OFFERED, answer_by__lt=on, offered_by_id=viewer.own_id
    )
    for offer in silent[:MOST]:
        detail = _("No answer yet; it was asked for by")
        yield DayItem(
            "late", offer.title, reverse("services:offer", args=[offer.id]), detail, offer.answer_by
        )


def _needs(viewer: Viewer) -> Iterator[DayItem]:
    drafts = ServiceNeed.objects.for_viewer(viewer).filter(state=ServiceNeed.State.DRAFT)
    for need in drafts.exclude(author_id=viewer.own_id)[:MOST]:
        detail = _("A need to approve before anybody is chosen")
        yield DayItem("needs_you", need.title, reverse("services:need", args=[need.id]), detail)


def _rates(on: date) -> Iterator[DayItem]:
    for card in RateCard.objects.filter(valid_to__gte=on, valid_to__lte=on + SOON).select_related("scheme"):
        if not card.scheme.cards.filter(valid_from__gt=card.valid_from).exists():
            detail = _("No rates follow these. They end on")
            yield DayItem("needs_you", card.title, reverse("services:rate_cards"), detail, card.valid_to)
