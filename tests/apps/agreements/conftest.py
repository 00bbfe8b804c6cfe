"""Who writes, who certifies, and the group it is with."""

import pytest

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation
from alongside.apps.people.queries import get_viewer
from tests.factories.partners import make_organisation
from tests.factories.people import make_person


@pytest.fixture
def lead(db: None) -> Viewer:
    return get_viewer(make_person("engagement_lead"))


@pytest.fixture
def certifier(db: None) -> Viewer:
    return get_viewer(make_person("certifier"))


@pytest.fixture
def group(db: None) -> Organisation:
    return make_organisation("Second Stair")
