"""Times at a place, kept as moments: an hour that a clock skips or shows twice is never guessed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from alongside.apps.base.rules import Refused, check

TIME_ZONE = "Europe/London"
WHICH = ("", "first", "second")


def read_local(
    day: date, at: time, *, which: str = "", time_zone: str = TIME_ZONE, field: str = "starts_at"
) -> datetime:
    """Return the moment, in UTC, at which clocks in a zone show this time on this day.

    `which` is "first" or "second" where the clocks go back and show the time twice. Raises Refused for a time that
    clocks skip, and for one shown twice where nobody said which.
    """
    check(which in WHICH, "Choose the first or the second of the two.", field=field)
    zone = ZoneInfo(time_zone)
    local = datetime.combine(day, at.replace(tzinfo=None))
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:
        return early
    shown = early.astimezone(zone).replace(tzinfo=None)
    if shown != local:
        raise Refused(
            f"There is no {at:%H:%M} on {day:%-d %B %Y}: the clocks go forward and skip it. "
            f"Choose {late.astimezone(zone):%H:%M}, {early.astimezone(zone):%H:%M} or another time.",
            field=field,
        )
    if not which:
        raise Refused(
            f"The clocks show {at:%H:%M} twice on {day:%-d %B %Y}, because they go back. "
            "Say whether it is the first time (summer time) or the second.",
            field=field,
        )
    return early if which == "first" else late


def as_local(moment: datetime, time_zone: str = TIME_ZONE) -> datetime:
    """Return a moment as clocks in a zone show it."""
    return moment.astimezone(ZoneInfo(time_zone))


def find_which(moment: datetime, time_zone: str = TIME_ZONE) -> str:
    """Return "first" or "second" for a moment whose time is shown twice, nothing for any other."""
    local = as_local(moment, time_zone)
    other = local.replace(fold=1 - local.fold)
    if other.astimezone(UTC) == local.astimezone(UTC):
        return ""
    return "second" if local.fold else "first"
