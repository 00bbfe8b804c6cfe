"""People, organisations, how they sign in, what a voice may be used for, and what people ask about their data."""

from alongside.apps.people.models.answers import DataAnswer, Erasure, RequestRecord
from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.organisations import Organisation
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant
from alongside.apps.people.models.requests import DataRequest, RequestEvent, RequestMatch
from alongside.apps.people.models.sign_ins import Invitation, SignIn, WrongTries

__all__ = [
    "Basis",
    "ConsentText",
    "DataAnswer",
    "DataRequest",
    "Erasure",
    "Invitation",
    "Organisation",
    "Person",
    "PersonManager",
    "RequestEvent",
    "RequestMatch",
    "RequestRecord",
    "RoleGrant",
    "SignIn",
    "WrongTries",
]
