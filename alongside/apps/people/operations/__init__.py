"""Writes about people, organisations and bases."""

from alongside.apps.people.operations.accounts import add_person, end_role, give_role, set_active
from alongside.apps.people.operations.bases import get_or_create_basis, record_consent_text
from alongside.apps.people.operations.organisations import add_organisation

__all__ = [
    "add_organisation",
    "add_person",
    "end_role",
    "get_or_create_basis",
    "give_role",
    "record_consent_text",
    "set_active",
]
