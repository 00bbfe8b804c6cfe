"""Rate cards: added with their lines, ended, never changed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.paid_work import list_shipped_cards
from alongside.apps.partnership.models import RateCard, RateLine, RateScheme
from alongside.apps.partnership.rules.services import (
    CardTerms,
    Span,
    check_card,
    check_no_overlap,
    check_scheme,
)


@transaction.atomic
def add_rate_card(*, terms: CardTerms, by: Viewer, at: datetime) -> UUID:
    """Add a rate card; Refused where another of its scheme holds on one of its days."""
    check_may(by, "change_rate_cards")
    check_card(terms)
    scheme = _lock_scheme(check_scheme(terms.scheme), at)
    _check_free(scheme, Span(terms.title, terms.valid_from, terms.valid_to))
    card = RateCard.objects.create(
        scheme=scheme,
        title=terms.title.strip(),
        source=terms.source.strip(),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        is_shipped=terms.is_shipped,
        added_by_id=by.person_id,
        added_at=at,
    )
    RateLine.objects.bulk_create(
        RateLine(
            card=card,
            position=place,
            band=line.band,
            task=line.task,
            amount_pence=line.amount_pence,
            status=line.status,
            note=line.note,
        )
        for place, line in enumerate(terms.lines)
    )
    record_audit(by=by, at=at, operation="add_rate_card", on=card, detail={"lines": len(terms.lines)})
    return card.id


@transaction.atomic
def end_rate_card(*, card_id: UUID, last_day: date, by: Viewer, at: datetime) -> None:
    """End a rate card on a day, so that the next one can begin; a card that has ended stays as it was."""
    check_may(by, "change_rate_cards")
    scheme = RateScheme.objects.select_for_update().filter(cards__id=card_id).first()
    if scheme is None:
        raise Refused("That rate card is not there.")
    card = RateCard.objects.get(id=card_id)
    check(card.valid_to is None, "This card has its last day already. Add a new card for new rates.")
    check(last_day >= card.valid_from, "The last day is before the first.", field="last_day")
    card.valid_to = last_day
    card.save(update_fields=["valid_to"])
    record_audit(by=by, at=at, operation="end_rate_card", on=card)


@transaction.atomic
def add_shipped_cards(*, by: Viewer, at: datetime) -> int:
    """Add the rate cards that come with Alongside and are not there yet; return how many were added."""
    check_may(by, "change_rate_cards")
    added = 0
    for terms in list_shipped_cards():
        scheme = _lock_scheme(terms.scheme, at)
        if not scheme.cards.filter(valid_from=terms.valid_from, is_shipped=True).exists():
            add_rate_card(terms=terms, by=by, at=at)
            added += 1
    return added


def _lock_scheme(name: str, at: datetime) -> RateScheme:
    """Return a scheme, held until the transaction ends, so that its cards are added one after the other."""
    RateScheme.objects.get_or_create(name=name, defaults={"created_at": at})
    return RateScheme.objects.select_for_update().get(name=name)


def _check_free(scheme: RateScheme, span: Span) -> None:
    others = [Span(one.title, one.valid_from, one.valid_to) for one in scheme.cards.order_by("valid_from")]
    check_no_overlap(span, others)
