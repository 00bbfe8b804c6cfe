"""Given an invitation, when somebody comes in with a passkey or an app with codes, then nobody else does."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.base.rules import SYSTEM
from alongside.apps.people.models import Person
from alongside.apps.people.operations import end_role, note_wrong_try
from tests.factories.people import NOW, make_person

pytestmark = pytest.mark.journey

PASSWORD = "four odd words here"
OpenContext = Callable[..., BrowserContext]


def add_authenticator(page: Page) -> None:
    """Give the browser a device that holds passkeys and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def make_code(secret: str) -> str:
    """Return what an app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def invite_on_the_page(page: Page, name: str, email: str) -> str:
    """Invite somebody as an administrator would; return the path of the link in their letter."""
    page.goto("/people/invitations/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Analyst").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Invited.")).to_be_visible()
    link = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    return link.group(1)


def test_an_invited_person_comes_in_with_a_password_and_a_passkey_and_then_with_the_passkey_alone(
    page: Page,
    phone: Page,
    sign_in: Callable[[Page, Person], None],
    check_page: Callable[[Page], None],
    settings: object,
) -> None:
    # Given an administrator who invites Bea
    settings.DEMO = False  # type: ignore[attr-defined]
    sign_in(page, make_person("administrator"))
    address = invite_on_the_page(page, "Bea Nkemelu", "bea@example.org")
    check_page(page)
    # When Bea opens the letter on her telephone and chooses a password
    add_authenticator(phone)
    phone.goto(address)
    expect(phone.get_by_role("heading", name="Welcome, Bea Nkemelu")).to_be_visible()
    check_page(phone)
    phone.get_by_label("New password", exact=True).fill(PASSWORD)
    phone.get_by_label("New password again").fill(PASSWORD)
    phone.get_by_role("button", name="Use this password").click()
    # Then she is led to the second step and nowhere else
    expect(phone.get_by_role("heading", name="Set up your second step")).to_be_visible()
    check_page(phone)
    phone.goto("/engagements/")
    expect(phone.get_by_role("heading", name="Set up your second step")).to_be_visible()
    # When she makes a passkey and keeps her codes
    phone.get_by_role("link", name="Make a passkey").click()
    check_page(phone)
    phone.get_by_label("What do you call it?").fill("My telephone")
    phone.get_by_role("button", name="Make the passkey").click()
    expect(phone.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(phone.locator(".al-codes li")).to_have_count(10)
    check_page(phone)
    phone.get_by_role("button", name="I have kept them").click()
    # Then her day is there
    expect(phone.get_by_role("navigation", name="Main")).to_be_visible()
    phone.goto("/you/")
    expect(phone.get_by_text("Passkey: My telephone")).to_be_visible()
    check_page(phone)
    phone.goto("/you/sessions/")
    check_page(phone)
    # When she signs out and comes back with the passkey alone
    phone.get_by_role("button", name="Sign out").first.click()
    expect(phone.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    check_page(phone)
    phone.get_by_role("button", name="Sign in with a passkey").click()
    # Then she is in
    expect(phone.get_by_role("navigation", name="Main")).to_be_visible()


def test_somebody_chooses_a_passkey_at_once_and_has_no_password(
    page: Page, phone: Page, sign_in: Callable[[Page, Person], None], settings: object
) -> None:
    # Given an invitation
    settings.DEMO = False  # type: ignore[attr-defined]
    sign_in(page, make_person("administrator"))
    address = invite_on_the_page(page, "Sol Abara", "sol@example.org")
    # When Sol takes it with a passkey
    add_authenticator(phone)
    phone.goto(address)
    phone.get_by_role("button", name="Make a passkey").click()
    # Then the codes are there, and the passkey says who they are before a sensitive act too
    expect(phone.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert not Person.objects.get(email="sol@example.org").has_usable_password()
    phone.goto("/sign-in/again/?next=/you/password/")
    phone.get_by_role("button", name="Use your passkey").click()
    expect(phone.get_by_role("heading", name="Choose a password")).to_be_visible()


def test_an_app_with_codes_is_set_up_and_asked_for(
    page: Page, open_context: OpenContext, check_page: Callable[[Page], None], settings: object
) -> None:
    # Given Ada with a password alone
    settings.DEMO = False  # type: ignore[attr-defined]
    person = make_person("analyst")
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill("a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    # When she sets up an app
    page.get_by_role("link", name="Use an app").click()
    page.get_by_text("On this same telephone").click()
    check_page(page)
    secret = "".join(page.locator("#secret span").all_inner_texts())
    page.get_by_label("Code").fill(make_code(secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    code = page.locator(".al-codes li").first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    # Then another browser needs her password and a code
    other = open_context().new_page()
    other.goto("/sign-in/")
    other.get_by_label("E-mail address").fill(person.email)
    other.get_by_label("Password", exact=True).fill("a long enough password")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", name="The second step")).to_be_visible()
    check_page(other)
    other.get_by_label("Code").fill("000000")
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("alert")).to_contain_text("This is not the code")
    other.get_by_label("Code").fill(code)
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("navigation", name="Main")).to_be_visible()
    # And an administrator who ends her role ends what both browsers may do with their next request
    end_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    for browser in (page, other):
        browser.goto("/engagements/")
        expect(browser.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_too_many_wrong_tries_lock_the_door_and_say_what_to_do(
    phone: Page, check_page: Callable[[Page], None], allow_status: Callable[[int], None], settings: object
) -> None:
    # Given somebody who guesses
    settings.DEMO = False  # type: ignore[attr-defined]
    person = make_person("analyst")
    allow_status(429)
    for _ in range(18):
        note_wrong_try(email=person.email, place="127.0.0.1", at=timezone.now())
    phone.goto("/sign-in/")
    for _ in range(2):
        phone.get_by_label("E-mail address").fill(person.email)
        phone.get_by_label("Password", exact=True).fill("a wrong guess")
        phone.get_by_role("button", name="Sign in", exact=True).click()
        expect(phone.get_by_role("alert")).to_contain_text("do not go together")
    # When they come upon the right password
    phone.get_by_label("E-mail address").fill(person.email)
    phone.get_by_label("Password", exact=True).fill("a long enough password")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    # Then the door stays shut, and the page says what helps
    expect(phone.get_by_role("heading", name="Signing in is locked for 15 minutes")).to_be_visible()
    check_page(phone)


def test_in_the_demonstration_a_sensitive_act_asks_with_one_button(
    page: Page, check_page: Callable[[Page], None]
) -> None:
    # Given Ada of the demonstration, who came in by her button
    person = make_person("administrator")
    Person.objects.filter(id=person.id).update(demo_purpose="Look around")
    page.goto("/sign-in/")
    check_page(page)
    page.get_by_role("button", name="Enter as Ada Okafor").click()
    # When she comes to the page that asks who she is
    page.goto("/sign-in/again/?next=/people/invitations/")
    check_page(page)
    page.get_by_role("button", name="It is me").click()
    # Then she goes on to where she wanted
    expect(page.get_by_role("heading", name="Invitations")).to_be_visible()
    check_page(page)
