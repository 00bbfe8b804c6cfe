"""What a year's disclosure may do next, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.partnership.models import Disclosure, DisclosureCheck

State = Disclosure.State
PUBLIC_STATES, OPEN_STATES = Disclosure.PUBLIC, Disclosure.OPEN
EARLIEST_YEAR, LATEST_YEAR = 2000, 2200
MOST_WORDS = 4_000
# From each state, where a disclosure may go; corrections follow publication and nothing leads back from there.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.COLLECTING: (State.RECONCILING,),
    State.RECONCILING: (State.COLLECTING, State.CHECKING),
    State.CHECKING: (State.COLLECTING, State.TO_APPROVE),
    State.TO_APPROVE: (State.COLLECTING, State.APPROVED),
    State.APPROVED: (State.COLLECTING, State.PUBLISHED),
    State.PUBLISHED: (State.CORRECTED,),
    State.CORRECTED: (State.CORRECTED,),
}
# The steps as a line, and the states in which somebody stands on each.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("collect", (State.COLLECTING,)),
    ("reconcile", (State.RECONCILING,)),
    ("check", (State.CHECKING,)),
    ("approve", (State.TO_APPROVE,)),
    ("publish", (State.APPROVED,)),
    ("correct", (State.PUBLISHED, State.CORRECTED)),
)


@dataclass(frozen=True)
class Gap:
    """Something reconciling found: in the way (`is_blocking`), or to look at. `url` leads to where it is mended."""

    kind: str
    title: str
    why: str
    is_blocking: bool
    url: str = ""


def check_year(year: int, on: date) -> None:
    """Refuse a year nobody can disclose."""
    check(
        EARLIEST_YEAR <= year <= LATEST_YEAR,
        f"{year} is not a year to disclose. Write it as 2026.",
        field="year",
    )
    check(
        year <= on.year,
        f"{year} has not begun. A disclosure begins in its own year at the earliest.",
        field="year",
    )


def check_can_move(disclosure: Disclosure, to: str) -> None:
    """Refuse a step the table does not hold."""
    if to not in MOVES[disclosure.state]:
        raise Refused(
            f"The disclosure of {disclosure.year} is “{disclosure.get_state_display()}”, so it cannot become "
            f"“{State(to).label}”. Load the page again to see what is next."
        )


def check_is_open(disclosure: Disclosure) -> None:
    """Refuse to compute rows anew once they wait for approval, are approved or are public."""
    check(
        disclosure.state in Disclosure.OPEN,
        f"The disclosure of {disclosure.year} is “{disclosure.get_state_display()}”: its rows stand. "
        "Send it back first, or, where it is published, add a correction.",
    )


def check_year_is_over(disclosure: Disclosure, on: date) -> None:
    """Refuse to go on before the year has ended: payments may still come."""
    check(
        on.year > disclosure.year,
        f"{disclosure.year} is not over: more may still be paid in it. Go on from 1 January {disclosure.year + 1}.",
    )


def check_nothing_blocks(gaps: list[Gap]) -> None:
    """Refuse to ask partners about rows that are not whole."""
    blocking = [gap for gap in gaps if gap.is_blocking]
    if blocking:
        named = " ".join(f"{gap.title}: {gap.why}" for gap in blocking[:3])
        raise Refused(f"{len(blocking)} rows cannot be published as they are. {named}")


def check_partners_had_time(
    disclosure: Disclosure, checks: list[DisclosureCheck], on: date, *, in_time: bool
) -> None:
    """Refuse to go on while partners may still answer, or while a question of theirs has no answer.

    `in_time` is whether everybody answered before the last day.
    """
    unanswered = [one for one in checks if one.answer == DisclosureCheck.Answer.LOOK and not one.reply]
    check(
        not unanswered,
        f"{len(unanswered)} organisations asked you to look at something and have no answer yet. Answer them first.",
    )
    due = disclosure.checks_due_on
    check(
        in_time or (due is not None and on > due),
        f"Partners may answer until {due:%-d %B %Y}. Go on after that day, or once everybody has answered."
        if due
        else "Partners have not been asked yet.",
    )


def check_another_person(disclosure: Disclosure, by: Viewer) -> None:
    """Refuse an approval by whoever prepared it."""
    check(
        by.person_id is None or by.person_id not in (disclosure.prepared_by_id, disclosure.begun_by_id),
        "You prepared this disclosure, so another person approves it.",
    )


def check_words(words: str, *, field: str, ask: str) -> str:
    """Return words without their edges; refuse none, or too many."""
    plain = words.strip()
    check(bool(plain), ask, field=field)
    check(
        len(plain) <= MOST_WORDS,
        _("Keep it under %(most)s characters.") % {"most": f"{MOST_WORDS:,}"},
        field=field,
    )
    return plain
