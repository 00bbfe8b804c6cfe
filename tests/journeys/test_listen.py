"""Listening, from end to end: an engagement is opened, voices come in by every way, and somebody has their say."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.apps.people.models import Person
from tests.factories.engagement import make_csv, work_until_idle
from tests.factories.people import make_person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
HEADER = ("id", "person", "comment", "service", "date", "email", "age")
ROWS = [
    (
        "1",
        "r1",
        "I waited two hours and nobody told me why.",
        "Clinic",
        "03/04/2026",
        "r1@example.org",
        "55 to 64",
    ),
    ("2", "r2", "The nurse drew me a picture. <b>That helped</b> 👩‍⚕️", "Clinic", "04/04/2026", "", ""),
    ("3", "r3", "لم أفهم الرسالة", "Ward", "31/02/2026", "", ""),
    ("4", "r4", "Did not answer", "Ward", "05/04/2026", "", ""),
    ("5", "r5", "=HYPERLINK(1)", "Ward", "05/04/2026", "not an address", ""),
]
TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Moderator>What was the first visit like?

00:00:05.000 --> 00:00:12.000
<v Jane Smith>Long. I did not know who to ask, and the letter came after the day.

00:00:13.000 --> 00:00:18.000
<v P2>They were kind, but I left with no plan.
"""


def picture(page: Page, name: str) -> None:
    """Keep a picture at both widths where somebody wants to look."""
    folder = os.environ.get("ALONGSIDE_PICTURES")
    if not folder:
        return
    size = page.viewport_size
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    if size:
        page.set_viewport_size(size)


def look(page: Page, check_page: Check, name: str) -> None:
    """Check a page as it stands, and picture it."""
    page.wait_for_load_state("networkidle")
    check_page(page)
    picture(page, name)


def open_engagement(page: Page, check_page: Check) -> None:
    """Open an engagement as a lead does, looking first at what is known."""
    page.goto("/engagements/")
    look(page, check_page, "list-empty")
    page.get_by_role("button", name="Start an engagement").click()
    look(page, check_page, "before-new")
    page.get_by_label("Words to look for").fill("waiting")
    page.get_by_role("button", name="Search voices").click()
    look(page, check_page, "before-new-nothing")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Start this engagement").click()
    look(page, check_page, "new-errors")
    page.get_by_label("Title").fill("Heart failure clinic, spring")
    page.get_by_label("Survey").check()
    page.get_by_label("Purpose").fill("What is it like to come to the clinic, and what should change first?")
    page.get_by_label("What participants are told").fill("We read what you say and tell you what changes.")
    page.get_by_label("Condition").fill("heart failure")
    page.get_by_label("Who runs it").fill("Cardiology engagement team")
    page.get_by_role("button", name="Start this engagement").click()
    look(page, check_page, "detail-empty")


