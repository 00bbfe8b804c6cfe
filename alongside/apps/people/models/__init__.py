"""People and organisations: how they sign in, what they agreed to and need, what they ask about their data."""

from alongside.apps.people.models.answers import DataAnswer, Erasure, RequestRecord
from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.consents import ConsentLine
from alongside.apps.people.models.needs import AccessNeed, NeedOccasion, NeedReader
from alongside.apps.people.models.organisations import (
    Organisation,
    OrganisationIdentifier,
    OrganisationIncome,
)
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant
from alongside.apps.people.models.requests import DataRequest, RequestEvent, RequestMatch
from alongside.apps.people.models.sign_ins import Invitation, SignIn, WrongTries

__all__ = [
    "AccessNeed",
    "Basis",
    "ConsentLine",
    "ConsentText",
    "DataAnswer",
    "DataRequest",
    "Erasure",
    "Invitation",
    "NeedOccasion",
    "NeedReader",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationIncome",
    "Person",
    "PersonManager",
    "RequestEvent",
    "RequestMatch",
    "RequestRecord",
    "RoleGrant",
    "SignIn",
    "WrongTries",
]
