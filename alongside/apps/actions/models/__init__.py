"""Actions with owners, and telling those who spoke, round by round."""

from alongside.apps.actions.models.actions import Action, ActionNote
from alongside.apps.actions.models.feedback import FeedbackRound, HelpAnswer, Telling
from alongside.apps.actions.models.links import OneTimeCode, PrivateLink

__all__ = ["Action", "ActionNote", "FeedbackRound", "HelpAnswer", "OneTimeCode", "PrivateLink", "Telling"]
