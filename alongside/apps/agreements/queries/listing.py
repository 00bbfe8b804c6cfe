"""The list of agreements: searched, filtered, counted and paged in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.agreements.models import Agreement
from alongside.apps.base.rules import Viewer
from alongside.apps.people.queries.parties import find_partner

ENDS_SOON = timedelta(days=60)
State = Agreement.State
RUNNING = (State.SIGNED, State.ACTIVE)
UNSIGNED = (State.DRAFT, State.PARTNER_REVIEW, State.CERTIFIED)


@dataclass(frozen=True)
class AgreementFilters:
    """What the list is narrowed to; empty means everything. `scope` is soon, waiting, comments or unsigned."""

    words: str = ""
    kind: str = ""
    state: str = ""
    scope: str = ""
    organisation: str = ""


def list_agreements(viewer: Viewer, filters: AgreementFilters, on: date) -> "QuerySet[Agreement]":
    """Return the agreements this viewer may see that match, the newest first, with their parties."""
    found = Agreement.objects.for_viewer(viewer).select_related("organisation", "person")
    if filters.words:
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(reference__icontains=filters.words)
            | Q(organisation__name__icontains=filters.words)
            | Q(person__name__icontains=filters.words)
        )
    if filters.kind in Agreement.Kind.values:
        found = found.filter(kind=filters.kind)
    if filters.state in State.values:
        found = found.filter(state=filters.state)
    organisation_id = read_id(filters.organisation)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    return _in_scope(found, filters.scope, on)


def _in_scope(found: "QuerySet[Agreement]", scope: str, on: date) -> "QuerySet[Agreement]":
    if scope == "soon":
        return found.filter(state__in=RUNNING, ends_on__lte=on + ENDS_SOON)
    if scope == "waiting":
        return found.filter(state=State.PARTNER_REVIEW)
    if scope == "unsigned":
        return found.filter(state__in=UNSIGNED)
    if scope == "comments":
        open_comments = Q(comments__is_from_partner=True, comments__answer="")
        return found.filter(open_comments, state__in=UNSIGNED).distinct()
    return found


def name_organisation(viewer: Viewer, words: str) -> str:
    """Return the name of the partner a list is narrowed to, or nothing."""
    organisation_id = read_id(words)
    found = find_partner(viewer, organisation_id) if organisation_id else None
    return found.name if found else ""


def read_id(words: str) -> UUID | None:
    """Return an id as an address holds it, or None."""
    try:
        return UUID(words)
    except ValueError:
        return None
