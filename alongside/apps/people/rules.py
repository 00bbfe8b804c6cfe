"""Who may do what, as one readable table, and what a voice's basis permits."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_noop

from alongside.apps.base.rules import check

# The table of roles. Columns are roles, rows are what they may do; `docs/reference/permissions.md` is made from it.
ROLES: Mapping[str, str] = {
    "engagement_lead": gettext_noop("Engagement lead"),
    "analyst": gettext_noop("Analyst"),
    "owner": gettext_noop("Action owner"),
    "clinician": gettext_noop("Clinician"),
    "patient_partner": gettext_noop("Patient partner"),
    "administrator": gettext_noop("Administrator"),
}
_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER, _ADMIN = ROLES

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "see_engagements": frozenset({_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER}),
    "run_engagements": frozenset({_LEAD}),
    "bring_in_voices": frozenset({_LEAD, _ANALYST}),
    "see_voices": frozenset({_LEAD, _ANALYST, _PARTNER}),
    "see_facts_of_persons": frozenset({_LEAD, _ANALYST}),
    "see_contacts": frozenset({_LEAD}),
    "see_members": frozenset({_LEAD}),
    "see_themes": frozenset({_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER}),
    "find_themes": frozenset({_LEAD, _ANALYST}),
    "decide_themes": frozenset({_LEAD, _ANALYST, _PARTNER}),
    "record_dissent": frozenset({_LEAD, _ANALYST, _PARTNER}),
    "see_insights": frozenset({_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER}),
    "write_insights": frozenset({_LEAD, _ANALYST}),
    "stand_behind_insights": frozenset({_LEAD}),
    "confirm_insights": frozenset({_PARTNER}),
    "see_actions": frozenset({_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER}),
    "start_actions": frozenset({_LEAD}),
    "work_on_actions": frozenset({_LEAD, _OWNER}),
    "tell_people": frozenset({_LEAD}),
    "export_rows": frozenset({_LEAD, _ANALYST}),
    "see_partners": frozenset({_LEAD, _ANALYST, _OWNER, _CLINICIAN, _PARTNER, _ADMIN}),
    "manage_partners": frozenset({_LEAD, _ADMIN}),
    "manage_people": frozenset({_ADMIN}),
    "see_audit": frozenset({_ADMIN}),
}


def get_permissions(roles: frozenset[str]) -> frozenset[str]:
    """Return every permission that at least one of these roles holds."""
    return frozenset(name for name, holders in PERMISSIONS.items() if holders & roles)


def check_role(role: str) -> None:
    """Refuse a role that is not in the table."""
    check(role in ROLES, f"“{role}” is not a role. Use one of: {', '.join(ROLES)}.", field="role")


def check_roles_together(roles: Collection[str]) -> None:
    """Refuse to make a patient partner a colleague too: one sees what they were invited to, the other everything."""
    check(
        _PARTNER not in roles or len(set(roles)) == 1,
        "A patient partner sees only what they were invited to, so no other role can stand beside it. "
        "End the one before you give the other, or add a second account.",
        field="roles",
    )


def check_demo(is_demo: bool) -> None:
    """Refuse signing in without a password anywhere but in the demonstration."""
    check(
        is_demo, "Signing in without a password is for the demonstration only. Use your e-mail and password."
    )
