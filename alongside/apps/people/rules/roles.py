"""Who may do what, as one readable table, and what a voice's basis permits."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_noop

from alongside.apps.base.rules import check

# The table of roles. Columns are roles, rows are what they may do; `docs/reference/permissions.md` is made from it.
ROLES: Mapping[str, str] = {
    "engagement_lead": gettext_noop("Engagement lead"),
    "certifier": gettext_noop("Certifier"),
    "finance": gettext_noop("Finance"),
    "analyst": gettext_noop("Analyst"),
    "trial_designer": gettext_noop("Trial designer"),
    "owner": gettext_noop("Action owner"),
    "clinician": gettext_noop("Clinician"),
    "patient_partner": gettext_noop("Patient partner"),
    "partner_user": gettext_noop("Partner-organisation user"),
    "safety_officer": gettext_noop("Safety officer"),
    "governance_lead": gettext_noop("Information governance lead"),
    "auditor": gettext_noop("Auditor"),
    "administrator": gettext_noop("Administrator"),
}
(
    _LEAD, _CERTIFIER, _FINANCE, _ANALYST, _DESIGNER, _OWNER, _CLINICIAN, _PARTNER, _PARTNER_USER, _SAFETY,
    _GOVERNANCE, _AUDITOR, _ADMIN,
) = ROLES  # fmt: skip
_EVERYBODY = frozenset(ROLES)
COLLEAGUES = _COLLEAGUES = _EVERYBODY - {_PARTNER, _PARTNER_USER}
_READERS = frozenset({_LEAD, _ANALYST, _DESIGNER, _OWNER, _CLINICIAN, _PARTNER, _GOVERNANCE})

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "see_engagements": _READERS | {_CERTIFIER},
    "run_engagements": frozenset({_LEAD}),
    "bring_in_voices": frozenset({_LEAD, _ANALYST}),
    "see_voices": frozenset({_LEAD, _ANALYST, _PARTNER, _GOVERNANCE}),
    "see_facts_of_persons": frozenset({_LEAD, _ANALYST}),
    "see_contacts": frozenset({_LEAD, _GOVERNANCE}),
    "see_members": frozenset({_LEAD, _GOVERNANCE}),
    "see_themes": _READERS,
    "find_themes": frozenset({_LEAD, _ANALYST}),
    "decide_themes": frozenset({_LEAD, _ANALYST, _PARTNER}),
    "record_dissent": frozenset({_LEAD, _ANALYST, _PARTNER}),
    "see_insights": _READERS,
    "write_insights": frozenset({_LEAD, _ANALYST}),
    "stand_behind_insights": frozenset({_LEAD}),
    "confirm_insights": frozenset({_PARTNER}),
    "see_actions": _READERS,
    "start_actions": frozenset({_LEAD}),
    "work_on_actions": frozenset({_LEAD, _OWNER}),
    "tell_people": frozenset({_LEAD}),
    "export_rows": frozenset({_LEAD, _ANALYST}),
    "export_facts": frozenset({_ANALYST}),
    "see_partners": _COLLEAGUES - {_SAFETY} | {_PARTNER},
    "manage_partners": frozenset({_LEAD, _ADMIN}),
    "see_relations": frozenset({_LEAD, _CERTIFIER, _FINANCE, _AUDITOR}),
    "keep_relations": frozenset({_LEAD}),
    "see_agreements": frozenset({_LEAD, _CERTIFIER, _FINANCE, _AUDITOR}),
    "write_agreements": frozenset({_LEAD}),
    "certify_agreements": frozenset({_CERTIFIER}),
    "change_rule_sets": frozenset({_CERTIFIER, _ADMIN}),
    "see_funding": frozenset({_LEAD, _CERTIFIER, _FINANCE, _AUDITOR}),
    "review_funding": frozenset({_LEAD, _CERTIFIER}),
    "decide_funding": frozenset({_CERTIFIER}),
    "see_payments": frozenset({_LEAD, _CERTIFIER, _FINANCE, _AUDITOR}),
    "offer_paid_work": frozenset({_LEAD}),
    "ask_for_payments": frozenset({_LEAD}),
    "approve_payments": frozenset({_FINANCE, _CERTIFIER}),
    "pay": frozenset({_FINANCE}),
    "change_rate_cards": frozenset({_FINANCE}),
    "see_events": _COLLEAGUES,
    "run_events": frozenset({_LEAD}),
    "run_projects": frozenset({_LEAD}),
    "see_disclosures": frozenset({_LEAD, _CERTIFIER, _FINANCE, _AUDITOR}),
    "prepare_disclosures": frozenset({_LEAD, _FINANCE}),
    "approve_disclosures": frozenset({_CERTIFIER}),
    "see_own_organisation": frozenset({_PARTNER_USER}),
    "speak_for_organisation": frozenset({_PARTNER_USER}),
    "take_paid_work": frozenset({_PARTNER}),
    "raise_concerns": _EVERYBODY,
    "triage_concerns": frozenset({_SAFETY}),
    "see_concerns": frozenset({_SAFETY, _GOVERNANCE}),
    "review_redactions": frozenset({_GOVERNANCE}),
    "see_originals": frozenset({_GOVERNANCE}),
    "see_consents": frozenset({_LEAD, _GOVERNANCE, _AUDITOR}),
    "see_access_needs": frozenset({_LEAD}),
    "handle_data_requests": frozenset({_GOVERNANCE}),
    "erase_people": frozenset({_GOVERNANCE}),
    "confirm_deletions": frozenset({_GOVERNANCE}),
    "invite_partners": frozenset({_LEAD, _ADMIN}),
    "manage_people": frozenset({_ADMIN}),
    "see_audit": frozenset({_AUDITOR, _GOVERNANCE, _ADMIN}),
}


def get_permissions(roles: frozenset[str]) -> frozenset[str]:
    """Return every permission that at least one of these roles holds."""
    return frozenset(name for name, holders in PERMISSIONS.items() if holders & roles)


def check_role(role: str) -> None:
    """Refuse a role that is not in the table."""
    check(role in ROLES, f"“{role}” is not a role. Use one of: {', '.join(ROLES)}.", field="role")


def check_roles_together(roles: Collection[str]) -> None:
    """Refuse to make a partner a colleague too: one sees what they were invited to, the other everything."""
    check(
        not {_PARTNER, _PARTNER_USER} & set(roles) or len(set(roles)) == 1,
        "A partner sees only what they were invited to, so no other role can stand beside it. "
        "End the one before you give the other, or add a second account.",
        field="roles",
    )


def check_demo(is_demo: bool) -> None:
    """Refuse signing in without a password anywhere but in the demonstration."""
    check(
        is_demo, "Signing in without a password is for the demonstration only. Use your e-mail and password."
    )
