"""The second step: set up, changed, lost, and never gone round."""

import base64
import re
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused
from alongside.apps.people.bridge import lock_secret, open_secret, send_letter
from alongside.apps.people.models import Person
from alongside.apps.people.operations import forget_factors, reset_factors, send_password_link
from alongside.apps.people.queries import get_factors, get_viewer
from tests.apps.people.conftest import (
    give_app,
    has_factor,
    is_signed_in,
    make_code,
    try_to_sign_in,
)
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db(transaction=True)


def read_secret(page: str) -> str:
    """Return the secret a page shows in groups of four."""
    part = re.search(r'id="secret">(.*?)</p>', page, re.DOTALL)
    assert part is not None
    return "".join(re.findall(r"<span>(\w{4})</span>", part.group(1)))


def set_up_app(client: Client) -> str:
    """Set up an app as somebody would; return its secret."""
    page = client.get(reverse("people:add_app")).content.decode()
    secret = read_secret(page)
    assert "data:image/svg+xml" in page
    answer = client.post(reverse("people:add_app"), {"code": make_code(secret)})
    assert answer.headers["Location"] == reverse("people:codes")
    return secret


def test_somebody_new_sets_up_an_app_and_keeps_their_codes(client: Client) -> None:
    person = make_person("analyst")
    try_to_sign_in(client, person.email)
    wrong = client.get(reverse("people:add_app")) and client.post(
        reverse("people:add_app"), {"code": "000000"}
    )
    assert b"This is not the code" in wrong.content
    secret = set_up_app(client)
    assert is_signed_in(client)
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in stored
    assert secret.encode() not in base64.b64decode(stored)
    page = client.get(reverse("people:codes")).content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", page)
    assert len(codes) == 10
    assert client.get(reverse("people:codes") + "?as=text").content.decode().split() == codes
    client.post(reverse("people:change_codes"), {"kept": "yes"})
    assert codes[0] not in client.get(reverse("people:codes")).content.decode()
    assert client.get(reverse("people:codes") + "?as=text").status_code == 404
    assert "Your second step was changed" in mail.outbox[-1].subject
    assert AuditLine.objects.get(operation="add_factor").detail == {"kind": "totp"}
    other = Client()
    try_to_sign_in(other, person.email)
    other.post(reverse("people:second_step"), {"code": codes[0]})
    assert is_signed_in(other)
    again = Client()
    try_to_sign_in(again, person.email)
    again.post(reverse("people:second_step"), {"code": codes[0]})
    assert not is_signed_in(again)


def test_new_codes_take_the_place_of_the_old(client: Client) -> None:
    person = make_person("analyst")
    try_to_sign_in(client, person.email)
    set_up_app(client)
    before = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    client.post(reverse("people:change_codes"), {"kept": "yes"})
    client.post(reverse("people:change_codes"), {"new": "yes"})
    after = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert not set(before) & set(after)
    assert after[0] in client.get(reverse("people:codes")).content.decode()
    assert is_signed_in(client)


def test_the_only_second_step_stays(client: Client) -> None:
    person = make_person("analyst")
    try_to_sign_in(client, person.email)
    set_up_app(client)
    assert b"has to stay for now" in client.get(reverse("people:remove_app")).content
    assert client.post(reverse("people:remove_app")).status_code == 403
    assert has_factor(person)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": {}})
    assert client.post(reverse("people:remove_app")).status_code == 302
    assert not get_factors(get_viewer(person)).has_app
    assert is_signed_in(client)
    assert AuditLine.objects.get(operation="remove_factor").detail == {"kind": "totp"}


def test_a_passkey_is_renamed_and_taken_away_by_its_person_only(client: Client) -> None:
    person = make_person("analyst")
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": {}})
    address = reverse("people:passkey", args=[key.id])
    client.force_login(make_person("analyst"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"remove": "yes"}).status_code == 404
    client.force_login(person)
    assert b"your only second step" in client.get(address).content
    assert client.post(address, {"name": ""}).status_code == 200
    client.post(address, {"name": "My telephone"})
    assert get_factors(get_viewer(person)).passkeys[0].name == "My telephone"
    assert client.post(address, {"remove": "yes"}).status_code == 403
    give_app(person)
    client.post(address, {"remove": "yes"})
    assert get_factors(get_viewer(person)).passkeys == ()


