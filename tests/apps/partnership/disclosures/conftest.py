"""What tests of disclosure share: who prepares, who approves, a group with something paid."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation
from tests.factories.disclosures import make_certifier, make_lead, make_paid
from tests.factories.partners import make_organisation
from tests.factories.people import make_person


@pytest.fixture
def lead(db: None) -> Viewer:
    """Somebody who prepares disclosures."""
    return make_lead()


@pytest.fixture
def certifier(db: None) -> Viewer:
    """Somebody who approves them."""
    return make_certifier()


@pytest.fixture
def group(db: None) -> Organisation:
    """A patient group that was paid a grant of £5,000."""
    found = make_organisation("Second Stair")
    make_paid(found.id)
    return found


@pytest.fixture
def sign_in(db: None) -> Callable[[str], Client]:
    """Return a function that signs somebody with a role in."""

    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(make_person(role))
        return client

    return signed_in
