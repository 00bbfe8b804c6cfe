"""Holding an agreement still: only where there is one, and only for whom it is to see."""

from uuid import uuid4

import pytest
from django.db import transaction

from alongside.apps.agreements.operations.holding import hold_agreement, hold_agreements
from alongside.apps.base.rules import Refused
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db


def test_an_agreement_is_held_for_whoever_sees_it_and_is_not_there_for_others() -> None:
    agreement = make_agreement(organisation_id=make_organisation().id)
    lead = make_viewer("engagement_lead")
    with transaction.atomic():
        assert hold_agreement(agreement_id=agreement.id, by=lead).reference == agreement.reference
        assert list(hold_agreements(agreement_ids=[agreement.id, uuid4()], by=lead)) == [agreement.id]
        for one, by in ((uuid4(), lead), (agreement.id, make_viewer("clinician"))):
            with pytest.raises(Refused, match="not there, or not yours"):
                hold_agreement(agreement_id=one, by=by)
