"""Offers as the team and the person read them: lists, one offer, and each step with its day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.apps.agreements.queries import AgreementLine, get_agreement_line
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Payment, ServiceClaim, ServiceOffer
from alongside.apps.people.queries import get_names

CLAIM = "service_claim"
State = ServiceOffer.State
STAGES = (
    "unanswered",
    "agreement",
    "ready",
    "working",
    "unclaimed",
    "to_check",
    "paying",
    "paid",
    "declined",
)


@dataclass(frozen=True)
class OfferFilters:
    """What a list of offers is narrowed to; empty means everything."""

    words: str = ""
    stage: str = ""
    capacity: str = ""
    standing: str = ""
    need: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class HistoryLine:
    """One step of an offer: when, by whom, what, in which words."""

    at: datetime
    who: str
    became: str
    words: str


@dataclass(frozen=True)
class ClaimView:
    """One claim with its expenses summed and the payments that came of it."""

    claim: ServiceClaim
    expenses_pence: int
    payments: tuple[Payment, ...]

    @property
    def total_pence(self) -> int:
        """Return fee and expenses together."""
        return (self.claim.fee_pence or 0) + self.expenses_pence

    @property
    def paid_on(self) -> date | None:
        """Return the day the last of its payments was paid, once all of them were."""
        days = [one.paid_on for one in self.payments]
        return max(one for one in days if one) if days and all(days) else None


@dataclass(frozen=True)
class OfferView:
    """One offer whole: its agreement where the viewer may see it, its claims, its history."""

    offer: ServiceOffer
    agreement: AgreementLine | None
    claims: tuple[ClaimView, ...]
    stage: str

    @property
    def open_claim(self) -> ServiceClaim | None:
        """Return the claim that is being filled in, checked, or came back."""
        return next((one.claim for one in self.claims if one.claim.state in ServiceClaim.OPEN), None)

    @property
    def owed_pence(self) -> int:
        """Return what was claimed and is not paid yet."""
        return sum(
            one.total_pence for one in self.claims if one.claim.state != "draft" and one.paid_on is None
        )

    @property
    def kept_pence(self) -> int:
        """Return the part of the fee nobody wanted to be paid."""
        offer = self.offer
        return (offer.fee_pence or 0) - (offer.taken_pence or 0) - offer.given_pence

    @property
    def may_claim(self) -> bool:
        """Return whether the person can claim something now."""
        is_open = self.open_claim is None or self.open_claim.state in ("draft", "queried")
        return is_open and self.offer.agreement_id is not None and self.offer.state in ServiceOffer.TAKEN


def list_offers(viewer: Viewer, filters: OfferFilters) -> "QuerySet[ServiceOffer]":
    """Return the offers a viewer may see, narrowed, the newest first."""
    found = ServiceOffer.objects.for_viewer(viewer).filter(_narrow(filters))
    if filters.words:
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(reference__icontains=filters.words)
            | Q(person__name__icontains=filters.words)
            | Q(organisation__name__icontains=filters.words)
        )
    return found.select_related(
        "person", "organisation", "need", "agreement", "charity", "gift_payment"
    ).order_by("-offered_at", "-id")


def _narrow(filters: OfferFilters) -> Q:
    narrowed = _stage_filter(filters.stage)
    if filters.capacity in ServiceOffer.Capacity.values:
        narrowed &= Q(capacity=filters.capacity)
    if filters.standing in ServiceOffer.Standing.values:
        narrowed &= Q(standing=filters.standing)
    if filters.need:
        narrowed &= Q(need_id=filters.need)
    if filters.person:
        narrowed &= Q(person_id=filters.person)
    return narrowed


def _stage_filter(stage: str) -> Q:
    claims = ServiceClaim.objects.filter(offer_id=OuterRef("id"))
    unpaid = Payment.objects.filter(source_kind=CLAIM, source_id=OuterRef("id"), paid_on=None)
    unpaid = unpaid.exclude(state=Payment.State.CANCELLED)
    checked = claims.filter(state="checked")
    filters = {
        "unanswered": Q(state=State.OFFERED),
        "agreement": Q(state=State.ACCEPTED),
        "working": Q(state=State.WORKING),
        "unclaimed": Q(state=State.DONE) & ~Exists(claims.exclude(state="draft")),
        "to_check": Exists(claims.filter(state="sent")),
        "paying": Exists(checked.filter(Exists(unpaid))),
        "paid": Exists(checked) & ~Exists(checked.filter(Exists(unpaid))),
        "declined": Q(state__in=[State.DECLINED, State.WITHDRAWN]),
        "gifts": Q(given_pence__gt=0, gift_payment=None, state=State.DONE),
    }
    return Q(filters.get(stage, Q()))


def view_offers(
    viewer: Viewer, offers: Iterable[ServiceOffer], *, with_agreements: bool = False
) -> list[OfferView]:
    """Return offers with their claims and payments, in three queries however many there are."""
    every = list(offers)
    claims = ServiceClaim.objects.filter(offer__in=every).prefetch_related("lines").order_by("begun_at", "id")
    by_offer: dict[UUID, list[ServiceClaim]] = defaultdict(list)
    for claim in claims:
        by_offer[claim.offer_id].append(claim)
    payments = _find_payments([claim.id for found in by_offer.values() for claim in found])
    return [
        _view(viewer, offer, by_offer[offer.id], payments, with_agreements=with_agreements) for offer in every
    ]


def get_offer(viewer: Viewer, offer_id: UUID) -> OfferView | None:
    """Return one offer the viewer may see."""
    found = list_offers(viewer, OfferFilters()).filter(id=offer_id)
    views = view_offers(viewer, found.select_related("rate_line__card"), with_agreements=True)
    return views[0] if views else None


def get_own_offer(viewer: Viewer, offer_id: UUID) -> OfferView | None:
    """Return one offer that was made to this viewer."""
    found = get_offer(viewer, offer_id)
    return found if found and found.offer.person_id == viewer.own_id else None


def list_own_offers(viewer: Viewer) -> list[OfferView]:
    """Return every offer that was made to this viewer, the newest first."""
    return view_offers(viewer, list_offers(viewer, OfferFilters(person=viewer.own_id)))


def list_history(viewer: Viewer, offer: ServiceOffer) -> list[HistoryLine]:
    """Return each step of an offer, the first first, with names where the viewer may know them."""
    events = list(offer.events.all())
    names = get_names(viewer, {one.by_id for one in events if one.by_id})
    return [
        HistoryLine(one.at, names.get(one.by_id, "") if one.by_id else "", one.became, one.words)
        for one in events
    ]


def _find_payments(claim_ids: Sequence[UUID]) -> Mapping[UUID, list[Payment]]:
    found: dict[UUID, list[Payment]] = defaultdict(list)
    payments = Payment.objects.filter(source_kind=CLAIM, source_id__in=claim_ids)
    for one in payments.exclude(state=Payment.State.CANCELLED).order_by("category", "asked_at"):
        if one.source_id:
            found[one.source_id].append(one)
    return found


def _view(
    viewer: Viewer,
    offer: ServiceOffer,
    claims: Sequence[ServiceClaim],
    payments: Mapping[UUID, Sequence[Payment]],
    *,
    with_agreements: bool,
) -> OfferView:
    seen = [one for one in claims if one.state != "draft" or offer.person_id == viewer.own_id]
    views = tuple(
        ClaimView(one, sum(line.amount_pence for line in one.lines.all()), tuple(payments.get(one.id, ())))
        for one in seen
    )
    agreement = _find_agreement(viewer, offer) if with_agreements else None
    return OfferView(offer, agreement, views, find_stage(offer, views))


def _find_agreement(viewer: Viewer, offer: ServiceOffer) -> AgreementLine | None:
    if offer.agreement_id is None:
        return None
    try:
        return get_agreement_line(viewer, offer.agreement_id)
    except Refused:
        return None


def find_stage(offer: ServiceOffer, claims: Sequence[ClaimView]) -> str:
    """Return how far an offer is, as one word of STAGES."""
    if offer.state in (State.DECLINED, State.WITHDRAWN):
        return "declined"
    if offer.state == State.OFFERED:
        return "unanswered"
    if any(one.claim.state in ("sent", "queried") for one in claims):
        return "to_check"
    checked = [one for one in claims if one.claim.state == "checked"]
    if any(one.paid_on is None for one in checked):
        return "paying"
    if offer.state == State.DONE:
        return "paid" if checked or not offer.taken_pence else "unclaimed"
    if offer.state == State.WORKING:
        return "working"
    paper = offer.agreement
    return "ready" if paper is not None and paper.state in paper.IN_FORCE else "agreement"


def was_shown(viewer: Viewer, offer: ServiceOffer, digests: Collection[str]) -> bool:
    """Return whether this viewer was shown a notice with one of these digests for this offer."""
    return offer.readings.filter(person_id=viewer.own_id, text_sha256__in=digests).exists()
