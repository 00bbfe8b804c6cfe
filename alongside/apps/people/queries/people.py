"""Reads about people and what they may do."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.base.rules.viewer import INVITED_ROLES
from alongside.apps.people.models import Person, RoleGrant
from alongside.apps.people.rules import ROLES, get_permissions


@dataclass(frozen=True)
class PersonLine:
    """A person in a list: who they are and which roles they hold now."""

    id: UUID
    name: str
    email: str
    is_active: bool
    roles: tuple[str, ...]
    purpose: str = ""

    @property
    def role_labels(self) -> list[str]:
        """Return the roles as words."""
        return [gettext(ROLES.get(role, role)) for role in self.roles]


def get_viewer(person: Person) -> Viewer:
    """Return the viewer a person is, with the permissions of the roles they hold now."""
    if not person.is_active:
        return PUBLIC
    roles = frozenset(person.role_grants.filter(ended_at=None).values_list("role", flat=True))
    return Viewer(
        person_id=person.id,
        name=person.name,
        roles=roles,
        permissions=get_permissions(roles),
        organisation_id=person.organisation_id,
    )


def get_viewer_by_id(person_id: UUID | None) -> Viewer:
    """Return the viewer with this id as they are now, or the public where there is none."""
    person = Person.objects.filter(id=person_id).first() if person_id else None
    return get_viewer(person) if person else PUBLIC


def list_people(viewer: Viewer, *, words: str = "", role: str = "") -> list[PersonLine]:
    """Return everybody with an account, for those who manage people."""
    if not viewer.may("manage_people"):
        return []
    people = Person.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role:
        people = people.filter(role_grants__role=role, role_grants__ended_at=None)
    return [_as_line(person) for person in _with_roles(people)]


def get_person(viewer: Viewer, person_id: UUID) -> PersonLine | None:
    """Return one person, for those who manage people."""
    if not viewer.may("manage_people"):
        return None
    people = _with_roles(Person.objects.filter(id=person_id))
    return next((_as_line(person) for person in people), None)


def list_people_with_permission(viewer: Viewer, permission: str) -> list[tuple[UUID, str]]:
    """Return ids and names of active people who may do something, to choose an owner or a reviewer from."""
    if not viewer.is_known and not viewer.may("manage_people"):
        return []
    people = _with_roles(Person.objects.filter(is_active=True))
    return [
        (person.id, person.name)
        for person in people
        if permission in get_permissions(frozenset(grant.role for grant in person.role_grants.all()))
    ]


def get_names(viewer: Viewer, person_ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of colleagues by id, so that a decision can say whose it is; nothing for the public."""
    if not viewer.is_known and not viewer.may("manage_people"):
        return {}
    return dict(Person.objects.filter(id__in=person_ids).values_list("id", "name"))


def list_people_of(viewer: Viewer, organisation_id: UUID) -> list[tuple[UUID, str]]:
    """Return ids and names of active people with an account who belong to a partner, for those who see relations."""
    if not viewer.may("see_relations"):
        return []
    people = Person.objects.filter(organisation_id=organisation_id, is_active=True)
    return list(people.values_list("id", "name"))


def list_staff_names() -> list[str]:
    """Return the names of everybody with an account who is not a partner: names of staff to cover in people's words."""
    people = _with_roles(Person.objects.filter(is_active=True))
    return [
        person.name
        for person in people
        if not {grant.role for grant in person.role_grants.all()} & INVITED_ROLES
    ]


def list_demo_people() -> list[PersonLine]:
    """Return one person for each role of the demonstration; empty anywhere else, because only it marks people so."""
    found = _with_roles(Person.objects.exclude(demo_purpose="").filter(is_active=True))
    order = list(ROLES)
    return sorted(
        (_as_line(person) for person in found),
        key=lambda line: min((order.index(role) for role in line.roles), default=len(order)),
    )


def get_demo_person(person_id: UUID) -> Person | None:
    """Return a person of the demonstration to sign in as."""
    return Person.objects.exclude(demo_purpose="").filter(is_active=True, id=person_id).first()


def is_empty_installation() -> bool:
    """Return whether nobody has an account yet."""
    return not Person.objects.exists()


def _with_roles(people: QuerySet[Person]) -> QuerySet[Person]:
    held = RoleGrant.objects.filter(ended_at=None).order_by("granted_at", "role")
    return people.order_by("name").prefetch_related(Prefetch("role_grants", queryset=held))


def _as_line(person: Person) -> PersonLine:
    return PersonLine(
        id=person.id,
        name=person.name,
        email=person.email,
        is_active=person.is_active,
        roles=tuple(grant.role for grant in person.role_grants.all()),
        purpose=person.demo_purpose,
    )
