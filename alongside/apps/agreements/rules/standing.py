"""The table of states of an agreement, and what each step asks for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement, AgreementVersion
from alongside.apps.base.rules import Refused, Viewer, check

State = Agreement.State

# From each state, where an agreement may go.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.DRAFT: (State.PARTNER_REVIEW, State.REJECTED),
    State.PARTNER_REVIEW: (State.CERTIFIED, State.DRAFT, State.REJECTED),
    State.CERTIFIED: (State.SIGNED, State.DRAFT, State.REJECTED),
    State.SIGNED: (State.ACTIVE, State.TERMINATED),
    State.ACTIVE: (State.COMPLETED, State.TERMINATED),
    State.COMPLETED: (State.CLOSED,),
    State.CLOSED: (),
    State.REJECTED: (),
    State.TERMINATED: (),
}
EDITABLE = (State.DRAFT, State.PARTNER_REVIEW)
NEEDS_REASON = (State.DRAFT, State.REJECTED, State.TERMINATED)


def list_next_states(state: str) -> tuple[str, ...]:
    """Return the states an agreement may go to from this one."""
    return MOVES[state]


def check_move(agreement: Agreement, to: str, words: str = "") -> None:
    """Refuse a step the table does not hold, or one that lacks its reason."""
    here = agreement.get_state_display()
    if to == agreement.state:
        raise Refused(_("This agreement is already “%(here)s”.") % {"here": here})
    possible = [str(State(one).label) for one in MOVES[agreement.state]]
    next_words = (
        _("From here it can become: %(states)s.") % {"states": ", ".join(possible)}
        if possible
        else _("It has ended.")
    )
    check(
        to in MOVES[agreement.state],
        _("An agreement that is “%(here)s” cannot become “%(next)s”. %(next_words)s")
        % {"here": here, "next": State(to).label, "next_words": next_words},
    )
    if to in NEEDS_REASON:
        check(bool(words.strip()), _("Say why. The reason stands in the history."), field="words")


def check_can_edit(agreement: Agreement) -> None:
    """Refuse to change words somebody has certified or signed, with what would do instead."""
    if agreement.state == State.CERTIFIED:
        raise Refused(
            "This agreement is certified, so its words stand. Take it back to draft with a reason; "
            "then it is certified again."
        )
    check(
        agreement.state in EDITABLE,
        f"This agreement is “{agreement.get_state_display()}”, so its words stand. "
        "Write an agreement that replaces it.",
    )


def check_is_shown_version(agreement: Agreement, version: AgreementVersion, number: int, sha256: str) -> None:
    """Refuse where what somebody read is not what the agreement says now."""
    if (number, sha256) != (agreement.version_number, version.document_sha256):
        raise Refused(
            _(
                "The agreement changed while you read: it is now version %(version)s. "
                "Read it again, then decide."
            )
            % {"version": agreement.version_number}
        )


def check_can_certify(
    agreement: Agreement, by: Viewer, writer_ids: Collection[UUID | None], blocking: Sequence[str]
) -> None:
    """Refuse a certifier who wrote any of it, a step too early, or a paper that a rule stands in the way of."""
    check_move(agreement, State.CERTIFIED)
    if by.person_id is not None and by.person_id in {agreement.author_id, *writer_ids}:
        raise Refused(
            "You wrote this agreement or a version of it, so somebody else certifies it. Ask another certifier."
        )
    check_nothing_blocks(blocking, what="certified")


def check_nothing_blocks(blocking: Sequence[str], *, what: str) -> None:
    """Refuse with every rule that stands in the way."""
    if blocking:
        raise Refused(f"This agreement cannot be {what} yet. {' '.join(blocking)}")


def check_can_sign(agreement: Agreement, signed_on: date, at: datetime, *, has_signed: bool) -> None:
    """Refuse a signature before the certificate, after the start, in the future, or twice by one side."""
    check_move(agreement, State.SIGNED)
    check(not has_signed, _("This side has signed already."))
    check(signed_on <= at.date(), _("The day of signing cannot lie in the future."), field="signed_on")
    if agreement.certified_at is not None and signed_on < agreement.certified_at.date():
        raise Refused(
            _("It was certified on %(day)s, and is signed after that. Check the day.")
            % {"day": date_format(agreement.certified_at, "j F Y")},
            field="signed_on",
        )
    if signed_on > agreement.starts_on:
        raise Refused(
            _(
                "It starts on %(day)s, and an agreement is signed before what it is about "
                "begins. Take it back to draft and move the start."
            )
            % {"day": date_format(agreement.starts_on, "j F Y")},
            field="signed_on",
        )


def check_can_start(agreement: Agreement, on: date) -> None:
    """Refuse to start before the day the agreement names."""
    check_move(agreement, State.ACTIVE)
    check(
        on >= agreement.starts_on,
        f"This agreement starts on {agreement.starts_on:%-d %B %Y}. It can be started then.",
    )
