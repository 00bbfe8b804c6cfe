"""From meeting a group to the public register: every paper, payment and check between, each by the right person."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.actions.models import Action
from alongside.apps.agreements.models import Agreement
from alongside.apps.partnership.models import Disclosure, FundingRequest, Payment, Priority
from alongside.apps.partnership.queries.disclosures.register import get_schema
from alongside.apps.people.models import Person
from alongside.science.openness import digest_text, write_canonical
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import make_person
from tests.journeys.steps import Check, SignIn, expect_heading, fill_date, follow, look, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SPRING = datetime(2026, 3, 2, 10, tzinfo=UTC)
# Answer what is still empty: the first choice, every tick, some words.
ANSWER_REST = """(names) => {
  for (const name of names) {
    for (const one of document.querySelectorAll(`main form [name^="${name}"]`)) {
      if (one.type === "checkbox") one.checked = true;
      else if (one.type === "radio") {
        if (!document.querySelector(`[name="${one.name}"]:checked`)) one.checked = true;
      } else if (one.tagName === "SELECT") { if (!one.value) one.selectedIndex = 1; }
      else if (!one.value) one.value = "As both sides said when they met.";
    }
  }
}"""


@dataclass
class Clock:
    """The day on which the story is; moved by hand, because a year must be over before it is disclosed."""

    now: datetime = SPRING

    @property
    def today(self) -> date:
        """Return the day it is in the story."""
        return self.now.date()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the site believe what the story's clock says."""
    told = Clock()
    monkeypatch.setattr(timezone, "now", lambda: told.now)
    return told


def send(page: Page) -> None:
    """Send the form of the page."""
    page.locator("main form.al-form button[type=submit]").last.click()
    page.wait_for_load_state("load")


def go_on(page: Page) -> None:
    """Press the button of what to do next."""
    page.locator("main .al-panel .nhsuk-button").first.click()
    page.wait_for_load_state("load")


def fill_day(page: Page, name: str, on: date) -> None:
    """Fill a date."""
    fill_date(page, name, on.day, on.month, on.year)


def meet(page: Page, organisation_id: object, on: date) -> None:
    """Write the note of a meeting with two promises and a priority."""
    page.goto(reverse("relations:new_note", args=[organisation_id]))
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.locator("#id_title").fill("First meeting with the group")
    fill_day(page, "happened_on", on)
    page.locator("#id_shared_notes").fill("We talked about phone friends, and who pays for them.")
    for number, words in ((1, "Send our funding criteria"), (2, "Ring on Friday about dates")):
        page.locator(f"#id_promise_{number}_words").fill(words)
        page.locator(f"#id_promise_{number}_owner").select_option(index=1)
        fill_day(page, f"promise_{number}_due_on", on + timedelta(days=7))
    page.locator("#id_priority_1_words").fill("Nobody should sit alone with it at night.")
    page.evaluate(ANSWER_REST, ["priority_1_strength"])
    press(page, "Keep this note")
    expect_heading(page, "First meeting with the group")


def ask_for_money(page: Page, on: date) -> None:
    """Ask as the group, on its own page."""
    page.goto(reverse("ours:new_funding"))
    page.get_by_label("Money for our own work").check()
    page.locator("#id_title").fill("A year of phone friends")
    page.locator("#id_purpose").fill("Volunteers ring people who live alone with heart failure.")
    page.locator("#id_benefit").fill("People who live alone. We ask them each month.")
    page.locator("#id_amount").fill("5,000")
    fill_day(page, "starts_on", on + timedelta(days=14))
    fill_day(page, "ends_on", on + timedelta(days=300))
    send(page)


def review_and_check(page: Page, request_id: object) -> None:
    """Judge the request against the criteria, and say that our hands are off."""
    page.goto(reverse("funding:request", args=[request_id]))
    go_on(page)  # begin the review
    page.goto(reverse("funding:review", args=[request_id]))
    page.get_by_label("No, nothing").check()
    send(page)
    page.evaluate(ANSWER_REST, ["answer_", "words_", "advice"])
    send(page)
    page.goto(reverse("funding:hands_off", args=[request_id]))
    page.evaluate(ANSWER_REST, ["holds_"])
    send(page)
    go_on(page)  # hand it over
    expect(page.locator("main")).to_contain_text("waits for a decision")


def decide(page: Page, request_id: object) -> None:
    """Grant it, with the reason the group reads."""
    page.goto(reverse("funding:decide", args=[request_id]))
    page.get_by_label("Grant it, whole or in part").check()
    page.locator("#id_granted").fill("5,000")
    page.locator("#id_reason").fill("It meets every criterion, and others give to it too.")
    page.locator("#id_free").check()
    send(page)


def mend_the_agreement(page: Page, agreement_id: object) -> None:
    """Find out which rule stands in the way, and mend what it asks for."""
    page.goto(reverse("agreements:agreement", args=[agreement_id]))
    expect(page.locator("main")).to_contain_text("rules stand in the way")
    page.goto(reverse("agreements:edit", args=[agreement_id]))
    expect(page.locator("main")).to_contain_text("What stands in the way")
    page.evaluate(ANSWER_REST, ["answer_", "why"])
    send(page)
    page.goto(reverse("agreements:move", args=[agreement_id, "partner_review"]))
    send(page)


def certify(page: Page, agreement_id: object) -> None:
    """Certify, as another person than the author."""
    page.goto(reverse("agreements:certify", args=[agreement_id]))
    page.locator("#id_has_read").check()
    press(page, "Certify this version")
    expect(page.locator("main")).to_contain_text("Certified. Next both sides sign.")


