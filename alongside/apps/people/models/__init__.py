"""People, organisations, and what a voice may be used for."""

from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.organisations import Organisation
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant

__all__ = ["Basis", "ConsentText", "Organisation", "Person", "PersonManager", "RoleGrant"]
