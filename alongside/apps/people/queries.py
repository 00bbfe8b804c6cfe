"""Reads about people."""

from uuid import UUID

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.people.models import Person
from alongside.apps.people.rules import get_permissions


def get_viewer(person: Person) -> Viewer:
    """Return the viewer a person is, with the permissions of the roles they hold now."""
    if not person.is_active:
        return PUBLIC
    roles = frozenset(person.role_grants.filter(ended_at=None).values_list("role", flat=True))
    return Viewer(person_id=person.id, name=person.name, roles=roles, permissions=get_permissions(roles))


def get_viewer_by_id(person_id: UUID | None) -> Viewer:
    """Return the viewer with this id as they are now, or the public where there is none."""
    person = Person.objects.filter(id=person_id).first() if person_id else None
    return get_viewer(person) if person else PUBLIC
