"""How a concern may move, who may move it, and what must be written down each time."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.apps.base.rules import Refused, check
from alongside.apps.engagement.models import Concern, ConcernEvent, ConcernKind, Urgency

# From each state, the states that may come next. Nothing else moves a concern: no theme, no closed engagement.
CONCERN_MOVES: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"taken"}),
    "taken": frozenset({"waiting", "confirmed", "none"}),
    "confirmed": frozenset({"forwarded", "closed"}),
    "forwarded": frozenset({"forwarded", "closed"}),
    "none": frozenset({"taken"}),
    "closed": frozenset({"taken"}),
}
_NOT_YET: Mapping[str, str] = {
    "waiting": gettext_noop("Take it on first, so that others see that you are looking."),
    "taken": gettext_noop("Decide first whether it is one."),
    "confirmed": gettext_noop("It has been decided that this is one. Forward it or close it."),
    "forwarded": gettext_noop("It has been forwarded. Forward it again or close it."),
    "none": gettext_noop("It was decided that this is none. Open it again first."),
    "closed": gettext_noop("It is closed. Open it again first."),
}
MOST_RAISED_IN_TEN_MINUTES = 30
MOST_WORDS = 4_000
A_DAY = timedelta(days=1)
REMIND_BEFORE = timedelta(hours=4)
# How the page somebody was on is named: a page of ours, and at most one id. Nothing typed can stand in it.
ABOUT = re.compile(
    r"^(?P<page>[a-z_]{1,30}:[a-z_]{1,40})(?:/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$"
)


def check_concern_move(state: str, wanted: str) -> None:
    """Raise Refused, saying what comes first, unless a concern may become what is wanted now."""
    check(wanted in CONCERN_MOVES[state], _(_NOT_YET[state]))


def check_reason(reason: str) -> str:
    """Return a reason without outer blanks. Raise Refused where there is none or it is too long."""
    kept = reason.strip()
    check(bool(kept), _("Write why, in a sentence somebody else will understand."), field="reason")
    check(len(kept) <= MOST_WORDS, _("Shorten it to 4,000 characters."), field="reason")
    return kept


def check_what_happened(words: str) -> str:
    """Return a raiser's words. Raise Refused where there are none, too many, or a NUL among them."""
    check(bool(words.strip()), _("Write what it is about, in your own words."), field="words")
    check(len(words) <= MOST_WORDS, _("Shorten it to 4,000 characters."), field="words")
    check("\x00" not in words, _("Take the NUL character out of the words."), field="words")
    return words


def check_kind(kind: str) -> None:
    """Raise Refused for a kind that does not exist."""
    check(kind in ConcernKind.values, _("Choose what it is about."), field="kind")


def check_urgency(urgency: str) -> None:
    """Raise Refused for an urgency that does not exist."""
    check(urgency in Urgency.values, _("Choose how soon somebody must look."), field="urgency")


def check_decided_kind(kind: str, is_one: bool) -> None:
    """Raise Refused where somebody decides that it is one and does not say of which kind."""
    check_kind(kind)
    check(
        not is_one or kind != ConcernKind.UNSURE,
        _("Choose which kind it is, so that it goes to the right desk."),
        field="kind",
    )


def check_forwarding(*, to: str, channel: str, sent_at: datetime, raised_at: datetime, at: datetime) -> str:
    """Return to whom it went. Raise Refused where that, the way, or a believable time is missing."""
    kept = to.strip()
    check(bool(kept), _("Write which organisation or desk has it now."), field="to")
    check(len(kept) <= 200, _("Shorten it to 200 characters."), field="to")
    check(channel in ConcernEvent.Channel.values, _("Choose how it was sent."), field="channel")
    check(sent_at <= at, _("It cannot have been sent in the future."), field="sent_at")
    to_the_minute = raised_at.replace(second=0, microsecond=0)  # people write minutes
    check(sent_at >= to_the_minute, _("It cannot have been sent before it arrived here."), field="sent_at")
    return kept


def check_outcome(outcome: str, was_forwarded: bool) -> None:
    """Raise Refused where an outcome does not exist, or speaks of a forwarding there was none of."""
    check(outcome in Concern.Outcome.values, _("Choose how it ended."), field="outcome")
    check(
        outcome != Concern.Outcome.ACKNOWLEDGED or was_forwarded,
        _("It was not forwarded from here. Record the forwarding first, or choose another ending."),
        field="outcome",
    )


def check_raise_rate(raised_lately: int) -> None:
    """Raise Refused where more arrive from the public than people send; says whom to ring instead."""
    if raised_lately >= MOST_RAISED_IN_TEN_MINUTES:
        raise Refused(
            _(
                "Very many messages are arriving right now, so this one was not kept. "
                "Try again in ten minutes. If somebody is in danger, call 999."
            )
        )


def read_about(about: str) -> tuple[str, str]:
    """Return the page and the id that a link from the frame names, or two empty texts where it names none."""
    match = ABOUT.match(about)
    return (match["page"], match["id"] or "") if match else ("", "")


def is_reminder_due(concern: Concern, at: datetime) -> bool:
    """Return whether somebody should be reminded now: near its deadline or past it, or to be seen at once."""
    is_near = concern.urgency == Urgency.NOW or concern.due_at - at <= REMIND_BEFORE
    return is_near and concern.state in (Concern.State.WAITING, Concern.State.TAKEN)


def is_a_day_late(concern: Concern, at: datetime) -> bool:
    """Return whether nobody decided for a whole day after the deadline."""
    return at - concern.due_at >= A_DAY and concern.state in (Concern.State.WAITING, Concern.State.TAKEN)


def hash_evidence(text: str, start: int, end: int) -> str:
    """Return the digest of a part of a text."""
    return hashlib.sha256(text[start:end].encode("utf-8", "surrogatepass")).hexdigest()


def words_place(concern_id: UUID) -> str:
    """Return where a raiser's words lie, for the vault."""
    return f"engagement_concern:{concern_id}:words"


def contact_place(concern_id: UUID) -> str:
    """Return where a raiser's contact lies, for the vault."""
    return f"engagement_concern:{concern_id}:contact"
