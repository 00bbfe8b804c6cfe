"""Reads about organisations."""

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation


def list_organisations(viewer: Viewer, *, words: str = "", kind: str = "") -> list[Organisation]:
    """Return the organisations, by name."""
    if not viewer.may("see_partners") and not viewer.may("manage_partners"):
        return []
    organisations = Organisation.objects.filter(name__icontains=words)
    return list(organisations.filter(kind=kind) if kind else organisations)


def list_organisation_kinds() -> dict[str, str]:
    """Return the kinds of organisation with their words, to filter by."""
    return {value: str(label) for value, label in Organisation.Kind.choices}