def sign(page: Page, agreement_id: object, on: date) -> None:
    """Let both sides sign."""
    for what in ("Our side signed on paper", "The partner signed on paper"):
        page.goto(reverse("agreements:sign", args=[agreement_id]))
        page.get_by_label(what).check()
        page.locator("#id_name").fill("Bron Maddox")
        page.locator("#id_role").fill("Chair")
        fill_day(page, "signed_on", on)
        press(page, "Keep this signature")
        page.wait_for_load_state("load")


def take_away(page: Page, name: str) -> str:
    """Return the text of a file of the register, as a browser gets it."""
    answer = page.request.get(reverse(f"register:{name}", args=[2026]))
    assert answer.ok, name
    return answer.text()


def test_a_group_is_met_funded_and_found_in_the_register(
    page: Page,
    phone: Page,
    clock: Clock,
    sign_in: SignIn,
    check_page: Check,
    open_context: Callable[..., BrowserContext],
) -> None:
    # Given a group with somebody who speaks for it, and a team in which nobody does everything
    group = make_organisation("Second Stair Heart Group")
    bron = Person.objects.get(id=make_partner_user(group.id).own_id)
    ruth, lionel = (
        make_person("engagement_lead", name="Ruth Stroud"),
        make_person("certifier", name="Lionel Ba"),
    )
    approver, payer = make_person("finance", name="Usha Nair"), make_person("finance", name="Owen Lisle")

    # When the lead meets them and writes it down
    sign_in(page, ruth)
    meet(page, group.id, clock.today)
    assert Action.objects.count() == 2
    assert Priority.objects.count() == 1

    # Then the group asks for money on its telephone, and others review and decide
    sign_in(phone, bron)
    ask_for_money(phone, clock.today)
    request = FundingRequest.objects.get()
    review_and_check(page, request.id)
    sign_in(page, lionel)
    decide(page, request.id)
    sign_in(page, ruth)
    page.goto(reverse("funding:agreement", args=[request.id]))
    press(page, "Draft it from this request")
    page.wait_for_load_state("load")
    agreement = Agreement.objects.get()

    # And the agreement is stopped by a rule, mended, certified by another person and signed
    mend_the_agreement(page, agreement.id)
    sign_in(page, lionel)
    certify(page, agreement.id)
    sign_in(page, ruth)
    sign(page, agreement.id, clock.today)

    # When it begins, it is paid: asked for by one, approved by another, paid by a third
    clock.now = SPRING + timedelta(days=14)
    sign_in(page, ruth)
    page.goto(reverse("funding:request", args=[request.id]))
    go_on(page)
    page.goto(reverse("funding:payment", args=[request.id]))
    send(page)
    payment = Payment.objects.get()
    sign_in(page, approver)
    page.goto(reverse("payments:payment", args=[payment.id]))
    press(page, "Approve")
    page.wait_for_load_state("load")
    payment.refresh_from_db()
    if payment.state == "approved_once":  # above our limit: a second person looks too
        sign_in(page, lionel)
        page.goto(reverse("payments:payment", args=[payment.id]))
        press(page, "Approve")
    sign_in(page, payer)
    page.goto(reverse("payments:pay", args=[payment.id]))
    page.locator("#id_finance_reference").fill("F-1")
    press(page, "It was paid")
    page.wait_for_load_state("load")

    # Then, when the year is over, its row is computed and the group checks it
    clock.now = datetime(2027, 1, 11, 10, tzinfo=UTC)
    sign_in(page, ruth)
    page.goto(reverse("disclosures:list"))
    press(page, "Begin 2026")
    look(page, check_page, "disclosure-collecting")
    press(page, "Go on to reconciling")
    press(page, "Ask the partners")
    sign_in(phone, bron)
    phone.goto(reverse("ours:disclosures"))
    follow(phone, "2026")
    expect(phone.locator("main")).to_contain_text("£5,000")
    look(phone, check_page, "our-disclosure")
    phone.get_by_label("Yes, this is right").check()
    press(phone, "Send our answer")
    expect(phone.locator("main")).to_contain_text("Your answer is kept.")

    # And the year is handed on, approved and published
    page.goto(reverse("disclosures:disclosure", args=[Disclosure.objects.get().id]))
    press(page, "Send for approval")
    sign_in(page, lionel)
    page.reload()
    press(page, "Approve this year")
    press(page, "Publish this year")
    expect(page.locator("main")).to_contain_text("This year is public")
    look(page, check_page, "disclosure-published")

    # When anybody looks for the group, without an account
    public = open_context().new_page()
    public.goto(reverse("register:years"))
    follow(public, "2026")
    public.get_by_label("Search").fill("stair")
    press(public, "Show these")
    expect(public.locator("main")).to_contain_text("Second Stair Heart Group")
    look(public, check_page, "register-year")

    # Then they read it, and take it away in three valid forms
    (row,) = csv.DictReader(io.StringIO(take_away(public, "csv"), newline=""))
    assert (row["monetary_value"], row["category"], row["entry"]) == ("5000.00", "Grant", "as published")
    document = json.loads(take_away(public, "json"))
    jsonschema.Draft202012Validator(json.loads(get_schema())).validate(document)
    assert digest_text(write_canonical(document["published"])) == document["published_sha256"]
    (grant,) = json.loads(take_away(public, "giving"))["grants"]
    assert (grant["amountAwarded"], grant["currency"], grant["awardDate"]) == (5000.0, "GBP", "2026-03-02")
