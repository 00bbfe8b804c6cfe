"""Actions with owners, and telling those who spoke, round by round."""

from alongside.apps.actions.models.actions import Action, ActionNote, PublicStory
from alongside.apps.actions.models.feedback import Digest, FeedbackRound, HelpAnswer, Telling
from alongside.apps.actions.models.links import OneTimeCode, PrivateLink

__all__ = [
    "Action",
    "ActionNote",
    "Digest",
    "FeedbackRound",
    "HelpAnswer",
    "OneTimeCode",
    "PrivateLink",
    "PublicStory",
    "Telling",
]
