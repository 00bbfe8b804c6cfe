"""On what basis voices come in, and that contact stops once and for all."""

from datetime import timedelta

import pytest

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import PUBLIC, Refused
from alongside.apps.engagement.models import Contact, Speaker
from alongside.apps.engagement.operations import BasisTerms, set_up_basis
from alongside.apps.engagement.operations.contacts import stop_contacts
from alongside.apps.people.models import Basis, ConsentText
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def test_a_basis_finds_its_text_among_the_texts_recorded_before() -> None:
    lead = make_viewer("engagement_lead")
    spoken, written = (BasisTerms("consent", text_key=key) for key in ("spoken.1", "have_your_say.1"))
    first = set_up_basis(terms=spoken, by=lead, at=NOW)
    other = set_up_basis(terms=written, by=lead, at=NOW)

    assert set_up_basis(terms=spoken, by=lead, at=NOW) == first != other
    assert ConsentText.objects.count() == 2
    text = Basis.objects.get(id=first).consent_text
    assert text is not None
    assert (text.key, text.language) == ("spoken", "en")


def test_a_basis_on_a_text_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="Choose the text"):
        set_up_basis(
            terms=BasisTerms("consent", text_key="spoken.99"), by=make_viewer("engagement_lead"), at=NOW
        )
    assert not Basis.objects.exists()


def test_whoever_asks_twice_not_to_be_contacted_was_stopped_the_first_time() -> None:
    speaker = Speaker.objects.create(engagement=make_engagement(), pseudonym="P1", created_at=NOW)
    Contact.objects.create(speaker=speaker, channel="email", email="Jo@example.org", created_at=NOW)
    later = NOW + timedelta(days=1)

    assert stop_contacts(speaker_ids=[speaker.id], by=PUBLIC, at=NOW) == [speaker.id]
    assert stop_contacts(speaker_ids=[speaker.id], by=PUBLIC, at=later) == [speaker.id]

    assert Contact.objects.get().stopped_at == NOW
    assert AuditLine.objects.filter(operation="stop_contact").count() == 1
