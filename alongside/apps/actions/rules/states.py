"""The table of states of an action, and the guard that keeps it open until people were told."""

from collections.abc import Mapping

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.actions.rules.progress import TellingProgress
from alongside.apps.base.rules import Refused, check

State = Action.State
Stage = FeedbackRound.Stage

# From each state, where an action may go; closing has its own guard.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.PLANNED: (State.IN_PROGRESS, State.DONE, State.NOT_DOING),
    State.IN_PROGRESS: (State.DONE, State.NOT_DOING, State.PLANNED),
    State.DONE: (State.CLOSED, State.IN_PROGRESS),
    State.NOT_DOING: (State.CLOSED, State.IN_PROGRESS),
    State.CLOSED: (State.IN_PROGRESS,),
}
ENDED = (State.DONE, State.NOT_DOING, State.CLOSED)
TELLS_THE_END = (Stage.DONE, Stage.DID_IT_HELP)


def list_next_states(state: str) -> tuple[str, ...]:
    """Return the states an action may go to from this one."""
    return MOVES[state]


def check_can_move(action: Action, to: str, words: str) -> None:
    """Refuse a change of state that the table does not hold, or one that lacks its words."""
    if to == action.state:
        raise Refused(f"This action is already “{action.get_state_display()}”.")
    check(
        to in MOVES[action.state] and to != State.CLOSED,
        f"An action that is “{action.get_state_display()}” cannot become “{State(to).label}”.",
    )
    if to == State.DONE:
        check(bool(words), "Say what came of it, so that those who spoke can be told.", field="words")
    elif to == State.NOT_DOING:
        check(
            bool(words), "Say plainly why this will not be done; those who spoke will read it.", field="words"
        )
    elif action.state in ENDED:
        check(bool(words), "Say why this action is open again.", field="words")


def check_is_open(action: Action) -> None:
    """Refuse to change what is closed."""
    check(action.state != State.CLOSED, "This action is closed. Open it again before you change it.")


def check_can_tell(action: Action, stage: str) -> None:
    """Refuse to tell more about what is closed, except to ask whether it helped."""
    if stage != Stage.DID_IT_HELP:
        check_is_open(action)


def check_can_write_round(action: Action, stage: str, *, has_unsent: bool) -> None:
    """Refuse a round that would say more than is true yet, or that stands beside an unsent one."""
    check_can_tell(action, stage)
    check(not has_unsent, "One message is written and not sent yet. Send it or take it back before the next.")
    if stage in TELLS_THE_END:
        check(
            action.state in ENDED,
            "This message says how it ended, and the action has not ended. First mark the action as done, "
            "or say why it will not be done.",
        )


def check_can_close(action: Action, progress: TellingProgress) -> None:
    """Refuse to close before the action has ended and those who spoke were told how."""
    if action.state not in (State.DONE, State.NOT_DOING):
        raise Refused(
            f"This action is “{action.get_state_display()}”. It can close once it is done, "
            "or once you have said why it will not be done."
        )
    if not progress.reached_anybody:
        raise Refused(
            "Nobody who spoke has been told how this ended, and no channel is recorded. Write the feedback "
            "message, then send it, or record a channel such as the public page, the group or a poster."
        )
    if progress.queued:
        raise Refused(
            f"{progress.queued} people are still waiting for their mail. Send the digest, "
            "or record another way they were told."
        )
    if progress.untried:
        raise Refused(
            f"For {progress.untried} people nobody has chosen a way of telling. Record a channel for their "
            "group, or write down why they cannot be reached."
        )
