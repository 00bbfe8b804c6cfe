"""The frame of every page: signing in, the other language, work that takes a while."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.base.models import Job
from alongside.apps.people.models import Person, RoleGrant

pytestmark = pytest.mark.journey
Check = Callable[[Page], None]
SignIn = Callable[[Page, Person], None]


@pytest.fixture
def amina(transactional_db: None) -> Person:
    """A lead of the demonstration."""
    at = timezone.now()
    person = Person.objects.create(
        name="Amina Yusuf", email="amina@example.org", demo_purpose="Runs focus groups", created_at=at
    )
    RoleGrant.objects.create(person=person, role="engagement_lead", granted_at=at)
    return person


@pytest.fixture
def work(amina: Person) -> Job:
    """Work of hers that is under way."""
    at = timezone.now()
    return Job.objects.create(
        kind="read_file",
        state=Job.State.RUNNING,
        created_at=at,
        created_by_id=amina.id,
        run_after=at,
        lease_until=at + timedelta(minutes=5),
        progress_done=250,
        progress_total=1000,
        progress_note="Reading rows",
        back_url="/about/privacy/",
    )


@pytest.mark.usefixtures("amina")
def test_somebody_enters_the_demonstration_and_leaves_again(phone: Page, check_page: Check) -> None:
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    check_page(phone)

    phone.get_by_role("button", name="Enter as Amina Yusuf").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hello Amina Yusuf")
    check_page(phone)

    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.usefixtures("amina")
def test_a_wrong_password_says_what_to_do(page: Page, check_page: Check) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Enter your e-mail address").wait_for()
    check_page(page)

    page.get_by_label("E-mail address").fill("amina@example.org")
    page.get_by_role("textbox", name="Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    expect(page.get_by_label("E-mail address")).to_have_value("amina@example.org")


def test_the_other_language_stays_on_the_page(page: Page, check_page: Check) -> None:
    page.goto("/about/privacy/?from=poster")
    page.get_by_role("button", name="Cymraeg").click()

    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert page.url.endswith("/about/privacy/?from=poster")
    check_page(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-gb")


def test_work_moves_on_the_page_and_ends_at_its_result(
    page: Page, check_page: Check, sign_in: SignIn, amina: Person, work: Job
) -> None:
    sign_in(page, amina)
    page.goto(f"/jobs/{work.id}/")
    expect(page.get_by_text("250 of 1,000.")).to_be_visible()
    check_page(page)

    Job.objects.filter(id=work.id).update(progress_done=900)
    expect(page.get_by_text("900 of 1,000.")).to_be_visible()

    Job.objects.filter(id=work.id).update(state=Job.State.DONE, finished_at=timezone.now())
    page.wait_for_url("**/about/privacy/")


def test_work_can_be_followed_and_stopped_without_javascript(
    open_context: Callable[..., BrowserContext], sign_in: SignIn, amina: Person, work: Job
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, amina)
    page.goto(f"/jobs/{work.id}/")

    Job.objects.filter(id=work.id).update(progress_done=900)
    page.get_by_role("link", name="See how far it is now").click()
    expect(page.get_by_text("900 of 1,000.")).to_be_visible()

    page.get_by_role("button", name="Stop this work").click()
    expect(page.get_by_text("Nothing was half done.")).to_be_visible()
