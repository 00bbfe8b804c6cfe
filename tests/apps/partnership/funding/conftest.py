"""What tests of funding share: the team, and a client that is signed in as somebody."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Person
from tests.factories.funding import Team, make_team

Enter = Callable[[Viewer], Client]


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


@pytest.fixture
def enter(db: None) -> Enter:
    """Return a function that signs somebody in."""

    def signed_in(viewer: Viewer) -> Client:
        client = Client()
        client.force_login(Person.objects.get(id=viewer.own_id))
        return client

    return signed_in
