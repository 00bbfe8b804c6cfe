"""Writes about people, organisations and bases."""

from alongside.apps.people.operations.accounts import add_person, end_role, give_role, set_active
from alongside.apps.people.operations.organisations import add_organisation

__all__ = ["add_organisation", "add_person", "end_role", "give_role", "set_active"]
