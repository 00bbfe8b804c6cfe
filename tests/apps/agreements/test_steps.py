"""An agreement's life, step by step, and what each step asks for."""

from datetime import timedelta

import pytest

from alongside.apps.agreements.models import Agreement, AgreementEvent
from alongside.apps.agreements.operations import show_to_partner, start_agreement
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.people.models import Organisation
from tests.factories.papers import STARTS, certify, draft, make_plan
from tests.factories.people import NOW


def test_an_agreement_goes_from_draft_to_active(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead, until="signed", certifier=certifier)
    start_agreement(agreement_id=one, by=lead, at=NOW + (STARTS - NOW.date()))

    agreement = Agreement.objects.get(id=one)
    assert agreement.state == "active"
    assert agreement.signed_on == NOW.date()
    assert agreement.reference == f"AG-{NOW.year}-0001"
    events = AgreementEvent.objects.filter(agreement=agreement).values_list("became", flat=True)
    assert list(events) == ["draft", "partner_review", "certified", "signed", "active"]


def test_whoever_wrote_it_does_not_certify_it(certifier: Viewer, group: Organisation, lead: Viewer) -> None:
    both = Viewer(
        person_id=lead.person_id, name="Both", permissions=lead.permissions | {"certify_agreements"}
    )
    one = draft(make_plan(group.id), lead, until="partner_review")

    with pytest.raises(Refused, match="somebody else certifies it"):
        certify(one, both)


def test_an_agreement_that_has_begun_cannot_be_shown_any_more(lead: Viewer, group: Organisation) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    one = draft(make_plan(group.id, starts_on=yesterday), lead)

    with pytest.raises(Refused, match="signed before what it is about begins"):
        show_to_partner(agreement_id=one, by=lead, at=NOW)
