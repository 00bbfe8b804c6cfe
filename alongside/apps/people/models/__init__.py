"""People, organisations, what a voice may be used for, and what people ask about their data."""

from alongside.apps.people.models.answers import DataAnswer, Erasure, RequestRecord
from alongside.apps.people.models.bases import Basis, ConsentText
from alongside.apps.people.models.organisations import Organisation
from alongside.apps.people.models.persons import Person, PersonManager, RoleGrant
from alongside.apps.people.models.requests import DataRequest, RequestEvent, RequestMatch

__all__ = [
    "Basis",
    "ConsentText",
    "DataAnswer",
    "DataRequest",
    "Erasure",
    "Organisation",
    "Person",
    "PersonManager",
    "RequestEvent",
    "RequestMatch",
    "RequestRecord",
    "RoleGrant",
]
