"""What may happen to notes and priorities, and what is missing where it may not."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check
from alongside.apps.partnership.models import Interaction, Priority

State = Priority.State
NoteState = Interaction.NoteState
MOST_DAYS = 730

# From each state, where a priority may go.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.HEARD: (State.CHECKED_BACK,),
    State.CHECKED_BACK: (State.ADOPTED, State.DECLINED),
    State.ADOPTED: (State.ACTED_ON, State.DECLINED),
    State.DECLINED: (State.FED_BACK, State.ADOPTED),
    State.ACTED_ON: (State.FED_BACK,),
    State.FED_BACK: (State.ADOPTED,),
}
OPEN_STATES = (State.HEARD, State.CHECKED_BACK, State.ADOPTED, State.ACTED_ON, State.DECLINED)


def list_next_states(state: str) -> tuple[str, ...]:
    """Return where a priority may go from here."""
    return MOVES[state]


def check_can_move(state: str, to: str, words: str) -> None:
    """Refuse a step the table does not hold, or one without the words that it needs."""
    check(
        to in MOVES[state],
        _("A priority that is “%(is)s” cannot become “%(to)s”. It may become: %(may)s.")
        % {
            "is": State(state).label,
            "to": State(to).label if to in State.values else to,
            "may": ", ".join(str(State(one).label) for one in MOVES[state]),
        },
    )
    needed = {
        State.DECLINED: _("Say plainly why. The partner reads it."),
        State.ACTED_ON: _("Say what was done. The partner reads it."),
        State.FED_BACK: _("Say how and when the partner was told."),
    }
    if to in needed:
        check(bool(words.strip()), needed[State(to)], field="words")
    elif state in (State.DECLINED, State.FED_BACK):
        check(bool(words.strip()), _("Say why this is taken up again."), field="words")


def check_happened(happened_on: date, on: date) -> None:
    """Refuse a day that has not come."""
    check(happened_on <= on, _("Enter the day it happened: today, or a day before."), field="happened_on")


def check_words(words: str, what: str, *, field: str, most: int) -> str:
    """Return the words without outer blanks; refuse none at all, more than fit, and what no database keeps."""
    kept = words.strip()
    check(bool(kept), what, field=field)
    return check_length(kept, field=field, most=most)


def check_length(words: str, *, field: str, most: int) -> str:
    """Return the words without outer blanks; refuse more than fit, and what no database keeps."""
    kept = words.strip()
    check("\x00" not in kept, _("Take the NUL character out of the words."), field=field)
    check(
        len(kept) <= most,
        _("This is %(long)s characters long; the most is %(most)s.") % {"long": len(kept), "most": most},
        field=field,
    )
    return kept


def check_can_share(state: str, shared_notes: str) -> None:
    """Refuse to share what has no words or is shared already."""
    check(bool(shared_notes.strip()), _("Write the notes that both sides read first."), field="shared_notes")
    check(state == NoteState.DRAFT, _("These notes are shared already."))


def check_can_answer(state: str, version: int, read_version: int) -> None:
    """Refuse an answer to notes that changed meanwhile, and a second answer to the same words."""
    check(
        version == read_version,
        _("These notes were changed while you read them. Read them again, then answer."),
    )
    check(state == NoteState.SHARED, _("Your organisation has answered these notes already."))


def check_rhythm(days: int) -> None:
    """Refuse a rhythm of contact that is none."""
    check(
        1 <= days <= MOST_DAYS,
        _("Enter a number of days from 1 to %(most)s.") % {"most": MOST_DAYS},
        field="contact_every_days",
    )


def check_later(until: date, on: date) -> None:
    """Refuse to put a reminder off to a day that has come, or out of sight."""
    check(until > on, _("Choose a day after today."), field="until")
    check((until - on).days <= 366, _("Choose a day within a year."), field="until")
