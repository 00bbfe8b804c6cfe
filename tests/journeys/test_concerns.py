"""What cannot wait: heard in an imported comment and forwarded; raised from an insight; told on a telephone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.apps.engagement.models import Concern
from tests.factories import insight
from tests.factories.engagement import make_csv, make_engagement, work_until_idle
from tests.factories.people import make_person
from tests.journeys.steps import Check, SignIn, expect_heading, fill, follow, look, press

pytestmark = pytest.mark.journey

ROWS = [
    ("1", "a", "The nurse drew me a picture and it helped."),
    (
        "2",
        "b",
        "I like the garden. Two days after the new tablets I came out in a rash and my face swelled up.",
    ),
    ("3", "c", "The bus comes too early."),
]


def test_an_adverse_event_in_an_imported_comment_is_triaged_forwarded_and_closed(
    page: Page, sign_in: SignIn, check_page: Check, tmp_path: Path
) -> None:
    # Given a lead who brings in a file of comments
    engagement = make_engagement()
    sign_in(page, make_person("engagement_lead"))
    page.goto(f"/engagements/{engagement.id}/upload/")
    table = tmp_path / "comments.csv"
    table.write_bytes(make_csv(ROWS))
    page.set_input_files("input[type=file]", str(table))
    press(page, "Upload and look at it")
    page.get_by_label("It is our public task (Article 6(1)(e))").check()
    page.get_by_label("Condition for health data (Article 9)").select_option("health_care")
    press(page, "Read every row")
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_until_idle()
    expect_heading(page, "Look, then bring it in")
    page.get_by_role("button", name="Bring in 3 voices").click()
    expect(page.get_by_text("3 voices brought in.")).to_be_visible()
    work_until_idle()

    # When the safety officer starts their day, what one comment holds is waiting with its deadline
    officer = make_person("safety_officer", name="Harriet Pike")
    sign_in(page, officer)
    page.goto("/")
    look(page, check_page, "concerns-day")
    follow(page, "Possible adverse event")
    expect(page.locator("mark")).to_have_text(
        "Two days after the new tablets I came out in a rash and my face swelled up."
    )
    expect(page.get_by_text("I like the garden.")).to_be_visible()
    expect(page.get_by_text("Due ", exact=False).first).to_be_visible()
    look(page, check_page, "concerns-detail")
    press(page, "Take it on")
    expect(page.get_by_text("Harriet Pike is looking")).to_be_visible()
    follow_button(page, "Decide")
    look(page, check_page, "concerns-decide")
    press(page, "Decide")
    expect(page.get_by_role("alert")).to_contain_text("Choose whether it is one.")
    page.get_by_label("Yes: it goes on to those who deal with it").check()
    fill(page, Why="A rash and swelling after new tablets.")
    press(page, "Decide")

    # And is forwarded with a sheet that holds no more than the desk needs
    follow(page, "Sheet for forwarding")
    expect(page.get_by_text("I like the garden.")).to_have_count(0)
    check_page(page)
    follow(page, "Back to the concern")
    follow_button(page, "Record a forwarding")
    fill(page, To_which_organisation_or_desk="Drug safety desk", Their_reference="DS-2041")
    page.get_by_label("On their own form or portal").check()
    fill(page, What_was_sent="The sheet with the evidence sentence.")
    look(page, check_page, "concerns-forward")
    press(page, "Record it")
    expect(page.get_by_text("The forwarding is recorded.")).to_be_visible()
    follow_button(page, "Close it")
    page.get_by_label("Forwarded, and they confirmed that they have it").check()
    fill(page, Why_is_nothing_more_needed="They gave it their own number.")
    look(page, check_page, "concerns-close")
    press(page, "Close it")

    # Then its history says who did what and when, and the report counts it
    expect(page.locator(".al-history")).to_contain_text("Drug safety desk")
    expect(page.locator(".al-history")).to_contain_text("DS-2041")
    look(page, check_page, "concerns-closed")
    page.goto("/concerns/")
    expect_heading(page, "Concerns")
    look(page, check_page, "concerns-empty")
    page.goto("/concerns/?state=looked_at")
    look(page, check_page, "concerns-list")
    follow(page, "Report")
    look(page, check_page, "concerns-report")
    page.goto("/concerns/rules/")
    look(page, check_page, "concerns-rules")
    concern = Concern.objects.get()
    assert (concern.state, concern.outcome) == ("closed", "acknowledged")


def follow_button(page: Page, name: str) -> None:
    """Follow a link that looks like a button."""
    page.locator("a.nhsuk-button", has_text=name).first.click()


def test_somebody_raises_a_concern_from_an_insight_and_sees_how_far_it_is(
    page: Page, sign_in: SignIn, check_page: Check
) -> None:
    # Given an insight somebody reads
    lead = insight.make_lead()
    heard = insight.make_engagement()
    theme = insight.make_theme(
        heard, [insight.make_voice(heard, "Two buses and a walk.")], "Getting there", lead
    )
    found = insight.make_insight(theme, lead)
    make_person("safety_officer", name="Harriet Pike")
    sign_in(page, make_person("analyst"))
    page.goto(f"/insight/insights/{found}/")

    # When they raise a concern about it
    follow(page, "Raise a concern")
    expect(page.get_by_text("About: an insight")).to_be_visible()
    look(page, check_page, "concerns-raise")
    press(page, "Raise it")
    expect(page.get_by_role("alert")).to_contain_text("Choose what it is about")
    page.get_by_label("Somebody may be being hurt, used, or not looked after").check()
    fill(page, What_is_it="The person who said this told me her son takes her pension.")
    page.get_by_label("Today", exact=True).check()
    press(page, "Raise it")

    # Then they read who looks by when, and see their own alone
    expect(page.get_by_text("Who looks: Harriet Pike.")).to_be_visible()
    look(page, check_page, "concerns-raised")
    page.goto("/concerns/raised/")
    look(page, check_page, "concerns-raised-list")
    assert str(Concern.objects.get().about_id) == str(found)


def test_somebody_without_an_account_tells_us_on_a_telephone(phone: Page, check_page: Check) -> None:
    # Given the page that cannot wait
    phone.goto("/concerns/cannot-wait/")
    look(phone, check_page, "concerns-public")
    expect(phone.get_by_text("116 123")).to_be_visible()

    # When somebody sends what happened
    press(phone, "Send it")
    expect(phone.get_by_role("alert")).to_contain_text("Choose what it is about")
    phone.get_by_label("A medicine, vaccine, device or treatment may have harmed somebody").check()
    phone.get_by_label("What happened?").fill("My mother fell twice since the new tablets.")
    phone.get_by_label("How can we reach you?").fill("01632 960123")
    press(phone, "Send it")

    # Then they are told what happens next, and the page repeats nothing
    expect_heading(phone, "Thank you. It has arrived.")
    expect(phone.get_by_text("fell twice")).to_have_count(0)
    look(phone, check_page, "concerns-public-sent")
    assert Concern.objects.get().origin == "public"
