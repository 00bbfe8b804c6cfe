"""The table of roles, as rows for a page."""

from dataclasses import dataclass

from alongside.apps.people.rules import PERMISSIONS, ROLES


@dataclass(frozen=True)
class PermissionRow:
    """One thing to do, and for each role whether it may."""

    words: str
    allowed: tuple[bool, ...]


def get_permission_table() -> list[PermissionRow]:
    """Return one row for each permission, in the order of the roles."""
    return [
        PermissionRow(
            words=name.replace("_", " ").capitalize(), allowed=tuple(role in holders for role in ROLES)
        )
        for name, holders in PERMISSIONS.items()
    ]
