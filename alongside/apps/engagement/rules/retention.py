"""Until when an engagement's words may be kept, and how a deletion moves."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check
from alongside.apps.engagement.models import EngagementDeletion

State = EngagementDeletion.State
ALLOWED_DELETION_MOVES: Mapping[str, frozenset[str]] = {
    State.PREVIEWED: frozenset({State.CONFIRMED, State.POSTPONED}),
    State.CONFIRMED: frozenset({State.DONE}),
    State.POSTPONED: frozenset(),
    State.DONE: frozenset(),
}


def add_years(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def get_default_keep_until(
    *, starts_on: date, ends_on: date | None, closed_at: datetime | None, years: int
) -> date | None:
    """Return until when words are kept where nobody set a day; None while the engagement has no end yet."""
    if ends_on is None and closed_at is None:
        return None
    ended = max(
        day for day in (starts_on, ends_on, closed_at.date() if closed_at else None) if day is not None
    )
    return add_years(ended, years)


def check_keep_until(keep_until: date, *, starts_on: date, reason: str) -> None:
    """Refuse a day before the engagement began, and one without a reason."""
    check(
        keep_until >= starts_on,
        _("Words cannot be deleted before they were said. Choose a later day."),
        field="keep_until",
    )
    check(bool(reason.strip()), _("Write why these words are kept until then."), field="reason")


def check_deletion_move(state: str, wanted: str) -> None:
    """Refuse a move that the table does not hold."""
    words = dict(State.choices)
    check(
        wanted in ALLOWED_DELETION_MOVES[state],
        _("This deletion is “%(state)s”, so it cannot become “%(wanted)s”.")
        % {"state": words[State(state)], "wanted": words[State(wanted)]},
    )
