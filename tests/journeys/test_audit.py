"""Given a person whose account was changed, when an auditor and a governance lead look into it, then each sees what
their role may see, and the look itself is written down."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.apps.base.models import AuditLine
from alongside.apps.base.operations import seal_waiting
from alongside.apps.base.rules import acting
from alongside.apps.people.models import Person
from alongside.apps.people.operations import set_active
from alongside.apps.people.queries import get_viewer
from tests.factories.people import make_person

pytestmark = pytest.mark.journey


def test_one_rows_history_is_read_by_an_auditor_and_opened_by_governance(
    page: Page,
    phone: Page,
    sign_in: Callable[[Page, Person], None],
    check_page: Callable[..., None],
) -> None:
    # Given an account that an administrator closed, and a sealed audit
    administrator = get_viewer(make_person("administrator", name="Colin Admin"))
    person = make_person("analyst", name="Maddison Canary")
    with acting(administrator, why="people:person"):
        set_active(person_id=person.id, is_active=False, by=administrator, at=timezone.now())
    seal_waiting(clock=timezone.now)

    # When an auditor follows the act to the row
    sign_in(page, make_person("auditor", name="Odile Auditor"))
    page.goto("/audit/?q=set+active")
    check_page(page)
    expect(page.get_by_text("Set active – Colin Admin")).to_be_visible()
    page.get_by_role("link", name="Rows that changed").first.click()
    check_page(page)
    page.get_by_role("link", name="Person: changed").first.click()

    # Then they see what changed, by whom, and no name of the person it is about
    expect(page.get_by_role("heading", name="Changed – Colin Admin").first).to_be_visible()
    expect(page.get_by_text("yes → became no")).to_be_visible()
    expect(page.get_by_text("Maddison Canary")).to_have_count(0)
    expect(page.get_by_role("button", name="Open the values")).to_have_count(0)
    check_page(page)

    # And when the governance lead opens the values on a telephone, with a reason
    sign_in(phone, make_person("governance_lead", name="Gwen Lead"))
    phone.goto(f"/audit/rows/people_person/{person.id.hex}/")
    phone.get_by_role("button", name="Open the values").click()
    expect(phone.get_by_role("link", name="Write why you need to see these values.")).to_be_visible()
    phone.get_by_label("Why you need to see it").fill("The person asked what we hold")
    phone.get_by_role("button", name="Open the values").click()

    # Then the name is there, and so is the word that it was looked at
    expect(phone.get_by_text("Maddison Canary")).to_be_visible()
    check_page(phone)
    line = AuditLine.objects.get(operation="open_audit_values")
    assert line.reason == "The person asked what we hold"
    page.goto("/audit/?kind=read")
    expect(page.get_by_text("Open audit values – Gwen Lead")).to_be_visible()
    check_page(page)