def test_a_lead_brings_in_a_file_a_transcript_and_typed_words(
    page: Page, sign_in: SignIn, check_page: Check, tmp_path: Path
) -> None:
    sign_in(page, make_person("engagement_lead"))
    open_engagement(page, check_page)

    # When she brings in a table with one wrong date and one wrong address
    page.get_by_role("link", name="Bring in a file").click()
    look(page, check_page, "upload")
    table = tmp_path / "answers.csv"
    table.write_bytes(make_csv(ROWS, HEADER))
    page.set_input_files("input[type=file]", str(table))
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.get_by_label("comment")).to_be_checked()
    look(page, check_page, "columns")
    page.get_by_label("The text people agreed to").select_option("spoken.1")
    page.get_by_label("Quoted to colleagues, without a name").check()
    page.get_by_role("button", name="Read every row").click()
    look(page, check_page, "columns-refused")
    page.get_by_label("Contacted again, to hear what came of it").check()
    page.get_by_role("button", name="Read every row").click()
    picture(page, "reading")
    work_until_idle()
    page.goto("/engagements/")
    page.get_by_role("link", name="Heart failure clinic, spring").click()
    page.get_by_role("link", name="answers.csv").click()

    # Then she sees what is new and what is wrong, and decides
    expect(page.get_by_text("31/02/2026")).to_be_visible()
    expect(page.get_by_text("not an address")).to_be_visible()
    look(page, check_page, "import-ready")
    page.get_by_role("button", name="Bring in 3 voices").click()
    expect(page.get_by_text("3 voices brought in.")).to_be_visible()
    look(page, check_page, "import-done")
    page.get_by_role("button", name="Read the voices").click()
    look(page, check_page, "voices-of-file")

    # And a transcript, whose moderator does not count
    page.goto("/engagements/")
    page.get_by_role("link", name="Heart failure clinic, spring").click()
    page.get_by_role("link", name="Bring in a file").click()
    talk = tmp_path / "talk.vtt"
    talk.write_text(TALK)
    page.set_input_files("input[type=file]", str(talk))
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.get_by_label("Name to show for “Jane Smith”")).to_have_value("Speaker 2")
    look(page, check_page, "speakers")
    page.get_by_role("button", name="Read every turn").click()
    work_until_idle()
    page.reload()
    look(page, check_page, "import-talk")
    page.get_by_role("button", name="Bring in").click()

    # And two voices typed in a row
    page.get_by_role("link", name="Heart failure clinic, spring").click()
    page.get_by_role("link", name="Type what was said").click()
    page.get_by_label("Who said it").fill("P7")
    page.get_by_label("What they said").fill("I would come by bus if it were ten minutes later.")
    page.get_by_label("The text people agreed to").select_option("spoken.1")
    look(page, check_page, "type")
    page.get_by_role("button", name="Keep and type the next").click()
    expect(page.get_by_text("1 voice typed")).to_be_visible()
    expect(page.get_by_label("Who said it")).to_have_value("P7")
    look(page, check_page, "type-next")
    page.get_by_label("What they said").fill("And I missed my sister's birthday for it.")
    page.get_by_role("button", name="Keep and finish").click()
    look(page, check_page, "voices")
    page.locator("figure", has_text="Long. I did not").get_by_role("link").click()
    look(page, check_page, "voice")
    page.goto("/engagements/")
    look(page, check_page, "list")
    page.get_by_role("link", name="Heart failure clinic, spring").click()
    look(page, check_page, "detail")
    page.goto("/engagements/members/new/")
    page.get_by_label("Name", exact=True).fill("Ruth Abara")
    page.get_by_role("button", name="Save").click()
    look(page, check_page, "members")


def test_somebody_has_their_say_on_a_phone(
    page: Page, phone: Page, sign_in: SignIn, check_page: Check
) -> None:
    # Given a lead who opened a public page
    sign_in(page, make_person("engagement_lead"))
    open_engagement(page, check_page)
    page.get_by_role("link", name="Have your say").click()
    look(page, check_page, "form-change")
    page.get_by_label("Question 2 (optional)", exact=True).fill("What would you change first?")
    page.get_by_role("button", name="Open the page").click()
    look(page, check_page, "form")
    address = page.get_by_role("link", name="Look at it as people see it").get_attribute("href")
    page.get_by_role("button", name="Print a poster").click()
    look(page, check_page, "poster")

    # When somebody follows the link
    phone.goto(str(address))
    look(phone, check_page, "say-1-welcome")
    phone.get_by_role("button", name="Start").click()
    look(phone, check_page, "say-2-agree")
    phone.get_by_label("Tell me what you changed, or ask me more").check()
    phone.get_by_role("button", name="I agree, go on").click()
    look(phone, check_page, "say-3-question")
    phone.get_by_role("textbox").fill("Somebody who says how long it will take.")
    phone.get_by_role("button", name="Go on").click()
    phone.wait_for_url("**/question/2/")
    phone.get_by_role("button", name="Go on").click()
    look(phone, check_page, "say-4-facts")
    phone.get_by_label("How old are you?").select_option("75 and over")
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("By e-mail").check()
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("alert")).to_contain_text("Enter your e-mail address")
    look(phone, check_page, "say-5-contact")
    phone.get_by_label("E-mail address").fill("someone@example.org")
    phone.get_by_role("button", name="Go on").click()
    look(phone, check_page, "say-6-check")
    phone.get_by_role("button", name="Send my words").click()

    # Then they hold a receipt, and can take their words back with it
    code = phone.locator(".nhsuk-panel strong").inner_text()
    look(phone, check_page, "say-7-sent")
    page.goto("/engagements/")
    expect(page.get_by_text("1 voice")).to_be_visible()
    phone.get_by_role("link", name="Take your words back").click()
    phone.get_by_label("Your receipt code").fill(code.lower().replace("-", " "))
    look(phone, check_page, "say-8-take-back")
    phone.get_by_role("button", name="Take my words back").click()
    look(phone, check_page, "say-9-taken-back")
    page.reload()
    expect(page.get_by_text("0 voices")).to_be_visible()
