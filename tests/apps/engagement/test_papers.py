"""An engagement that needs an agreement first asks nobody for anything before it is signed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.operations import FormTerms, invite_partner, open_public_form
from alongside.apps.people.queries import get_viewer
from tests.factories import engagement, insight
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


def test_nothing_begins_before_the_paper_is_signed(client: Client) -> None:
    lead = make_person("engagement_lead")
    viewer: Viewer = get_viewer(lead)
    heard, partner = insight.make_engagement(), make_viewer("patient_partner")
    client.force_login(lead)
    address = reverse("engagement:papers", args=[heard.id])
    assert "This needs an agreement first" in client.get(address).content.decode()
    client.post(address, {"why": "Members give their time.", "kinds": ["service"]})
    needed = NeededPaper.objects.get()
    terms = FormTerms("Tell us.", (("What?", ""),), NOW.date())
    with pytest.raises(Refused, match="Members give their time"):
        open_public_form(engagement_id=heard.id, terms=terms, by=viewer, at=NOW)
    with pytest.raises(Refused, match="certified and signed"):
        invite_partner(engagement_id=heard.id, person_id=partner.own_id, by=viewer, at=NOW)
    with pytest.raises(Refused, match="Agreement first"):
        engagement.make_voices(heard, "Two buses.")
    with pytest.raises(Refused, match="Agreement first"):
        engagement.upload(heard, engagement.make_csv([(1, "p", "Fine.")]))
    group = make_organisation()
    made = make_agreement(
        organisation_id=group.id, kind="service", state="certified", starts_on=NOW.date() - timedelta(days=900),
        ends_on=NOW.date() + timedelta(days=90),
    )  # fmt: skip
    client.post(reverse("engagement:give_paper", args=[heard.id]), {"agreement": ""})
    client.post(reverse("engagement:give_paper", args=[heard.id]), {"agreement": str(made.id)})
    detail = reverse("engagement:detail", args=[heard.id])
    assert made.reference in client.get(detail).content.decode()
    with pytest.raises(Refused, match="Let both sides sign it"):
        invite_partner(engagement_id=heard.id, person_id=partner.own_id, by=viewer, at=NOW)
    Agreement.objects.filter(id=made.id).update(state="active", signed_on=made.starts_on)
    invite_partner(engagement_id=heard.id, person_id=partner.own_id, by=viewer, at=NOW)
    engagement.make_voices(heard, "Two buses.")
    client.post(reverse("engagement:withdraw_need", args=[heard.id, needed.id]), {"why": "Nobody is paid."})

    assert not NeededPaper.objects.exists()
    assert client.post(reverse("engagement:withdraw_need", args=[heard.id, needed.id])).status_code == 404
