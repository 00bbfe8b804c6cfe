"""A year is approved by another person and published once; afterwards nothing changes it."""

import pytest

from alongside.apps.partnership.models import DisclosureRow, DisclosureSnapshot
from alongside.apps.partnership.queries.disclosures.document import look_at_snapshot
from tests.factories.disclosures import make_lead, make_paid, make_year
from tests.factories.partners import make_organisation

pytestmark = pytest.mark.django_db


def test_a_year_goes_from_payments_to_a_snapshot() -> None:
    group = make_organisation("Second Stair")
    make_paid(group.id)
    year = make_year(make_lead())

    row = DisclosureRow.objects.get(disclosure=year)
    assert (row.organisation_name, row.amount_pence, row.category) == ("Second Stair", 500_000, "grant")
    assert look_at_snapshot(year).is_intact
    assert DisclosureSnapshot.objects.get(disclosure=year).rows == 1
