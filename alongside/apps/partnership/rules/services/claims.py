"""Claims: a fee is never an expense, a carer's cost says which need, and nobody checks their own."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, check
from alongside.apps.base.rules.money import write_money
from alongside.apps.partnership.rules.services.words import check_words

NEEDING = ("carer", "access")


@dataclass(frozen=True)
class LineTerms:
    """One expense as somebody typed it: an amount, or miles that become one."""

    kind: str
    happened_on: date
    words: str
    amount_pence: int | None = None
    miles: int | None = None
    need_words: str = ""
    is_need_withheld: bool = False
    has_receipt: bool = False


def miles_amount(miles: int, pence_a_mile: int) -> int:
    """Return what miles come to, in whole pence."""
    return miles * pence_a_mile


def check_line(
    terms: LineTerms,
    *,
    kinds: Collection[str],
    fee_words: Collection[str],
    pence_a_mile: int,
    on: date,
    has_need: bool,
) -> tuple[str, int, str]:
    """Return an expense's words, its amount in pence and the words about a need.

    `has_need` says whether a need is on record already. Raises Refused for a fee among the expenses, a day in the
    future, no amount, or a carer's cost without a need that is neither on record, nor named, nor kept to oneself.
    """
    check(terms.kind in kinds, _("Choose what it was for."), field="kind")
    words = check_words(
        terms.words, what=_("what it was for, such as “train to Larkmoor and back”"), field="words", most=300
    )
    _check_no_fee(words, fee_words)
    check(
        terms.happened_on <= on,
        _("This day is still to come. Claim it when you have paid."),
        field="happened_on",
    )
    amount = _read_amount(terms, pence_a_mile)
    need = check_words(
        terms.need_words, what=_("which need it was for"), field="need_words", most=300, needed=False
    )
    asks = terms.kind in NEEDING and not (has_need or need or terms.is_need_withheld)
    check(
        not asks,
        _(
            "Tell us which need this was for, in a few words, or tick that you would rather not say. "
            "Either way you can claim it."
        ),
        field="need_words",
    )
    return words, amount, need


def _check_no_fee(words: str, fee_words: Collection[str]) -> None:
    found = next(
        (one for one in fee_words if re.search(rf"\b{re.escape(one)}\b", words, re.IGNORECASE)), None
    )
    if found:
        raise Refused(
            _(
                "“%(found)s” sounds like pay for your time. That is claimed as your fee, apart from what you spent. "
                "Describe only what you spent here."
            )
            % {"found": found},
            field="words",
        )


def _read_amount(terms: LineTerms, pence_a_mile: int) -> int:
    check(
        terms.amount_pence is None or terms.miles is None,
        _("Write either an amount or miles, not both."),
        field="amount",
    )
    check(terms.miles is None or terms.kind == "travel", _("Miles belong to travel."), field="miles")
    amount = terms.amount_pence if terms.miles is None else miles_amount(terms.miles, pence_a_mile)
    if amount is None or amount <= 0:
        raise Refused(_("Write how much you paid, such as 12.40."), field="amount")
    return amount


def check_can_claim_fee(*, state: str, taken_pence: int | None, has_claimed_fee: bool) -> bool:
    """Return whether a new claim holds the fee: the work is done, there is one to pay, and none claimed it yet."""
    return state == "done" and bool(taken_pence) and not has_claimed_fee


def check_can_send(
    *,
    fee_pence: int | None,
    lines_pence: int,
    most_pence: int | None,
    claimed_before_pence: int,
    currency: str,
) -> None:
    """Refuse to send a claim that holds nothing, or expenses above what was agreed."""
    check(bool(fee_pence) or lines_pence > 0, _("There is nothing to claim yet. Add what you spent first."))
    if most_pence is not None:
        check(
            claimed_before_pence + lines_pence <= most_pence,
            _(
                "Your expenses come to %(sum)s; we agreed up to %(most)s. "
                "Talk to us: nobody should be worse off, and the agreement can be changed."
            )
            % {
                "sum": write_money(claimed_before_pence + lines_pence, currency),
                "most": write_money(most_pence, currency),
            },
        )


def check_another_person(by_id: UUID | None, claimant_id: UUID) -> None:
    """Refuse somebody who checks their own claim."""
    check(by_id != claimant_id, _("Somebody else must check this: it is your own claim."))
