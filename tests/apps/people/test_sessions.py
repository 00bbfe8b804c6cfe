"""Sessions end in time and when rights change; sensitive acts ask again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM
from alongside.apps.people.models import Invitation, Person, SignIn, WrongTries
from alongside.apps.people.operations import (
    end_role,
    give_role,
    invite,
    note_wrong_try,
    reset_factors,
    set_active,
    set_password,
    tidy_sign_ins,
)
from alongside.apps.people.rules import MustAskAgain, ask_again, ask_again_to_change, describe_device
from tests.apps.people.conftest import PASSWORD, give_app, is_signed_in, make_code
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ACCOUNT, PASSWORD_PAGE, AGAIN = "people:account", "people:password", "people:ask_again"


def go_forward(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    """Move the clock."""
    later = timezone.now() + timedelta(**time)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_a_session_ends_after_an_hour_without_a_touch(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_person("analyst"))
    go_forward(monkeypatch, minutes=59)
    assert is_signed_in(client)
    go_forward(monkeypatch, minutes=59)
    assert is_signed_in(client)
    go_forward(monkeypatch, minutes=61)
    assert not is_signed_in(client)
    assert b"You were signed out" in client.get(reverse("people:login")).content
    assert not SignIn.objects.exists()


def test_a_session_ends_after_twelve_hours_however_busy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_person("analyst"))
    for _ in range(14):
        go_forward(monkeypatch, minutes=50)
        assert is_signed_in(client)
    go_forward(monkeypatch, minutes=50)
    assert not is_signed_in(client)


def test_a_page_that_is_only_read_writes_no_session(client: Client) -> None:
    client.force_login(make_person("analyst"))
    before = Session.objects.get().session_data
    client.get(reverse("home:start"))
    assert Session.objects.get().session_data == before


@pytest.mark.parametrize("change", ["password", "factors", "give", "end", "active"])
def test_all_sessions_end_at_once_when_rights_change(change: str) -> None:
    person, administrator = make_person("analyst"), make_viewer("administrator")
    give_app(person)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(person)
        assert is_signed_in(browser)
    assert SignIn.objects.filter(person=person).count() == 2
    if change == "password":
        set_password(person_id=person.id, password="four odd words here", by=administrator, at=NOW)
    elif change == "factors":
        reset_factors(person_id=person.id, by=administrator, at=NOW)
    elif change == "give":
        give_role(person_id=person.id, role="owner", by=SYSTEM, at=NOW)
    elif change == "end":
        end_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    else:
        set_active(person_id=person.id, is_active=False, by=SYSTEM, at=NOW)
    assert [is_signed_in(browser) for browser in browsers] == [False, False]
    assert not SignIn.objects.filter(person=person).exists()


def test_a_session_no_list_knows_ends_too(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    SignIn.objects.all().delete()
    give_role(person_id=person.id, role="owner", by=SYSTEM, at=NOW)
    assert not is_signed_in(client)


def test_a_role_given_twice_ends_nothing(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    give_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    assert is_signed_in(client)


def test_ones_own_session_survives_ones_own_new_password(client: Client) -> None:
    person, other = make_person("analyst"), Client()
    client.force_login(person)
    other.force_login(person)
    before = client.session.session_key
    page = client.get(reverse(PASSWORD_PAGE)).content.decode()
    assert "At least 15 characters" in page
    wrong = {"new_password1": "too short", "new_password2": "not the same"}
    refused = client.post(reverse(PASSWORD_PAGE), wrong).content.decode()
    assert "at least 15 characters" in refused
    common = dict.fromkeys(("new_password1", "new_password2"), "123456789987654321")
    assert client.post(reverse(PASSWORD_PAGE), common).status_code == 200
    unlike = {"new_password1": "four odd words here", "new_password2": "four odd words there"}
    assert "not the same" in client.post(reverse(PASSWORD_PAGE), unlike).content.decode()
    right = dict.fromkeys(("new_password1", "new_password2"), "four odd words here")
    assert client.post(reverse(PASSWORD_PAGE), right).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert client.session.session_key != before
    assert SignIn.objects.get().session_key == client.session.session_key
    assert Person.objects.get(id=person.id).check_password("four odd words here")
    assert AuditLine.objects.get(operation="set_password").by_person_id == person.id


def test_somebody_sees_where_they_are_signed_in_and_signs_out_elsewhere(client: Client) -> None:
    person, library, phone = make_person("analyst"), Client(headers={"user-agent": FIREFOX}), Client()
    for browser in (client, library, phone):
        browser.force_login(person)
    SignIn.objects.filter(session_key=library.session.session_key).update(device=describe_device(FIREFOX))
    stranger = Client()
    stranger.force_login(make_person("analyst"))
    page = client.get(reverse("people:sessions"))
    assert b"Firefox, Windows" in page.content
    assert len(page.context["lines"]) == 3
    assert page.context["lines"][0].is_this_one
    at_library = SignIn.objects.get(session_key=library.session.session_key)
    assert stranger.post(reverse("people:sessions"), {"end": str(at_library.id)}).status_code == 403
    assert client.post(reverse("people:sessions"), {"end": "strange"}).status_code == 404
    client.post(reverse("people:sessions"), {"end": str(at_library.id)})
    assert not is_signed_in(library)
    assert is_signed_in(phone)
    assert b"Signed out in 1 other place" in client.post(reverse("people:sessions"), follow=True).content
    assert not is_signed_in(phone)
    assert is_signed_in(client)
    assert is_signed_in(stranger)


def test_signing_out_forgets_where_somebody_was_signed_in(client: Client) -> None:
    client.force_login(make_person("analyst"))
    client.post(reverse("people:logout"))
    assert not SignIn.objects.exists()
    assert not is_signed_in(client)


def test_sessions_that_ran_out_are_forgotten_at_the_next_sign_in(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    Session.objects.all().update(expire_date=NOW)
    Client().force_login(person)
    assert SignIn.objects.count() == 1


def test_what_ran_out_is_tidied_away_by_itself() -> None:
    client, other = Client(), Client()
    client.force_login(make_person("analyst"))
    other.force_login(make_person("analyst"))
    gone = other.session.session_key
    Session.objects.filter(session_key=gone).update(expire_date=NOW)
    now = timezone.now()
    note_wrong_try(email="old@example.org", place="here", at=now - timedelta(days=2))
    note_wrong_try(email="new@example.org", place="here", at=now)
    for name, weeks in (("Never Came", 8), ("Comes Soon", 2)):
        invite(
            email=f"{weeks}@example.org",
            name=name,
            roles=["analyst"],
            by=SYSTEM,
            at=now - timedelta(weeks=weeks),
        )
    tidy_sign_ins(at=now)
    assert [one.session_key for one in SignIn.objects.all()] == [client.session.session_key]
    assert WrongTries.objects.count() == 2
    assert set(Invitation.objects.values_list("name", "email")) == {("", ""), ("Comes Soon", "2@example.org")}
    assert AuditLine.objects.get(operation="withdraw_invitation").reason == "expired"


def test_a_sensitive_act_asks_again_after_ten_minutes_and_comes_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_person("analyst"))
    assert client.get(reverse(PASSWORD_PAGE)).status_code == 200
    go_forward(monkeypatch, minutes=11)
    asked = client.get(reverse(PASSWORD_PAGE))
    assert asked.headers["Location"] == f"{reverse(AGAIN)}?next=%2Fyou%2Fpassword%2F"
    assert b"Is it you?" in client.get(asked.headers["Location"]).content
    wrong = client.post(asked.headers["Location"], {"password": "wrong"})
    assert b"This is not your password" in wrong.content
    right = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert right.headers["Location"] == reverse(PASSWORD_PAGE)
    assert client.get(reverse(PASSWORD_PAGE)).status_code == 200
    assert AuditLine.objects.filter(operation="confirm_identity").count() == 1


def test_a_code_confirms_too_and_strange_answers_do_not(client: Client) -> None:
    person = make_person("analyst")
    secret = give_app(person)
    client.force_login(person)
    address = reverse(AGAIN)
    assert b"This is not the code" in client.post(address, {"code": "000000"}).content
    assert b"This passkey was not accepted" in client.post(address, {"credential": "{}"}).content
    assert client.post(address, {"options": "yes"}).json()["publicKey"]["challenge"]
    assert client.post(address, {"demo": "yes"}).status_code == 403
    assert client.post(address, {"code": make_code(secret), "next": "https://elsewhere.example/"}).headers[
        "Location"
    ] == reverse(ACCOUNT)


def test_asking_again_is_locked_like_signing_in(client: Client) -> None:
    client.force_login(make_person("analyst"))
    statuses = [client.post(reverse(AGAIN), {"password": "wrong"}).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert client.post(reverse(AGAIN), {"password": PASSWORD}).status_code == 429


def test_in_the_demonstration_one_button_is_enough(client: Client, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    person = make_person("analyst")
    Person.objects.filter(id=person.id).update(demo_purpose="Look around")
    client.post(reverse("people:demo_login", args=[person.id]))
    assert b"It is me" in client.get(reverse(AGAIN)).content
    assert client.post(reverse(AGAIN), {"demo": "yes"}).status_code == 302


def test_a_form_that_asks_again_leads_back_to_the_page_with_the_form(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator, person = make_person("administrator"), make_person("analyst")
    client.force_login(administrator)
    page = reverse("people:person", args=[person.id])
    go_forward(monkeypatch, minutes=11)
    assert client.get(page).status_code == 200
    there = f"http://testserver{page}"
    asked = client.post(page, {"give": "owner"}, headers={"referer": there})
    assert asked.headers["Location"].endswith(f"?next={page.replace('/', '%2F')}")
    elsewhere = client.post(page, {"give": "owner"}, headers={"referer": "https://elsewhere.example/x"})
    assert elsewhere.headers["Location"].endswith("?next=%2F")
    htmx = client.post(page, {"give": "owner"}, headers={"hx-request": "true", "hx-current-url": there})
    assert htmx.headers["HX-Redirect"].endswith(f"?next={page.replace('/', '%2F')}")
    assert person.role_grants.filter(ended_at=None).count() == 1


def test_the_decorators_pass_whoever_was_asked_lately(rf: RequestFactory) -> None:
    request, form = rf.get("/"), rf.post("/")
    with pytest.raises(MustAskAgain):
        ask_again(lambda _request: HttpResponse())(request)
    with pytest.raises(MustAskAgain):
        ask_again_to_change(lambda _request: HttpResponse())(form)
    assert ask_again_to_change(lambda _request: HttpResponse())(request).status_code == 200
    request.was_asked_lately = True  # type: ignore[attr-defined]
    assert ask_again(lambda _request: HttpResponse())(request).status_code == 200


def test_a_former_secret_key_still_knows_its_sessions(client: Client, settings: object) -> None:
    client.force_login(make_person("analyst"))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "a new secret key"  # type: ignore[attr-defined]
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Mac"),
        ("", ""),
    ],
)
def test_a_device_is_told_roughly(user_agent: str, words: str) -> None:
    assert describe_device(user_agent) == words


@pytest.mark.parametrize(
    "name", ["people:request_erase", "people:request_make", "people:request_secret", "engagement:deletion"]
)
def test_erasing_answering_and_deleting_ask_again_who_is_there(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    client.force_login(make_person("governance_lead"))
    address = reverse(name, args=[uuid4()])
    assert client.post(address).status_code != 302
    go_forward(monkeypatch, minutes=11)
    assert client.post(address).headers["Location"].startswith(reverse(AGAIN))
