"""Viewers and people for tests, built through the operations where they are stored."""

from datetime import UTC, datetime

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.people.models import Person
from alongside.apps.people.operations import add_person
from alongside.apps.people.queries import get_viewer
from tests.factories.numbers import make_numbers

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_numbers = make_numbers()


def make_person(*roles: str, name: str = "Ada Okafor", email: str = "") -> Person:
    """Return a stored person with these roles."""
    address = email or f"person{next(_numbers)}@example.org"
    return add_person(
        email=address, name=name, roles=roles, password="a long enough password", by=SYSTEM, at=NOW
    )


def make_viewer(*roles: str, name: str = "Ada Okafor") -> Viewer:
    """Return the viewer of a stored person with these roles."""
    return get_viewer(make_person(*roles, name=name))
