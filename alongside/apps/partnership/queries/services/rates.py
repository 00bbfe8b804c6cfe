"""Rate cards as anybody who deals with paid work reads them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.paid_work import list_shipped_cards
from alongside.apps.partnership.models import RateCard, RateLine


@dataclass(frozen=True)
class RateChoice:
    """One line somebody can choose for an offer."""

    id: UUID
    band: str
    words: str
    amount_pence: int


def list_rate_cards(viewer: Viewer) -> "QuerySet[RateCard]":
    """Return every rate card with its lines, those of one scheme together, the newest first."""
    if not viewer.may("see_payments"):
        return RateCard.objects.none()
    return RateCard.objects.select_related("scheme").prefetch_related("lines")


def get_rate_card(viewer: Viewer, card_id: UUID) -> RateCard | None:
    """Return one rate card."""
    return list_rate_cards(viewer).filter(id=card_id).first()


def list_rate_choices(viewer: Viewer, on: date) -> list[RateChoice]:
    """Return the lines of the cards that hold on a day."""
    if not viewer.may("see_payments"):
        return []
    holds = Q(card__valid_to=None) | Q(card__valid_to__gte=on)
    lines = RateLine.objects.filter(holds, card__valid_from__lte=on).select_related("card__scheme")
    return [
        RateChoice(one.id, one.band, f"{one.card.scheme.name}: {one.task}", one.amount_pence)
        for one in lines.order_by("card__scheme__name", "card__valid_from", "position")
    ]


def list_missing_cards(viewer: Viewer) -> list[str]:
    """Return the titles of cards that come with Alongside and are not there yet."""
    if not viewer.may("change_rate_cards"):
        return []
    here = set(RateCard.objects.filter(is_shipped=True).values_list("scheme__name", "valid_from"))
    return [card.title for card in list_shipped_cards() if (card.scheme, card.valid_from) not in here]


def list_scheme_names(viewer: Viewer) -> list[str]:
    """Return the names of schemes that have cards."""
    names = list_rate_cards(viewer).order_by("scheme__name").values_list("scheme__name", flat=True)
    return list(dict.fromkeys(names))
