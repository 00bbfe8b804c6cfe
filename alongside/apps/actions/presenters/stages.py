"""Help with writing each of the four messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.actions.rules import ENDED, TELLS_THE_END

Stage = FeedbackRound.Stage


@dataclass(frozen=True)
class StageGuide:
    """What a message of this stage should say, and words to begin with."""

    stage: str
    heading: str
    advice: str
    opening: str
    thanks: str


def get_stage_guide(stage: str) -> StageGuide | None:
    """Return the guide of a stage; None where there is no such stage."""
    guides = {
        Stage.HEARD.value: StageGuide(
            Stage.HEARD,
            _("Feedback: heard"),
            _(
                "Say back what you understood, so that people can tell you if you got it wrong. Promise nothing yet."
            ),
            _("You told us that "),
            _("Thank you for taking the time to tell us."),
        ),
        Stage.DECIDED.value: StageGuide(
            Stage.DECIDED,
            _("Feedback: decided"),
            _("Say what you will do, by when, or plainly why not."),
            _("Because of what you told us, we have decided "),
            _("Thank you. Your words made this clear to us."),
        ),
        Stage.DONE.value: StageGuide(
            Stage.DONE,
            _("Feedback: done"),
            _("Say what is different now and where people will notice it."),
            _("You asked for a change. Here is what came of it: "),
            _("Thank you. Without you we would not have known."),
        ),
        Stage.DID_IT_HELP.value: StageGuide(
            Stage.DID_IT_HELP,
            _("Feedback: did it help?"),
            _(
                "Ask one plain question. People answer yes, partly, no or too soon, and can add their own words."
            ),
            _("Some weeks ago we told you about a change. Have you noticed it, and did it help?"),
            _("Thank you for helping us see whether it works."),
        ),
    }
    return guides.get(stage)


def list_stages(action: Action, rounds: Sequence[FeedbackRound]) -> list[tuple[str, str]]:
    """Return the stages a message may be written for now, with their words."""
    if any(found.sent_at is None for found in rounds):
        return []
    return [
        (stage.value, str(stage.label))
        for stage in Stage
        if (stage in TELLS_THE_END) <= (action.state in ENDED)
        and (action.state != Action.State.CLOSED or stage == Stage.DID_IT_HELP)
    ]