def test_a_passkey_that_did_not_arrive_whole_is_asked_for_again(client: Client) -> None:
    client.force_login(make_person("analyst"))
    address = reverse("people:add_passkey")
    assert client.get(address).status_code == 200
    options = client.post(address, {"options": "yes"}).json()["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    answer = client.post(address, {"name": "x", "credential": "{}"}, headers={"host": "localhost"})
    assert b"did not arrive whole" in answer.content


def test_an_administrator_takes_away_a_lost_second_step_and_nothing_else(client: Client) -> None:
    administrator, person = make_person("administrator"), make_person("analyst")
    give_app(person)
    password = Person.objects.get(id=person.id).password
    other = Client()
    other.force_login(person)
    client.force_login(administrator)
    page = reverse("people:person", args=[person.id])
    assert b"They lost their telephone" in client.get(page).content
    client.post(page, {"reset": "yes"})
    assert not has_factor(person)
    assert not is_signed_in(other)
    assert Person.objects.get(id=person.id).password == password
    assert mail.outbox[-1].to == [person.email]
    line = AuditLine.objects.get(operation="reset_factors")
    assert (line.by_person_id, line.object_id) == (administrator.id, person.id)
    with pytest.raises(Refused, match="your own second step"):
        reset_factors(person_id=administrator.id, by=get_viewer(administrator), at=NOW)
    with pytest.raises(Refused, match="manage people"):
        reset_factors(person_id=person.id, by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused, match="no such person"):
        reset_factors(person_id=NOBODY, by=get_viewer(administrator), at=NOW)


NOBODY = UUID(int=1)


def test_a_new_password_by_letter_never_goes_round_the_second_step(client: Client) -> None:
    person = make_person("analyst")
    secret = give_app(person)
    assert client.get(reverse("people:forgotten")).status_code == 200
    answers = [
        client.post(reverse("people:forgotten"), {"email": email})
        for email in (person.email, "no@example.org")
    ]
    bodies = [answer.content.decode().replace(str(answer.context["csrf_token"]), "") for answer in answers]
    assert bodies[0] == bodies[1]
    assert len(mail.outbox) == 1
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert link is not None
    address = "/" + link.group(0).split("/", 3)[3]
    assert client.get(address).status_code == 200
    client.post(address, dict.fromkeys(("new_password1", "new_password2"), "four odd words here"))
    assert client.get(address).status_code == 410
    assert not is_signed_in(client)
    assert try_to_sign_in(client, person.email, "four odd words here") == 302
    assert not is_signed_in(client)
    client.post(reverse("people:second_step"), {"code": make_code(secret)})
    assert is_signed_in(client)


def test_links_for_a_new_password_are_few_and_for_open_accounts(client: Client) -> None:
    person = make_person("analyst")
    for _ in range(3):
        assert client.post(reverse("people:forgotten"), {"email": person.email}).status_code == 200
    assert client.post(reverse("people:forgotten"), {"email": person.email}).status_code == 429
    Person.objects.filter(id=person.id).update(is_active=False)
    person.refresh_from_db()
    token = default_token_generator.make_token(person)
    assert client.get(reverse("people:new_password", args=[person.id, token])).status_code == 410
    count = len(mail.outbox)
    send_password_link(person_id=person.id, link="/", at=NOW)
    assert len(mail.outbox) == count


def test_an_erased_persons_factors_are_forgotten() -> None:
    person = make_person("analyst")
    give_app(person)
    assert forget_factors(person_id=person.id) == 1
    assert not has_factor(person)


def test_factors_are_shown_to_their_person_and_to_who_manages_people() -> None:
    person = make_person("analyst")
    give_app(person)
    assert get_factors(make_viewer("administrator"), person.id).has_app
    assert not get_factors(make_viewer("engagement_lead"), person.id).has_app
    assert not get_factors(make_viewer("engagement_lead"), person.id).has_password


def test_a_secret_lies_locked_and_a_letter_that_cannot_leave_breaks_nothing(settings: object) -> None:
    assert open_secret(lock_secret("JBSW Y3DP")) == "JBSW Y3DP"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    assert not send_letter(to="ada@example.org", subject="Hello", body="Hello")


def test_the_hub_shows_everything_about_ones_own_account(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    page = client.get(reverse("people:account")).content.decode()
    for words in ("Password", "App with codes", "Another passkey", "Where you are signed in", person.email):
        assert words in page
    assert client.get(reverse("people:codes")).status_code == 404
    give_app(person)
    assert f'"{reverse("people:add_app")}"' not in client.get(reverse("people:account")).content.decode()
    assert client.get(reverse("people:add_app")).headers["Location"] == reverse("people:account")
