"""Partner organisations and the people who speak for them."""

from uuid import UUID

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.people.models import Organisation
from alongside.apps.people.operations import add_organisation, add_person
from alongside.apps.people.queries import get_viewer
from tests.factories.numbers import make_numbers
from tests.factories.people import NOW

_numbers = make_numbers()


def make_organisation(name: str = "", kind: str = "patient_group") -> Organisation:
    """Return a stored organisation."""
    return add_organisation(name=name or f"Group {next(_numbers)}", kind=kind, by=SYSTEM, at=NOW)


def make_partner_user(organisation_id: UUID, name: str = "Bron Maddox") -> Viewer:
    """Return the viewer of somebody who speaks for a partner organisation."""
    person = add_person(
        email=f"group{next(_numbers)}@example.org",
        name=name,
        roles=["partner_user"],
        password="a long enough password",
        organisation_id=organisation_id,
        by=SYSTEM,
        at=NOW,
    )
    return get_viewer(person)
