"""Writes about people, organisations and bases."""

from alongside.apps.people.operations.accounts import add_person, end_role, give_role, set_active
from alongside.apps.people.operations.bases import (
    add_text_version,
    get_or_create_basis,
    record_consent_text,
)
from alongside.apps.people.operations.consents import ConsentEvent, record_consents
from alongside.apps.people.operations.erasing import (
    erase_person,
    erase_subject,
    preview_erasure,
    replay_erasures,
)
from alongside.apps.people.operations.factors import (
    change_factors,
    forget_factors,
    reset_factors,
    set_password,
)
from alongside.apps.people.operations.invitations import (
    Invited,
    digest_token,
    invite,
    resend_invitation,
    send_password_link,
    take_invitation,
    withdraw_invitation,
)
from alongside.apps.people.operations.organisations import (
    IncomeTerms,
    OrganisationDetails,
    add_organisation,
    assure_organisation,
    change_organisation,
    remove_income,
    set_identifiers,
    set_income,
)
from alongside.apps.people.operations.sign_ins import (
    end_own_sessions,
    end_own_sign_in,
    end_sessions,
    end_sign_in,
    forget_wrong_tries,
    move_sign_in,
    note_confirmed,
    note_sign_in,
    note_wrong_code,
    note_wrong_try,
    tidy_sign_ins,
)

__all__ = [
    "ConsentEvent",
    "IncomeTerms",
    "Invited",
    "OrganisationDetails",
    "add_organisation",
    "add_person",
    "add_text_version",
    "assure_organisation",
    "change_factors",
    "change_organisation",
    "digest_token",
    "end_own_sessions",
    "end_own_sign_in",
    "end_role",
    "end_sessions",
    "end_sign_in",
    "erase_person",
    "erase_subject",
    "forget_factors",
    "forget_wrong_tries",
    "get_or_create_basis",
    "give_role",
    "invite",
    "move_sign_in",
    "note_confirmed",
    "note_sign_in",
    "note_wrong_code",
    "note_wrong_try",
    "preview_erasure",
    "record_consent_text",
    "record_consents",
    "remove_income",
    "replay_erasures",
    "resend_invitation",
    "reset_factors",
    "send_password_link",
    "set_active",
    "set_identifiers",
    "set_income",
    "set_password",
    "take_invitation",
    "tidy_sign_ins",
    "withdraw_invitation",
]
