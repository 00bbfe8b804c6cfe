"""Who may do what."""

from alongside.apps.people.rules.roles import (
    PERMISSIONS,
    ROLES,
    check_demo,
    check_role,
    check_roles_together,
    get_permissions,
)

__all__ = ["PERMISSIONS", "ROLES", "check_demo", "check_role", "check_roles_together", "get_permissions"]
