"""The pages of payments: lists, filters, one payment, asking, approving several, the group's own side."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.payments import (
    PaymentFilters,
    list_own_payments,
    list_payments,
    list_payments_of_source,
)
from alongside.apps.people.models import Person
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.payments import AT, make_payment
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 5)


def enter(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=viewer.own_id))
    return client


def find(viewer: Viewer, on: date, **filters: str) -> list[str]:
    return [one.description for one in list_payments(viewer, PaymentFilters(**filters), on)]


def test_each_filter_narrows_the_list() -> None:
    side_door = make_organisation("Side Door")
    agreement = make_agreement(organisation_id=side_door.id, ends_on=date(2028, 1, 1))
    one = make_payment(agreement_id=agreement.id, description="Leaflets", due_on=date(2027, 3, 20))
    make_payment(description="Phones", state="paid", finance_reference="FIN-77")
    finance = make_viewer("finance")
    assert find(finance, ON) == ["Leaflets", "Phones"]
    for filters, wanted in (
        ({"words": one.reference}, ["Leaflets"]), ({"words": "fin-77"}, ["Phones"]), ({"words": "leafl"}, ["Leaflets"]),
        ({"words": "side do"}, ["Leaflets"]), ({"state": "paid"}, ["Phones"]),
        ({"state": "lost"}, ["Leaflets", "Phones"]),
        ({"payee": str(side_door.id)}, ["Leaflets"]), ({"payee": "door"}, ["Leaflets"]),
        ({"agreement": str(agreement.id)}, ["Leaflets"]), ({"agreement": agreement.reference}, ["Leaflets"]),
        ({"year": "2027"}, ["Leaflets"]), ({"year": "9999"}, ["Leaflets", "Phones"]), ({"category": "fee"}, []),
        ({"scope": "late"}, []), ({"scope": "mine"}, ["Leaflets"]),
    ):  # fmt: skip
        assert find(finance, ON, **filters) == wanted, filters
    assert find(finance, ON + timedelta(days=60), scope="late") == ["Leaflets"]


def test_what_waits_for_somebody_is_theirs_to_move() -> None:
    lead, certifier, finance = (make_viewer(role) for role in ("engagement_lead", "certifier", "finance"))
    for state in ("asked", "approved", "queried", "paid"):
        make_payment(description=state, state=state, lead=lead, certifier=certifier, finance=finance)
    assert find(lead, ON, scope="mine") == ["queried"]
    assert find(certifier, ON, scope="mine") == ["asked"]
    assert sorted(find(finance, ON, scope="mine")) == ["approved", "asked"]
    assert find(make_viewer("auditor"), ON, scope="mine") == []


def test_the_number_of_queries_does_not_grow_with_the_list() -> None:
    finance = make_viewer("finance")
    agreement = make_agreement(organisation_id=make_organisation().id, amount_pence=10**9)
    lead, client, counts = make_viewer("engagement_lead"), enter(finance), []
    for number in (3, 30):
        while Payment.objects.count() < number:
            make_payment(lead=lead, agreement_id=agreement.id, amount_pence=100)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/partners/payments/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_payment_is_asked_for_on_the_page_and_what_was_typed_stays() -> None:
    lead = make_viewer("engagement_lead")
    agreement = make_agreement(organisation_id=make_organisation("Side Door").id)
    client, url = enter(lead), f"/partners/payments/new/?agreement={agreement.id}"
    assert "Side Door" in client.get("/partners/payments/new/").content.decode()
    typed = {
        "request_key": str(uuid4()), "category": "grant", "amount": "£1,250.50", "vat": "none", "vat_pence": "",
        "description": "First half", "due_on_day": "20", "due_on_month": "3", "due_on_year": "2026",
    }  # fmt: skip
    for wrong, words in (
        ({"amount": "1.234,50"}, "is not an amount"),
        ({"amount": "9,000"}, "still allows £5,000"),
    ):
        page = client.post(url, {**typed, **wrong}).content.decode()
        assert words in page
        assert "First half" in page
    for _ in range(2):
        made = client.post(url, typed)
        assert made.status_code == 302
    payment = Payment.objects.get()
    assert payment.amount_pence == 125_050
    assert "First half" in client.get(made["Location"]).content.decode()
    assert client.get(f"/partners/payments/new/?agreement={uuid4()}").status_code == 404


def test_every_move_has_its_page() -> None:
    lead, certifier, finance = (make_viewer(role) for role in ("engagement_lead", "certifier", "finance"))
    payment = make_payment(lead=lead)
    base = f"/partners/payments/{payment.id}/"
    steps: tuple[tuple[Viewer, str, dict[str, str], str], ...] = (
        (certifier, "query/", {"words": "Which half?"}, "queried"),
        (lead, "answer/", {"words": "The first."}, "asked"),
        (certifier, "approve/", {}, "approved"),
        (finance, "pay/", {"paid_on_day": "5", "paid_on_month": "3", "paid_on_year": "2026"}, "paid"),
        (finance, "failed/", {"words": "It came back"}, "failed"),
        (lead, "cancel/", {"words": "The group closed"}, "cancelled"),
    )
    for viewer, end, data, state in steps:
        client = enter(viewer)
        if end != "approve/":
            assert client.get(base + end).status_code == 200
            assert client.post(base + end, {}).status_code == 200  # says what is missing
        assert client.post(base + end, data).status_code == 302
        assert Payment.objects.get(id=payment.id).state == state
        assert client.get(base).status_code == 200
    page = enter(lead).get(base).content.decode()
    assert "Which half?" in page


def test_several_are_approved_each_by_itself() -> None:
    certifier = make_viewer("certifier")
    agreement = make_agreement(organisation_id=make_organisation().id, amount_pence=2_000_000)
    good, paid = make_payment(), make_payment(state="paid")
    large = make_payment(agreement_id=agreement.id, amount_pence=900_000)
    ended = make_payment()
    ended.agreement.state = "terminated"
    ended.agreement.save()
    client, ids = enter(certifier), [str(one.id) for one in (good, paid, large, ended)]
    shown = client.post("/partners/payments/approve/", {"ids": ids}).content.decode()
    assert "Approve 3 payments?" in shown
    assert "does not wait for approval" in shown
    assert Payment.objects.filter(state="asked").count() == 3
    done = client.post("/partners/payments/approve/", {"ids": ids, "confirmed": "1"}).content.decode()
    assert "2 payments approved." in done
    assert "so this cannot be approved" in done
    states = [Payment.objects.get(id=one.id).state for one in (good, paid, large, ended)]
    assert states == ["approved", "paid", "approved_once", "asked"]
    assert "Choose the payments" in client.post("/partners/payments/approve/", {}).content.decode()


def test_the_export_holds_the_list_and_is_written_down() -> None:
    make_payment(description="=1+1", state="paid")
    client = enter(make_viewer("auditor"))
    rows = b"".join(client.get("/partners/payments/export/csv/?state=paid").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in rows
    assert "1000.00" in rows
    assert client.get("/partners/payments/export/pdf/").status_code == 404
    assert AuditLine.objects.filter(operation="export_payments").count() == 1


def test_a_group_sees_what_it_received_and_nothing_of_another() -> None:
    ours, theirs = make_organisation("Side Door"), make_organisation("Plain Skin")
    make_payment(organisation_id=ours.id, description="Phone friends", state="paid")
    make_payment(organisation_id=ours.id, description="Second half", state="approved")
    other = make_payment(organisation_id=theirs.id, description="Other words", state="paid")
    user = make_partner_user(ours.id)
    client = enter(user)
    page = client.get("/our-organisation/payments/").content.decode()
    assert "Phone friends" in page
    assert "Second half" in page
    assert "Other words" not in page
    rows = b"".join(client.get("/our-organisation/payments/export/csv/").streaming_content).decode()  # type: ignore[attr-defined]
    assert rows.splitlines()[0].lstrip("\ufeff").startswith("company,amount,currency,date,description")
    assert "Phone friends" in rows
    assert "Other words" not in rows
    assert client.get("/our-organisation/payments/export/pdf/").status_code == 404
    assert client.get(f"/partners/payments/{other.id}/").status_code in (403, 404)


def test_a_person_sees_their_own_payments_without_names_of_staff() -> None:
    partner = make_viewer("patient_partner")
    agreement = make_agreement(kind="service", capacity="themselves", person_id=partner.own_id)
    claim = uuid4()
    make_payment(
        agreement_id=agreement.id, category="fee", description="Reading the leaflet", claimed_on=date(2026, 2, 1),
        source_kind="claim", source_id=claim,
    )  # fmt: skip
    make_payment()
    (own,) = list_own_payments(partner)
    assert (own.description, own.asked_on) == ("Reading the leaflet", date(2026, 2, 1))
    assert list_own_payments(Viewer(None, "public")) == []
    assert list_payments_of_source(make_viewer("finance"), "claim", [claim]).count() == 1
    assert AT.date() > own.asked_on
