"""People, organisations, how they sign in, what a voice may be used for, the consent ledger, and what people need."""

from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.consents import ConsentLine
from alongside.apps.people.models.needs import AccessNeed, NeedOccasion, NeedReader
from alongside.apps.people.models.organisations import Organisation
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant
from alongside.apps.people.models.sign_ins import Invitation, SignIn, WrongTries

__all__ = [
    "AccessNeed",
    "Basis",
    "ConsentLine",
    "ConsentText",
    "Invitation",
    "NeedOccasion",
    "NeedReader",
    "Organisation",
    "Person",
    "PersonManager",
    "RoleGrant",
    "SignIn",
    "WrongTries",
]
