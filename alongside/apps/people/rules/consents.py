"""What the consent ledger knows: the uses, who made a line, and what somebody ended for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import check

# The uses in the order people are asked; to end the first is to end everything.
PURPOSES = ("analyse", "quote_inside", "quote_public", "share_partners", "contact_again")
EVERYTHING = frozenset(PURPOSES)
# Lines that say what a person themselves chose; the others say what we did.
BY_THE_PERSON = frozenset(
    {"public_form", "receipt", "private_link", "account", "phone", "paper", "in_person", "carried_over"}
)
# How a colleague may have heard that somebody changed their mind.
HEARD_BY = {"phone": _("By phone"), "paper": _("On paper"), "in_person": _("In person")}


@dataclass(frozen=True)
class Choice:
    """One line as far as it says what a person chose: what happened, how, and what is allowed since."""

    event: str
    how: str
    allowed: frozenset[str]
    at: datetime

    @property
    def is_the_persons(self) -> bool:
        """Return whether the person chose this themselves."""
        return self.how in BY_THE_PERSON and self.event != "other_basis"


def find_ended(choices: Iterable[Choice]) -> frozenset[str]:
    """Return the uses a person ended and has not given again; `choices` are one person's, oldest first.

    What somebody never allowed is not ended: only a line that changes or withdraws ends anything, and from then on
    their own last word holds.
    """
    last: Choice | None = None
    has_ended = False
    for choice in choices:
        if choice.is_the_persons:
            last = choice
            has_ended = has_ended or choice.event in ("changed", "withdrawn")
    return EVERYTHING - last.allowed if last is not None and has_ended else frozenset()


def expand_uses(uses: Iterable[str]) -> frozenset[str]:
    """Return every use that ends with these: without analysis nothing else makes sense. Raise Refused for others."""
    wanted = frozenset(uses)
    check(bool(wanted), "Choose what should stop.", field="uses")
    check(wanted <= EVERYTHING, "Choose one of the uses on this page.", field="uses")
    return EVERYTHING if "analyse" in wanted else wanted


def check_heard_by(how: str, given_at: datetime, at: datetime) -> None:
    """Refuse a way a colleague cannot have heard it, and a moment that has not come yet."""
    check(how in HEARD_BY, "Choose how they told us.", field="how")
    check(given_at <= at, "Enter a day that is not in the future.", field="given_on")
