"""People, organisations, how they sign in, and what a voice may be used for."""

from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.organisations import Organisation
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant
from alongside.apps.people.models.sign_ins import Invitation, SignIn, WrongTries

__all__ = [
    "Basis",
    "ConsentText",
    "Invitation",
    "Organisation",
    "Person",
    "PersonManager",
    "RoleGrant",
    "SignIn",
    "WrongTries",
]
