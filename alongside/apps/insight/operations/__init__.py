"""Writes of the insight room: runs of the engine, decisions about themes, insights and their evidence."""

from alongside.apps.insight.operations.dissents import record_dissent, withdraw_dissent
from alongside.apps.insight.operations.evidence import (
    Figure,
    add_figure,
    add_quote,
    add_quoted_words,
    remove_evidence,
)
from alongside.apps.insight.operations.insights import (
    InsightText,
    bring_back_insight,
    change_insight,
    confirm_insight,
    retire_insight,
    stand_behind,
    step_back,
    write_insight,
)
from alongside.apps.insight.operations.looking import look_again
from alongside.apps.insight.operations.runs import RunAsked, ask_for_themes
from alongside.apps.insight.operations.themes import (
    accept_theme,
    describe_theme,
    merge_proposal,
    merge_themes,
    move_voices,
    reject_theme,
    rename_theme,
    split_theme,
)
from alongside.apps.insight.operations.undoing import undo_decision

__all__ = [
    "Figure",
    "InsightText",
    "RunAsked",
    "accept_theme",
    "add_figure",
    "add_quote",
    "add_quoted_words",
    "ask_for_themes",
    "bring_back_insight",
    "change_insight",
    "confirm_insight",
    "describe_theme",
    "look_again",
    "merge_proposal",
    "merge_themes",
    "move_voices",
    "record_dissent",
    "reject_theme",
    "remove_evidence",
    "rename_theme",
    "retire_insight",
    "split_theme",
    "stand_behind",
    "step_back",
    "undo_decision",
    "withdraw_dissent",
    "write_insight",
]
