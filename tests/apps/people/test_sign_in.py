"""Signing in: two steps, locks, the demonstration's button."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.apps.base.models import AuditChange, AuditLine
from alongside.apps.people.models import SignIn, WrongTries
from alongside.apps.people.operations import note_wrong_try
from alongside.apps.people.operations.sign_ins import digest_place
from alongside.apps.people.queries import is_locked
from alongside.apps.people.rules import LOCKED_FOR, TRIES_FROM_ANYWHERE, TRIES_FROM_ONE_PLACE
from tests.apps.people.conftest import PASSWORD, give_app, is_signed_in, make_code, try_to_sign_in
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.django_db

LOGIN, START = "people:login", "home:start"


def test_a_password_alone_opens_nothing_but_the_page_that_sets_up_the_second_step(client: Client) -> None:
    person = make_person("engagement_lead")
    assert try_to_sign_in(client, person.email) == 302
    for name in (START, "people:account", "people:sessions", "people:password", "home:search"):
        assert client.get(reverse(name)).headers["Location"] == reverse("people:set_up"), name
    page = client.get(reverse("people:set_up"))
    assert page.status_code == 200
    assert b"Set up your second step" in page.content
    assert reverse("engagement:list") not in page.content.decode()


def test_the_trail_says_who_signed_in_and_not_nobody(client: Client) -> None:
    person = make_person("engagement_lead")
    try_to_sign_in(client, person.email)
    changes = AuditChange.objects.filter(table_name="people_person")
    assert changes.latest("id").person_id == person.id


def test_the_second_step_is_asked_of_whoever_has_one(client: Client) -> None:
    person = make_person("engagement_lead")
    secret = give_app(person)
    assert try_to_sign_in(client, person.email) == 302
    assert client.get(reverse(LOGIN)).headers["Location"] == reverse("people:second_step")
    assert not is_signed_in(client)
    wrong = client.post(reverse("people:second_step"), {"code": "000000"})
    assert "This is not the code" in wrong.content.decode()
    assert client.post(reverse("people:second_step"), {"code": make_code(secret)}).status_code == 302
    assert is_signed_in(client)
    assert AuditLine.objects.filter(operation="code_refused", object_id=person.id).count() == 1
    assert AuditLine.objects.get(operation="sign_in").detail == {"with": ["password", "totp"]}


def test_a_code_works_once(client: Client) -> None:
    person = make_person("analyst")
    code = make_code(give_app(person))
    for attempt, works in enumerate((True, False)):
        fresh = Client()
        try_to_sign_in(fresh, person.email)
        fresh.post(reverse("people:second_step"), {"code": code})
        assert is_signed_in(fresh) is works, attempt


def test_a_code_works_once_for_as_long_as_it_could_be_typed() -> None:
    person = make_person("analyst")
    code = make_code(give_app(person))
    for attempt, works in enumerate((True, False)):
        fresh = Client()
        try_to_sign_in(fresh, person.email)
        fresh.post(reverse("people:second_step"), {"code": f"{code[:3]} {code[3:]}"})
        assert is_signed_in(fresh) is works, attempt
        # allauth forgets a used code after half a minute, while its neighbours are still accepted
        cache.delete(f"allauth.mfa.totp.used?user={person.pk}&code={code}")


def test_a_code_of_the_half_minute_before_or_after_works_and_older_ones_do_not(client: Client) -> None:
    for steps, works in ((-1, True), (1, True), (-3, False), (3, False)):
        person, fresh = make_person("analyst"), Client()
        code = make_code(give_app(person), steps=steps)
        try_to_sign_in(fresh, person.email)
        fresh.post(reverse("people:second_step"), {"code": code})
        assert is_signed_in(fresh) is works, steps


def test_codes_cannot_be_guessed_for_long(client: Client) -> None:
    person = make_person("analyst")
    secret = give_app(person)
    try_to_sign_in(client, person.email)
    for _ in range(6):
        client.post(reverse("people:second_step"), {"code": "000000"})
    answer = client.post(reverse("people:second_step"), {"code": make_code(secret)})
    assert "Too many wrong tries" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_session_has_a_new_key_after_signing_in(client: Client) -> None:
    client.get(reverse(LOGIN))
    session = client.session
    session["something"] = "before"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    try_to_sign_in(client, make_person("analyst").email)
    assert client.session.session_key not in (None, before)


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    known = make_person("analyst").email
    answers = []
    for email in (known, "nobody@example.org"):
        answer = client.post(reverse(LOGIN), {"login": email, "password": "the wrong password"})
        token = answer.context["csrf_token"]
        body = answer.content.decode().replace(email, "").replace(str(token), "")
        answers.append((answer.status_code, answer.headers.get("Location"), body))
    assert answers[0] == answers[1]
    for email in (known, "nobody@example.org"):
        for _ in range(TRIES_FROM_ONE_PLACE):
            status = try_to_sign_in(client, email, "wrong")
        assert status == 200 or status == 429
        assert try_to_sign_in(client, email, "wrong") == 429


def test_a_closed_account_looks_like_a_wrong_password(client: Client) -> None:
    person = make_person("analyst")
    person.is_active = False
    person.save()
    answer = client.post(reverse(LOGIN), {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "do not go together" in answer.content.decode()


def test_twenty_wrong_tries_lock_for_fifteen_minutes_and_then_even_the_right_password_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person("analyst")
    for _ in range(TRIES_FROM_ONE_PLACE):
        assert try_to_sign_in(client, person.email, "wrong") == 200
    assert try_to_sign_in(client, person.email) == 429
    assert (
        b"locked for 15 minutes"
        in client.post(reverse(LOGIN), {"login": person.email.upper(), "password": PASSWORD}).content
    )
    assert not is_signed_in(client)
    assert not SignIn.objects.exists()
    assert AuditLine.objects.filter(operation="sign_in").count() == 0
    assert AuditLine.objects.filter(operation="sign_in_refused").count() == TRIES_FROM_ONE_PLACE
    assert AuditLine.objects.filter(operation="sign_in_locked").count() == 1
    assert not any(person.email in str(line.detail) for line in AuditLine.objects.all())
    later = timezone.now() + LOCKED_FOR + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert try_to_sign_in(client, person.email) == 302


def test_a_lock_from_one_place_does_not_lock_out_the_owner_elsewhere(client: Client, settings: Any) -> None:
    person = make_person("analyst")
    for _ in range(TRIES_FROM_ONE_PLACE):
        try_to_sign_in(client, person.email, "wrong", REMOTE_ADDR="198.51.100.7")
    assert try_to_sign_in(client, person.email, REMOTE_ADDR="198.51.100.7") == 429
    assert try_to_sign_in(client, person.email, REMOTE_ADDR="203.0.113.9") == 302


def test_tries_from_many_places_lock_the_account_everywhere() -> None:
    for number in range(TRIES_FROM_ANYWHERE):
        note_wrong_try(email="ada@example.org", place=f"198.51.100.{number}", at=NOW)
    everywhere = digest_place("ADA@example.org ", "")
    assert is_locked(digests=[everywhere], at=NOW)
    assert not is_locked(digests=[everywhere], at=NOW + LOCKED_FOR)
    assert AuditLine.objects.get(operation="sign_in_locked").detail == {"everywhere": True}


def test_the_right_password_begins_the_count_again(client: Client) -> None:
    person = make_person("analyst")
    for _ in range(TRIES_FROM_ONE_PLACE - 1):
        try_to_sign_in(client, person.email, "wrong")
    assert try_to_sign_in(client, person.email) == 302
    fresh = Client()
    assert try_to_sign_in(fresh, person.email, "wrong") == 200
    assert try_to_sign_in(fresh, person.email) == 302


def test_an_address_a_stranger_claims_is_not_believed(client: Client, settings: Any) -> None:
    person = make_person("analyst")
    for number in range(TRIES_FROM_ONE_PLACE):
        try_to_sign_in(client, person.email, "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert try_to_sign_in(client, person.email, HTTP_X_FORWARDED_FOR="203.0.113.99") == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # now what our own proxy adds counts, and only that
    assert try_to_sign_in(client, person.email, HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.99") == 302


class Counting(TestCase):
    """What is counted, whatever the rhythm of the tries."""

    @given(gaps=st.lists(st.integers(min_value=0, max_value=30 * 60), max_size=60))
    @settings(max_examples=15, deadline=None)
    def test_a_lock_comes_after_twenty_tries_in_its_time_and_never_before(self, gaps: list[int]) -> None:
        at, digest = NOW, digest_place("ada@example.org", "here")
        began, count, until = NOW, 0, None
        for gap in gaps:
            at += timedelta(seconds=gap)
            note_wrong_try(email="ada@example.org", place="here", at=at)
            if count == 0 or at - began > timedelta(minutes=15):  # the slow twin
                began, count = (at, 0) if count else (began, 0)
            count += 1
            if count >= TRIES_FROM_ONE_PLACE:
                until, count, began = at + LOCKED_FOR, 0, at
            assert is_locked(digests=[digest], at=at) == (until is not None and until > at)


def test_counters_are_shared_through_the_database(settings: Any, client: Client) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "alongside_cache"}
    }
    call_command("createcachetable", verbosity=0)
    assert caches["default"].add("people.code:1", "used", timeout=90)
    assert not caches["default"].add("people.code:1", "used", timeout=90)


def test_no_address_stands_in_what_is_counted() -> None:
    note_wrong_try(email="ada@example.org", place="198.51.100.7", at=NOW)
    for row in WrongTries.objects.values_list():
        assert "ada" not in str(row)
        assert "198.51" not in str(row)


def test_somebody_of_the_demonstration_signs_in_by_a_button_without_a_second_step(
    client: Client, settings: Any
) -> None:
    settings.DEMO = True
    person = make_person("engagement_lead")
    person.demo_purpose = "Look around"
    person.save()
    assert client.post(reverse("people:demo_login", args=[person.id])).status_code == 302
    assert is_signed_in(client)
    settings.DEMO = False  # the same session is worth nothing anywhere else
    assert not is_signed_in(client)
    settings.DEMO = True
    assert not is_signed_in(client)


def test_the_button_is_refused_outside_the_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = False
    person = make_person("engagement_lead")
    person.demo_purpose = "Look around"
    person.save()
    assert client.post(reverse("people:demo_login", args=[person.id])).status_code == 403
    assert not is_signed_in(client)
    settings.DEMO = True
    person.demo_purpose = ""
    person.save()
    assert client.post(reverse("people:demo_login", args=[person.id])).status_code == 404


def test_a_session_that_left_out_the_second_step_its_person_has_is_ended(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    session = client.session
    del session["second_factor"]
    session.save()
    give_app(person)
    assert client.get(reverse("people:set_up")).headers["Location"] == reverse(LOGIN)
    assert not is_signed_in(client)


def test_a_strange_passkey_is_refused_in_words(client: Client) -> None:
    address = reverse("people:passkey_login")
    assert client.get(address).status_code == 405
    options = client.post(address, {"options": "yes"}).json()
    assert options["publicKey"]["userVerification"] == "required"
    answer = client.post(address, {"credential": "{}"}, follow=True)
    assert "This passkey is not known here" in answer.content.decode()


STRANGE = ("", "null", "5", "[]", '"words"', "{}", '{"response": 5}', '{"response": {"userHandle": 5}}', "{",
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "YQ", "clientDataJSON": "e30",'
    ' "authenticatorData": "AA", "signature": "AA"}}',
    '{"id": 1, "rawId": {}, "type": [], "response": {"clientDataJSON": 1, "attestationObject": []}}')  # fmt: skip


@pytest.mark.parametrize("credential", STRANGE)
def test_whatever_is_sent_as_a_passkey_breaks_nothing(credential: str) -> None:
    client, person = Client(), make_person("analyst")
    public = reverse("people:passkey_login")
    client.post(public, {"options": "yes"})
    assert client.post(public, {"credential": credential}).status_code == 302
    client.force_login(person)
    for name in ("people:ask_again", "people:add_passkey"):
        client.post(reverse(name), {"options": "yes"})
        sent = {"credential": credential, "name": "x"}
        assert client.post(reverse(name), sent, headers={"host": "localhost"}).status_code == 200, name
    give_app(person)
    fresh = Client()
    try_to_sign_in(fresh, person.email)
    fresh.post(reverse("people:second_step"), {"options": "yes"})
    assert fresh.post(reverse("people:second_step"), {"credential": credential}).status_code == 200
    assert not is_signed_in(fresh)


def test_where_a_request_comes_from_is_never_unknown_to_break_it(client: Client, settings: Any) -> None:
    person = make_person("analyst")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    assert try_to_sign_in(client, person.email, HTTP_X_FORWARDED_FOR="203.0.113.9") == 302
    assert try_to_sign_in(Client(), person.email, REMOTE_ADDR="") == 302


def test_a_network_of_ipv6_is_one_place(client: Client) -> None:
    person = make_person("analyst")
    for number in range(TRIES_FROM_ONE_PLACE):
        try_to_sign_in(client, person.email, "wrong", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert try_to_sign_in(client, person.email, REMOTE_ADDR="2001:db8:1:2:ffff::1") == 429
    assert try_to_sign_in(client, person.email, REMOTE_ADDR="2001:db8:9:9::1") == 302
