"""Writes about people, organisations and bases."""

from alongside.apps.people.operations.accounts import add_person, end_role, give_role, set_active
from alongside.apps.people.operations.bases import (
    add_text_version,
    get_or_create_basis,
    record_consent_text,
)
from alongside.apps.people.operations.consents import ConsentEvent, record_consents
from alongside.apps.people.operations.organisations import add_organisation

__all__ = [
    "ConsentEvent",
    "add_organisation",
    "add_person",
    "add_text_version",
    "end_role",
    "get_or_create_basis",
    "give_role",
    "record_consent_text",
    "record_consents",
    "set_active",
]
