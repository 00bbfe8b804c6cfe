"""Reads across rooms: a person's own day, search, the audit."""

from alongside.apps.base.queries.day import Day, get_day
from alongside.apps.home.queries.audit import (
    AUDIT_LINES,
    ActRow,
    ChangeRow,
    get_history,
    list_acts,
    list_changes,
    list_people_to_choose,
    make_act_rows,
    make_change_rows,
)
from alongside.apps.home.queries.pages import FoundSection, search

__all__ = [
    "AUDIT_LINES",
    "ActRow",
    "ChangeRow",
    "Day",
    "FoundSection",
    "get_day",
    "get_history",
    "list_acts",
    "list_changes",
    "list_people_to_choose",
    "make_act_rows",
    "make_change_rows",
    "search",
]
