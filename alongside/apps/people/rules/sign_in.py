"""When somebody may sign in, how long that lasts, and who may invite whom."""

from collections.abc import Collection
from datetime import datetime, timedelta

from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.people.rules.roles import check_role, check_roles_together

# What a session keeps about itself: seconds since 1970, the second factor used, whether it is a demonstration's.
BEGAN, SEEN, ASKED = "began_at", "seen_at", "asked_at"
SECOND_FACTOR, DEMO = "second_factor", "is_demo"

# Twenty wrong tries from one place lock that place; a hundred from anywhere lock the account.
TRIES_FROM_ONE_PLACE = 20
TRIES_FROM_ANYWHERE = 100
COUNTED_FOR = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)

INVITATION_LASTS = timedelta(days=7)
PARTNER_ROLES = frozenset({"patient_partner", "partner_user"})


def is_session_over(
    *, began_at: datetime, seen_at: datetime, at: datetime, idle: timedelta, longest: timedelta
) -> bool:
    """Return whether a session was left alone for too long, or is too old however busy."""
    return at - seen_at > idle or at - began_at > longest


def may_invite_to(viewer: Viewer) -> bool:
    """Return whether this viewer may invite anybody at all."""
    return viewer.may("manage_people") or viewer.may("invite_partners")


def check_may_invite(viewer: Viewer, roles: Collection[str]) -> None:
    """Refuse an invitation to roles that are not this viewer's to give."""
    check(bool(roles), "Choose at least one role.", field="roles")
    for role in roles:
        check_role(role)
    check_roles_together(roles)
    if viewer.may("manage_people"):
        return
    check_may(viewer, "invite_partners")
    check(
        set(roles) <= PARTNER_ROLES,
        "You can invite patient partners and people of partner organisations. "
        "Ask an administrator to invite a colleague.",
        field="roles",
    )
