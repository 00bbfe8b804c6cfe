"""Reads about people and organisations."""

from alongside.apps.people.queries.bases import get_basis, get_consent_text_in, list_bases, list_consent_texts
from alongside.apps.people.queries.consents import (
    LedgerFilter,
    LedgerLine,
    count_agreed,
    find_latest_text,
    list_ended_in,
    list_ended_uses,
    list_ledger,
    list_lines_of,
    list_recorded_bases,
    list_text_versions,
    view_lines,
)
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
)

__all__ = [
    "LedgerFilter",
    "LedgerLine",
    "PersonLine",
    "count_agreed",
    "find_latest_text",
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
    "list_ended_in",
    "list_ended_uses",
    "list_ledger",
    "list_lines_of",
    "list_organisation_kinds",
    "list_organisations",
    "list_people",
    "list_people_with_permission",
    "list_recorded_bases",
    "list_text_versions",
    "view_lines",
]
