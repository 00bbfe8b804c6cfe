"""Reads about people and organisations."""

from alongside.apps.people.queries.bases import get_basis, get_consent_text_in, list_bases, list_consent_texts
from alongside.apps.people.queries.organisations import list_organisation_kinds, list_organisations
from alongside.apps.people.queries.people import (
    PersonLine,
    get_demo_person,
    get_names,
    get_person,
    get_viewer,
    get_viewer_by_id,
    is_empty_installation,
    list_demo_people,
    list_people,
    list_people_with_permission,
    list_staff_names,
)

__all__ = [
    "PersonLine",
    "get_basis",
    "get_consent_text_in",
    "get_demo_person",
    "get_names",
    "get_person",
    "get_viewer",
    "get_viewer_by_id",
    "is_empty_installation",
    "list_bases",
    "list_consent_texts",
    "list_demo_people",
    "list_organisation_kinds",
    "list_organisations",
    "list_people",
    "list_people_with_permission",
    "list_staff_names",
]
