"""What the tests of accounts share."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from alongside.apps.people.models import Person

PASSWORD = "a long enough password"


def make_code(secret: str, *, steps: int = 0) -> str:
    """Return what an app shows now, or some half minutes away."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def give_app(person: Person) -> str:
    """Give somebody an app with codes; return its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def has_factor(person: Person) -> bool:
    """Return whether anything of a second step is stored."""
    return bool(Authenticator.objects.filter(user_id=person.pk).exists())


def try_to_sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> int:
    """Send the sign-in form; return the status."""
    answer = client.post(reverse("people:login"), {"login": email, "password": password}, **extra)  # type: ignore[arg-type]
    return answer.status_code


def is_signed_in(client: Client) -> bool:
    """Return whether a page behind the door opens."""
    return client.get(reverse("home:start")).status_code == 200


@pytest.fixture
def sign_in_fully() -> Callable[[Client, Person], None]:
    """Sign somebody in with password and code, giving them an app first."""

    def sign(client: Client, person: Person) -> None:
        secret = give_app(person)
        assert try_to_sign_in(client, person.email) == 302
        answer = client.post(reverse("people:second_step"), {"code": make_code(secret)})
        assert answer.status_code == 302, answer.content.decode()[-800:]

    return sign
