"""The demonstration's two years of paid work go through the real operations and show every kind of answer."""

from datetime import UTC, datetime

import pytest

from alongside.apps.partnership.models import ServiceOffer
from alongside.apps.partnership.queries.services import sum_for_people
from alongside.apps.partnership.queries.services.offers import OfferFilters, list_offers, view_offers
from alongside.demo.cast import add_cast
from alongside.demo.partnering.paid_work import pay_people

pytestmark = pytest.mark.django_db


def test_two_years_of_paid_work_show_every_answer_and_one_waits_for_today() -> None:
    cast = add_cast(datetime(2024, 9, 1, 9, tzinfo=UTC))
    pay_people(cast, {})
    views = view_offers(cast["ruth"], list_offers(cast["ruth"], OfferFilters()))
    assert {one.stage for one in views} >= {
        "unanswered",
        "agreement",
        "to_check",
        "paying",
        "paid",
        "declined",
    }
    waiting = ServiceOffer.objects.get(state="offered")
    assert waiting.person_id == cast.person_id("sheila")
    assert ServiceOffer.objects.filter(taken_pence=0, given_pence=0).count() == 1
    assert ServiceOffer.objects.get(given_pence__gt=0).gift_payment is not None
    patients = sum_for_people(2025)[0]
    assert (patients.group, patients.individuals) == ("patients", 2)
