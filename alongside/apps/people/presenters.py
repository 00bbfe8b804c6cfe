"""The table of roles, as rows for a page, and the options of a filter."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps

from alongside.apps.people.rules import PERMISSIONS, ROLES


@dataclass(frozen=True)
class PermissionRow:
    """One thing to do, and for each role whether it may."""

    words: str
    allowed: tuple[bool, ...]


def make_items(
    choices: Iterable[tuple[str, str]], chosen: str, everything: str
) -> list[dict[str, str | bool]]:
    """Return the options of a filter, "all" first, with the chosen one marked."""
    return [
        {"value": value, "text": words, "selected": value == chosen}
        for value, words in [("", everything), *choices]
    ]


def get_permission_table() -> list[PermissionRow]:
    """Return one row for each permission, in the order of the roles."""
    return [
        PermissionRow(
            words=name.replace("_", " ").capitalize(), allowed=tuple(role in holders for role in ROLES)
        )
        for name, holders in PERMISSIONS.items()
    ]


def name_table(table: str) -> str:
    """Return what the rows of a table are called, or the table's own name."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return str(model._meta.verbose_name_plural).capitalize()
    return table
