"""What may not happen with paid work: needs, rate cards, offers, claims; and how fast people are paid."""

from alongside.apps.partnership.rules.services.choices import Choice, check_choice, read_choice
from alongside.apps.partnership.rules.services.claims import (
    LineTerms,
    check_another_person,
    check_can_claim_fee,
    check_can_send,
    check_line,
    miles_amount,
)
from alongside.apps.partnership.rules.services.days import DaysToPay, measure_days
from alongside.apps.partnership.rules.services.rates import (
    CardTerms,
    LineWords,
    Span,
    check_card,
    check_fee_fits,
    check_no_overlap,
    check_scheme,
)
from alongside.apps.partnership.rules.services.states import (
    NeedTerms,
    OfferTerms,
    check_can_offer,
    check_may_approve,
    check_move,
    check_need,
    check_need_is_free,
    check_notice_shown,
    check_offer,
    check_places,
    check_takes_work,
)
from alongside.apps.partnership.rules.services.words import check_words

__all__ = [
    "CardTerms",
    "Choice",
    "DaysToPay",
    "LineTerms",
    "LineWords",
    "NeedTerms",
    "OfferTerms",
    "Span",
    "check_another_person",
    "check_can_claim_fee",
    "check_can_offer",
    "check_can_send",
    "check_card",
    "check_choice",
    "check_fee_fits",
    "check_line",
    "check_may_approve",
    "check_move",
    "check_need",
    "check_need_is_free",
    "check_no_overlap",
    "check_notice_shown",
    "check_offer",
    "check_places",
    "check_scheme",
    "check_takes_work",
    "check_words",
    "measure_days",
    "miles_amount",
    "read_choice",
]
