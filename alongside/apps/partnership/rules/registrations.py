"""States of a registration with their classes, who fits in, and codes and tokens that only their holder knows."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check
from alongside.apps.partnership.models import Event, Registration

State = Registration.State
# No letter or digit that could be read as another.
_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


@dataclass(frozen=True)
class StateClass:
    """What a state means for counting: its class, whether the person counts as taking part, whether a place is held."""

    name: str
    is_counted: bool
    holds_place: bool


CLASSES: Mapping[str, StateClass] = {
    State.WAITING: StateClass("waiting", is_counted=False, holds_place=False),
    State.OFFERED: StateClass("waiting", is_counted=False, holds_place=True),
    State.REGISTERED: StateClass("coming", is_counted=True, holds_place=True),
    State.ATTENDED: StateClass("came", is_counted=True, holds_place=True),
    State.NO_SHOW: StateClass("away", is_counted=False, holds_place=True),
    State.CANCELLED: StateClass("away", is_counted=False, holds_place=False),
    State.LAPSED: StateClass("away", is_counted=False, holds_place=False),
}
# From each state, where a registration may go, by whom it was asked or by the clock.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.WAITING: (State.OFFERED, State.REGISTERED, State.CANCELLED),
    State.OFFERED: (State.REGISTERED, State.CANCELLED, State.LAPSED),
    State.REGISTERED: (State.CANCELLED, State.ATTENDED, State.NO_SHOW),
    State.ATTENDED: (State.NO_SHOW,),
    State.NO_SHOW: (State.ATTENDED,),
    State.CANCELLED: (),
    State.LAPSED: (),
}


@dataclass(frozen=True)
class Places:
    """How many places an event has and how many are held, for people and for carers who come with them."""

    capacity: int
    carer_places: int
    held: int
    carers_held: int

    def fits(self, *, brings_carer: bool) -> bool:
        """Return whether one more person fits, with their carer where one comes along."""
        return self.held < self.capacity and (not brings_carer or self.carers_held < self.carer_places)

    @property
    def is_full(self) -> bool:
        """Return whether no further person fits."""
        return self.held >= self.capacity

    def take(self, *, brings_carer: bool) -> "Places":
        """Return the places after one more person came in."""
        return Places(self.capacity, self.carer_places, self.held + 1, self.carers_held + brings_carer)


def find_next(places: Places, waiting: Iterable[tuple[str, bool]]) -> list[str]:
    """Return whom to offer a place, in order: `waiting` are ids with whether a carer comes along, the first first.

    Nobody is passed by, but for want of a carer's place.
    """
    found = []
    for key, brings_carer in waiting:
        if places.fits(brings_carer=brings_carer):
            found.append(key)
            places = places.take(brings_carer=brings_carer)
    return found


def check_can_register(event: Event, at: datetime) -> None:
    """Refuse a registration for what is not open, or has begun."""
    check(
        event.state in Event.TAKES_PEOPLE and event.starts_at > at,
        _("This event takes no registrations now."),
    )


def check_can_move(registration: Registration, to: str) -> None:
    """Refuse a change of state that the table does not hold."""
    check(
        to in MOVES[registration.state],
        _("This place is “%(now)s”, so that cannot be done any more.")
        % {"now": registration.get_state_display()},
    )


def check_few_lately(number: int, most: int) -> None:
    """Refuse where more registrations arrive at once than people send; no address is kept to find that out."""
    check(
        number < most,
        _("Very many registrations are arriving right now. Please send yours again in ten minutes."),
    )


def make_receipt_code() -> str:
    """Return a code to write down: four groups of four letters and digits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(4))


def hash_code(code: str) -> str:
    """Return the digest of a receipt code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def make_token() -> str:
    """Return the secret of a calendar's address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return the digest of a calendar's secret."""
    return hashlib.sha256(token.encode()).hexdigest()
