"""Writes of the insight room: runs of the engine, decisions about themes, insights and their evidence."""

from alongside.apps.insight.operations.dissents import record_dissent, withdraw_dissent
from alongside.apps.insight.operations.runs import RunAsked, ask_for_themes
from alongside.apps.insight.operations.themes import (
    accept_theme,
    merge_proposal,
    merge_themes,
    move_voices,
    reject_theme,
    rename_theme,
    split_theme,
)
from alongside.apps.insight.operations.undoing import undo_decision

__all__ = [
    "RunAsked",
    "accept_theme",
    "ask_for_themes",
    "merge_proposal",
    "merge_themes",
    "move_voices",
    "record_dissent",
    "reject_theme",
    "rename_theme",
    "split_theme",
    "undo_decision",
    "withdraw_dissent",
]
