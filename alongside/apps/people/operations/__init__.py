"""Writes about people, organisations and bases."""

from alongside.apps.people.operations.accounts import add_person, end_role, give_role, set_active
from alongside.apps.people.operations.bases import get_or_create_basis, record_consent_text
from alongside.apps.people.operations.erasing import (
    erase_person,
    erase_subject,
    preview_erasure,
    replay_erasures,
)
from alongside.apps.people.operations.organisations import add_organisation

__all__ = [
    "add_organisation",
    "add_person",
    "end_role",
    "erase_person",
    "erase_subject",
    "get_or_create_basis",
    "give_role",
    "preview_erasure",
    "record_consent_text",
    "replay_erasures",
    "set_active",
]
