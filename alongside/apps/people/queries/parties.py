"""Who an agreement can be made with: our own name, a partner, a person who speaks for themselves or with a mandate."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import models

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation, Person, RoleGrant

MOST_CHOICES = 50


@dataclass(frozen=True)
class Party:
    """One side of an agreement: an organisation with its kind, or a person (kind "person")."""

    id: UUID
    name: str
    kind: str


def get_own_organisation_name() -> str:
    """Return the name of the organisation that runs this installation, which is public."""
    own = Organisation.objects.filter(kind=Organisation.Kind.OWN).order_by("created_at").first()
    return own.name if own else str(settings.BRAND["name"])


def find_partner(viewer: Viewer, organisation_id: UUID) -> Party | None:
    """Return a partner an agreement can be made with: not our own, not ended, not merged into another."""
    if not viewer.may("see_agreements"):
        return None
    one = _partners().filter(id=organisation_id).first()
    return Party(one.id, one.name, one.kind) if one else None


def find_person(viewer: Viewer, person_id: UUID) -> Party | None:
    """Return a person an agreement can be made with."""
    if not viewer.may("see_agreements"):
        return None
    one = Person.objects.filter(id=person_id, is_active=True).first()
    return Party(one.id, one.name, "person") if one else None


def search_partners(viewer: Viewer, words: str) -> list[Party]:
    """Return the partners whose names hold these words, by name, at most fifty."""
    if not viewer.may("see_agreements"):
        return []
    found = _partners().filter(name__icontains=words).order_by("name")[:MOST_CHOICES]
    return [Party(one.id, one.name, one.kind) for one in found]


def list_invited_people(viewer: Viewer) -> list[Party]:
    """Return the patient partners and the users of partner organisations, by name: those a paper can be made with."""
    if not viewer.may("see_agreements"):
        return []
    invited = RoleGrant.objects.filter(role__in=["patient_partner", "partner_user"], ended_at=None)
    people = Person.objects.filter(is_active=True, id__in=invited.values("person_id")).order_by("name")
    return [Party(one.id, one.name, "person") for one in people]


def _partners() -> "models.QuerySet[Organisation]":
    return Organisation.objects.exclude(kind=Organisation.Kind.OWN).filter(merged_into=None, ended_on=None)
