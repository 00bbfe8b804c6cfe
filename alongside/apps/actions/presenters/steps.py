"""The one clear next step of an action, as a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.actions.rules import TellingProgress
from alongside.apps.base.rules import Viewer

State, Stage = Action.State, FeedbackRound.Stage


@dataclass(frozen=True)
class NextStep:
    """What to do next and why; `url` is empty where it is somebody else's turn."""

    label: str
    url: str
    why: str = ""


def get_next_step(
    viewer: Viewer, action: Action, rounds: Sequence[FeedbackRound], progress: TellingProgress
) -> NextStep | None:
    """Return the next step of an action for this viewer; None where nothing is left or it is not theirs."""
    unsent = next((found for found in rounds if found.sent_at is None), None)
    if unsent is not None and viewer.may("tell_people"):
        return NextStep(
            _("Choose how people hear this message"),
            reverse("actions:round", args=[unsent.id]),
            _("A message is written and nobody has been sent it yet."),
        )
    if action.state in (State.PLANNED, State.IN_PROGRESS):
        return _while_underway(viewer, action, rounds)
    if action.state == State.CLOSED:
        return _after_closing(viewer, action, rounds)
    return _after_the_end(viewer, action, rounds, progress)


def _while_underway(viewer: Viewer, action: Action, rounds: Sequence[FeedbackRound]) -> NextStep | None:
    if not rounds and viewer.may("tell_people"):
        return NextStep(
            _("Write the first feedback: heard"),
            _write(action, Stage.HEARD),
            _("Tell those who spoke that they were heard, before anything has changed."),
        )
    if not viewer.may("work_on_actions"):
        return None
    if action.state == State.PLANNED:
        return NextStep(_("Begin this action"), _move(action, State.IN_PROGRESS))
    return NextStep(_("Mark as done"), _move(action, State.DONE), _("When it is done, say what came of it."))


def _after_the_end(
    viewer: Viewer, action: Action, rounds: Sequence[FeedbackRound], progress: TellingProgress
) -> NextStep | None:
    since = [found for found in rounds if action.done_at and found.written_at >= action.done_at]
    if not viewer.may("tell_people"):
        return None
    if not since:
        stage = Stage.DONE if action.state == State.DONE else Stage.DECIDED
        label = _("Write the feedback: done") if stage == Stage.DONE else _("Write the feedback: decided")
        return NextStep(label, _write(action, stage), _("Those who spoke do not know yet how this ended."))
    if progress.queued:
        return NextStep(
            _("Send the digest"), reverse("actions:digest"), _("People are waiting for their mail.")
        )
    if progress.untried or not progress.reached_anybody:
        return NextStep(
            _("Choose how the others hear it"),
            reverse("actions:round", args=[since[0].id]),
            _("An action closes only when those who spoke have been told."),
        )
    return NextStep(
        _("Close this action"),
        reverse("actions:close", args=[action.id]),
        _("Nobody who spoke is left waiting: they were told, or reached, or there is no way to them."),
    )


def _after_closing(viewer: Viewer, action: Action, rounds: Sequence[FeedbackRound]) -> NextStep | None:
    asked = any(found.stage == Stage.DID_IT_HELP for found in rounds)
    if asked or not viewer.may("tell_people"):
        return None
    return NextStep(
        _("Ask: did it help?"),
        _write(action, Stage.DID_IT_HELP),
        _("Some weeks later, ask those who spoke whether they notice the change."),
    )


def _write(action: Action, stage: str) -> str:
    return f"{reverse('actions:write_round', args=[action.id])}?stage={stage}"


def _move(action: Action, to: str) -> str:
    return reverse("actions:move", args=[action.id, to])
