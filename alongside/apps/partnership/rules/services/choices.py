"""How somebody is paid, or not: all, a part, to a charity, nothing. Every answer is as good as another."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check
from alongside.apps.base.rules.money import write_money

ALL, PART, CHARITY, PART_AND_CHARITY, NOTHING = "all", "part", "charity", "part_charity", "nothing"
CHOICES = (ALL, PART, CHARITY, PART_AND_CHARITY, NOTHING)


@dataclass(frozen=True)
class Choice:
    """What a person chose: `own_pence` counts for the two kinds of part, a charity for the two that give."""

    kind: str
    own_pence: int | None = None
    charity_id: UUID | None = None
    charity_name: str = ""


def check_choice(choice: Choice, fee_pence: int | None, currency: str = "GBP") -> tuple[int | None, int]:
    """Return what is paid to the person and what goes to a charity, in pence; (None, 0) where there is no fee.

    Raises Refused where a part is not between nothing and the whole, or a gift names no charity.
    """
    if fee_pence is None:
        return None, 0
    check(choice.kind in CHOICES, _("Choose how you would like to be paid, or not."), field="choice")
    if choice.kind in (CHARITY, PART_AND_CHARITY):
        named = choice.charity_id is not None or bool(choice.charity_name.strip())
        check(named, _("Choose a charity from the list, or write its name."), field="charity_name")
    if choice.kind in (PART, PART_AND_CHARITY):
        whole = write_money(fee_pence, currency)
        wanted = choice.own_pence
        check(
            wanted is not None and 0 < wanted < fee_pence,
            _("Write how much you would like, more than nothing and less than %(whole)s.") % {"whole": whole},
            field="own",
        )
    own = {ALL: fee_pence, PART: choice.own_pence, PART_AND_CHARITY: choice.own_pence}.get(choice.kind) or 0
    given = fee_pence - own if choice.kind in (CHARITY, PART_AND_CHARITY) else 0
    return own, given


def read_choice(fee_pence: int | None, taken_pence: int | None, given_pence: int) -> str:
    """Return which choice two amounts mean; "" where there was no fee to choose about."""
    if fee_pence is None or taken_pence is None:
        return ""
    if taken_pence == fee_pence:
        return ALL
    if given_pence:
        return PART_AND_CHARITY if taken_pence else CHARITY
    return PART if taken_pence else NOTHING
