"""What the page for each change of state asks for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action
from alongside.apps.actions.rules import ENDED, list_next_states

State = Action.State


@dataclass(frozen=True)
class MovePage:
    """The words of one page: its heading, its question, the hint, the button."""

    heading: str
    label: str
    hint: str
    button: str
    needs_words: bool


def get_move_page(action: Action, to: str) -> MovePage | None:
    """Return the page for a change of state; None where there is no such change."""
    if to == State.CLOSED or to not in list_next_states(action.state):
        return None
    if to == State.DONE:
        return MovePage(
            _("Mark as done"),
            _("What came of it?"),
            _("Say what is different now, and for whom. Those who spoke will be told."),
            _("Mark as done"),
            True,
        )
    if to == State.NOT_DOING:
        return MovePage(
            _("Say that we will not do this"),
            _("Why not?"),
            _("A plain reason. Those who spoke will read it; a clear no is better than silence."),
            _("We will not do this"),
            True,
        )
    if action.state in ENDED:
        return MovePage(
            _("Open this action again"),
            _("Why is it open again?"),
            _("What was told before stays in the history."),
            _("Open again"),
            True,
        )
    heading = _("Begin this action") if to == State.IN_PROGRESS else _("Put this action back to planned")
    return MovePage(heading, _("A note for the history"), "", heading, False)
