"""A patient is offered paid work, reads the notice, takes a part, gives the rest away, claims, and is paid."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.apps.partnership.models import Payment, ServiceClaim, ServiceOffer
from alongside.apps.partnership.operations.disclosures.collecting import begin_year
from alongside.apps.people.models import Person
from alongside.apps.people.queries import get_viewer
from tests.factories.paid_work import give_agreement, make_need
from tests.factories.partners import make_organisation
from tests.factories.people import make_person
from tests.journeys.steps import (
    Check,
    SignIn,
    expect_heading,
    fill_date,
    follow,
    look,
    press,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def fill_day(page: Page, name: str) -> None:
    """Fill today into the three boxes of a date."""
    today = timezone.localdate()
    fill_date(page, name, today.day, today.month, today.year)


def offer_the_work(desk: Page) -> None:
    """Offer a review to Farah, at a fee with its reason, with expenses paid back."""
    desk.get_by_label("Whom do you ask?").select_option(label="Farah Lodhi")
    desk.get_by_label("a patient", exact=True).check()
    desk.locator("#id_title").fill("Read a leaflet with us")
    desk.locator("#id_ask").fill("Please read four pages and mark what is not clear.")
    desk.locator("#id_time_words").fill("about two hours, at home")
    for name in ("starts_on", "ends_on", "answer_by"):
        fill_day(desk, name)
    desk.locator("#id_fee").fill("55")
    desk.locator("#id_fee_reason").fill("Two hours, as our rate card says")
    desk.locator("#id_expenses").fill("Travel and a sitter")
    desk.locator("#id_expenses_most").fill("80")
    press(desk, "Send this offer")


def add_expense(phone: Page, kind: str, words: str, amount: str) -> None:
    """Add one thing that was spent."""
    phone.get_by_label(kind).check()
    phone.locator("#id_words").fill(words)
    fill_day(phone, "happened_on")
    phone.locator("#id_amount").fill(amount)
    press(phone, "Add this")


def approve_and_pay(page: Page, sign_in: SignIn, approver: Person, payer: Person) -> None:
    """Let one person of finance approve each payment and another write down that it was paid."""
    for who, does in ((approver, "approve"), (payer, "pay")):
        sign_in(page, who)
        for payment in Payment.objects.order_by("reference"):
            if does == "approve":
                page.goto(reverse("payments:payment", args=[payment.id]))
                press(page, "Approve")
            else:
                page.goto(reverse("payments:pay", args=[payment.id]))
                page.locator("#id_finance_reference").fill(f"F-{payment.reference}")
                press(page, "It was paid")
            page.wait_for_load_state("load")


def test_a_patient_is_asked_told_about_benefits_chooses_claims_and_is_paid(
    page: Page, phone: Page, sign_in: SignIn, check_page: Check
) -> None:
    # Given a need that somebody else approved, and a charity we know
    ruth, farah = (
        make_person("engagement_lead", name="Ruth Adeyemi"),
        make_person("patient_partner", name="Farah Lodhi"),
    )
    approver, payer = make_person("finance", name="Usha Nair"), make_person("finance", name="Owen Tarrant")
    lead = get_viewer(ruth)
    charity = make_organisation("The Halfpenny Steps Fund", kind="charity")
    need_id = make_need(lead, most=2, title="Read a leaflet")

    # When the lead offers a paid review
    sign_in(page, ruth)
    page.goto(reverse("services:need", args=[need_id]))
    look(page, check_page, "paid-need")
    press(page, "Offer this work to somebody")
    check_page(page)
    offer_the_work(page)
    expect_heading(page, "Read a leaflet with us")
    offer = ServiceOffer.objects.get()

    # Then the patient finds it on her telephone, and reads about benefits before she can say yes
    sign_in(phone, farah)
    phone.goto(reverse("work:list"))
    look(phone, check_page, "paid-work")
    follow(phone, "Read a leaflet with us")
    look(phone, check_page, "paid-offer")
    phone.goto(reverse("work:choose", args=[offer.id]))
    expect_heading(phone, "Before you say yes, read about benefits")
    assert offer.readings.count() == 1
    look(phone, check_page, "paid-notice")
    press(phone, "I have read this: choose")

    # When she chooses a part for herself and the rest for a charity
    look(phone, check_page, "paid-choose")
    phone.get_by_label("Pay me a part, and give the rest to a charity").check()
    phone.locator("#id_own").fill("20")
    phone.get_by_label("Which charity?").select_option(str(charity.id))
    press(phone, "Yes, I will help")
    expect(phone.locator("main")).to_contain_text("£35")

    # And the agreement is signed, and the work is done
    page.goto(reverse("services:offer", args=[offer.id]))
    expect(page.get_by_role("button", name="Draft the agreement")).to_be_visible()
    give_agreement(offer.id)
    page.reload()
    press(page, "Begin the work")
    press(page, "The work is done")
    expect_heading(page, "The work is done")
    press(page, "The work is done")
    expect(page.locator("main")).to_contain_text("Done, not claimed")

    # Then she claims her train fare and a sitter, who is asked about and not stopped by
    phone.goto(reverse("work:claim", args=[offer.id]))
    add_expense(phone, "Travel", "Train to Larkmoor and back", "12.40")
    add_expense(phone, "A carer, a sitter or child care", "A sitter for the morning", "30")
    expect(phone.locator(".nhsuk-error-summary")).to_contain_text("Tell us which need this was for")
    phone.get_by_label("Which need was it for?").fill("He cannot be left alone")
    press(phone, "Add this")
    expect(phone.locator("main")).to_contain_text("Together £62.40")
    look(phone, check_page, "paid-claim")
    press(phone, "Send this claim")

    # And another checks it, finance approves, and a third pays
    page.goto(reverse("services:check_claim", args=[ServiceClaim.objects.get().id]))
    look(page, check_page, "paid-check")
    page.get_by_label("It is right: ask finance to pay it").check()
    press(page, "Go on")
    assert sorted(Payment.objects.values_list("category", "amount_pence")) == [
        ("expense", 4240),
        ("fee", 2000),
    ]
    approve_and_pay(page, sign_in, approver, payer)

    # Then she sees each step with its day, and that the rest waits for the charity
    phone.goto(reverse("work:payments"))
    expect(phone.locator("main")).to_contain_text("The Halfpenny Steps Fund")
    expect(phone.get_by_text("0 days from your claim").first).to_be_visible()
    look(phone, check_page, "paid-payments")

    # And the list for people counts her without naming her
    year = timezone.localdate().year
    disclosure_id = begin_year(year=year, by=lead, at=timezone.now())
    sign_in(page, ruth)
    page.goto(reverse("disclosures:people", args=[disclosure_id]))
    expect(page.locator("main table")).to_contain_text("£42.40")
    assert "Farah" not in page.locator("main").inner_text()
