"""Pages about consents: a person's own, and the team's; each only for whom it is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.engagement.models import Member, PublicForm, Voice
from alongside.apps.engagement.operations import MemberConsent, MemberTerms, add_member, end_uses
from alongside.apps.engagement.rules.asking import KEPT_AS
from alongside.apps.people.models import ConsentLine, ConsentText, Person
from tests.factories.consents import LATER, ending, open_form, send
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def form(lead: Viewer) -> PublicForm:
    return open_form(lead)


def sign_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def as_lead(lead: Viewer) -> Client:
    return sign_in(Person.objects.get(id=lead.own_id))


def show_receipt(form: PublicForm, code: str) -> Client:
    client = Client()
    answer = client.post(f"/say/{form.slug}/take-back/", {"code": code, "look": "1"})
    assert answer.headers["Location"] == "/your-consents/"
    return client


def test_a_receipt_shows_what_was_agreed_and_ends_one_use(form: PublicForm) -> None:
    code, person = send(form, "Ring me.")
    client = show_receipt(form, code)
    page = client.get("/your-consents/").content.decode()
    assert "You agreed on 22 November 2026" in page
    assert page.count("Stop this") == 4
    assert "Keep this" not in page
    answer = client.post(
        "/your-consents/end/", {"agreement": str(person), "use": "quote_public"}, follow=True
    )
    assert "Your words are gone from every public page." in answer.content.decode()
    assert "As far as we know, nothing" in answer.content.decode()
    assert client.get("/your-consents/").content.decode().count("Stop this") == 3


def test_a_receipt_ends_everything_at_once(form: PublicForm) -> None:
    code, _person = send(form, "Ring me.")
    client = Client()
    answer = client.post(f"/say/{form.slug}/take-back/", {"code": code}, follow=True)
    assert "Your words are taken back" in answer.content.decode()
    assert "your 1 answer." in answer.content.decode()
    assert not Voice.objects.filter(basis__may_analyse=True).exists()
    assert "Nothing is allowed any more" in client.get("/your-consents/").content.decode()


def test_a_wrong_code_opens_nothing(form: PublicForm) -> None:
    client = Client()
    answer = client.post(f"/say/{form.slug}/take-back/", {"code": "AAAA-AAAA-AAAA", "look": "1"})
    assert "We do not know this code" in answer.content.decode()
    for address in ("/your-consents/", "/your-consents/ended/"):
        assert client.get(address).status_code == 404
    assert client.post("/your-consents/end/").status_code == 404


def test_nobody_ends_what_is_not_theirs(form: PublicForm) -> None:
    code, _mine = send(form, "Ring me.")
    _code, other = send(form, "Write to me.")
    client = show_receipt(form, code)
    answer = client.post("/your-consents/end/", {"agreement": str(other), "use": "everything"})
    assert answer.headers["Location"] == "/your-consents/"
    assert ConsentLine.objects.exclude(event="given").count() == 0
    assert client.get("/your-consents/ended/").status_code == 404


def test_an_unknown_use_is_refused_with_what_to_do(form: PublicForm) -> None:
    code, person = send(form, "Ring me.")
    answer = show_receipt(form, code).post("/your-consents/end/", {"agreement": str(person), "use": "fly"})
    assert "Choose what should stop." in answer.content.decode()


def test_the_page_closes_by_itself(form: PublicForm) -> None:
    code, person = send(form, "Ring me.")
    client = show_receipt(form, code)
    session = client.session
    session[KEPT_AS] = {**session[KEPT_AS], "until": (timezone.now() - timedelta(minutes=1)).isoformat()}
    session.save()
    assert client.get("/your-consents/").status_code == 404
    session[KEPT_AS] = {
        **session[KEPT_AS], "until": (timezone.now() + timedelta(minutes=9)).isoformat(), "ended": str(person)
    }  # fmt: skip
    session.save()
    assert client.get("/your-consents/ended/").headers["Location"] == "/your-consents/"


def make_member(lead: Viewer, account: Person | None) -> Member:
    consent = MemberConsent("given", "paper", NOW, frozenset({"contact_again"}))
    terms = MemberTerms("Rhys", NOW.date(), conditions="asthma")
    return add_member(
        terms=terms, consent=consent, person_id=account.id if account else None, by=lead, at=NOW
    )


def test_a_member_with_an_account_sees_and_ends_their_consent(lead: Viewer) -> None:
    account = make_person("patient_partner", name="Rhys")
    member, client = make_member(lead, account), sign_in(account)
    assert "The exact words you agreed to (version 1)" in client.get("/consents/yours/").content.decode()
    wrong = client.post("/consents/yours/end/", {"agreement": str(lead.own_id), "use": "everything"})
    assert wrong.headers["Location"] == "/consents/yours/"
    refused = client.post("/consents/yours/end/", {"agreement": str(member.id), "use": "share_partners"})
    assert "already stopped" in refused.content.decode()
    assert client.get(f"/consents/yours/{member.id}/ended/").headers["Location"] == "/consents/yours/"
    as_lead(lead).get("/engagements/members/export.csv")
    answer = client.post(
        "/consents/yours/end/", {"agreement": str(member.id), "use": "everything"}, follow=True
    )
    assert "You have left the programme" in answer.content.decode()
    assert "List of members" in answer.content.decode()
    assert Member.objects.get().conditions == ""


def test_who_was_never_asked_is_told_so(lead: Viewer) -> None:
    assert "You have not been asked" in as_lead(lead).get("/consents/yours/").content.decode()


def test_the_team_sees_lines_counts_and_withdrawals(form: PublicForm, lead: Viewer) -> None:
    _one, person = send(form, "Ring me.")
    send(form, "Write to me.")
    end_uses(speaker_ids=[person], ending=ending("analyse"), by=PUBLIC, at=LATER)
    auditor = sign_in(make_person("auditor"))
    assert "1 changed their mind" in auditor.get("/consents/").content.decode()
    address = reverse("consents:engagement", args=[form.engagement_id])
    page = auditor.get(address).content.decode()
    assert "Nothing had been published." in page
    assert page.count("with a receipt code") >= 2
    assert "Record a withdrawal" not in page
    filtered = auditor.get(f"{address}?event=withdrawn&how=receipt").content.decode()
    assert filtered.count('class="al-id"') == 1
    assert "No line matches these filters" in auditor.get(f"{address}?event=refused").content.decode()
    assert "Record a withdrawal" in as_lead(lead).get(address).content.decode()


@pytest.mark.parametrize("role", ["analyst", "owner", "patient_partner", "administrator", "safety_officer"])
def test_others_see_no_consents(form: PublicForm, role: str) -> None:
    client = sign_in(make_person(role))
    for name, argument in (
        ("overview", None), ("texts", None), ("text", "have_your_say"), ("engagement", form.engagement_id),
        ("record", form.engagement_id), ("new_version", "have_your_say"),
    ):  # fmt: skip
        assert client.get(reverse(f"consents:{name}", args=[argument] if argument else [])).status_code == 403


def test_a_withdrawal_by_phone_is_recorded_on_a_page(form: PublicForm, lead: Viewer) -> None:
    _code, person = send(form, "Ring me.")
    client, address = as_lead(lead), reverse("consents:record", args=[form.engagement_id])
    today = timezone.localdate()
    typed = {
        "speaker": str(person), "what": "some", "how": "phone", "note": "Rang at noon",
        "given_on_day": today.day, "given_on_month": today.month, "given_on_year": today.year,
    }  # fmt: skip
    assert "at least one use" in client.post(address, typed).content.decode()
    answer = client.post(address, {**typed, "uses": ["quote_public"]}, follow=True)
    assert "It holds from now on" in answer.content.decode()
    assert "Rang at noon" in answer.content.decode()
    again = client.post(address, {**typed, "uses": ["quote_public"]})
    assert "Nothing of theirs" in again.content.decode()
    client.post(address, {**typed, "what": "everything"})
    assert "Nobody here has words" in client.get(address).content.decode()
    assert client.get(reverse("consents:record", args=[person])).status_code == 404
    assert client.get(reverse("consents:engagement", args=[person])).status_code == 404


def test_texts_are_compared_and_counted_without_small_numbers(form: PublicForm, lead: Viewer) -> None:
    send(form, "Ring me.")
    client = as_lead(lead)
    assert "1 to 7" in client.get("/consents/texts/").content.decode()
    old = ConsentText.objects.get(key="have_your_say", language="en").body
    new = old.replace("People in our team read them.", "Two people read them.")
    address = "/consents/texts/have_your_say/"
    assert "already read" in client.post(f"{address}new/", {"en": old, "cy": ""}).content.decode()
    answer = client.post(f"{address}new/", {"en": new, "cy": "Newydd."}, follow=True).content.decode()
    assert "<ins>Two </ins>" in answer or "<ins>Two people" in answer
    assert "still ask people to agree to older words" in answer
    client.post(reverse("consents:use_newest", args=[form.engagement_id]))
    assert "still ask people" not in client.get(address).content.decode()
    assert "Newydd." in client.get(f"{address}?language=cy").content.decode()
    assert client.get("/consents/texts/unknown/").status_code == 404


def test_a_members_answer_is_recorded_on_their_page(lead: Viewer) -> None:
    client, today = as_lead(lead), timezone.localdate()
    day = {"joined_on_day": today.day, "joined_on_month": today.month, "joined_on_year": today.year}
    new = {"name": "Ann", "answer": "given", **day}
    assert "Choose how they told you" in client.post("/engagements/members/new/", new).content.decode()
    client.post("/engagements/members/new/", {**new, "how": "phone", "uses": ["contact_again"]})
    client.post("/engagements/members/new/", {"name": "Bea", "answer": "", **day})
    ann, bea = Member.objects.order_by("name")
    assert "Agreed, by phone" in client.get(reverse("consents:member", args=[ann.id])).content.decode()
    address = reverse("consents:member", args=[bea.id])
    assert "Nobody has asked yet" in client.get(address).content.decode()
    said = {name.replace("joined", "given"): value for name, value in day.items()}
    answer = client.post(address, {"answer": "refused", "how": "paper", **said}, follow=True)
    assert "Refused, on paper" in answer.content.decode()
    assert client.get(reverse("consents:member", args=[lead.own_id])).status_code == 404
