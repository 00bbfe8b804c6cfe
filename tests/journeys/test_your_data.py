"""A person asks on a telephone what is held about them and is told all of it; another is erased, nothing is left."""

import io
import json
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.operations.retention import preview_deletions
from alongside.apps.engagement.operations.voices import set_basis
from alongside.apps.people.models import DataRequest, Erasure
from tests.factories.canaries import CANARIES, find_in_tables
from tests.factories.engagement import make_engagement, make_voices, work_until_idle
from tests.factories.people import NOW, make_person
from tests.factories.requests import EMAIL, NAME, PHONE, WORDS, have_say, join
from tests.journeys.steps import Check, SignIn, expect_heading, fill, follow, look, press, unfold

pytestmark = pytest.mark.journey
NOTE = f"{NAME} was cross on the telephone, and so was her sister"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


def ask_on_the_phone(phone: Page, kind: str, check_page: Check) -> str:
    """Ask on the public page; return the reference code."""
    phone.goto("/sign-in/")
    follow(phone, "Your data")
    expect_heading(phone, "Your data")
    look(phone, check_page, "data-welcome")
    press(phone, "Start")
    press(phone, "Send")
    expect(phone.get_by_role("alert")).to_contain_text("Enter the name we may know you by")
    phone.get_by_label(kind).check()
    fill(phone, Your_name=NAME, Telephone_number=PHONE)
    phone.get_by_label("E-mail address").fill(EMAIL)
    look(phone, check_page, "data-ask")
    press(phone, "Send")
    expect_heading(phone, "Your request has arrived")
    look(phone, check_page, "data-sent")
    return phone.locator(".nhsuk-panel strong").inner_text()


def make_sure_and_find(page: Page, kind: str, check_page: Check) -> str:
    """Open the request from the queue, write down how we know who asks, and choose who they are; return its address."""
    page.goto("/")
    expect(page.get_by_text("left").first).to_be_visible()
    follow(page, "Data requests")
    look(page, check_page, "data-queue")
    follow(page, kind)
    expect_heading(page, kind)
    address = page.url
    press(page, "We know who it is")
    look(page, check_page, "data-step")
    page.get_by_role("textbox").fill("Rang the number we hold; they knew the week and the page.")
    press(page, "Keep this")
    press(page, "Find them in our records")
    press(page, "Look everywhere")
    for box in page.get_by_role("checkbox").all():
        box.check()
    look(page, check_page, "data-find")
    press(page, "These are the person, the others are not")
    expect(page.get_by_text("We decided who in our records this is")).to_be_visible()
    look(page, check_page, "data-request")
    return address


def test_everything_held_from_a_telephone_to_the_delivered_answer(
    phone: Page, page: Page, sign_in: SignIn, check_page: Check, open_context: Callable[..., BrowserContext]
) -> None:
    # Given somebody who had their say, is a member, and about whom a colleague wrote a private note
    spoke = have_say()
    join()
    voice = Voice.objects.get(speaker=spoke.speaker)
    set_basis(voice_ids=[voice.id], basis_id=voice.basis_id, reason=NOTE, by=SYSTEM, at=NOW)
    sign_in(page, make_person("governance_lead", name="Gwen Idris"))
    # When they ask on their telephone for everything, and we make sure who they are
    code = ask_on_the_phone(phone, "Tell me everything you hold about me", check_page)
    address = make_sure_and_find(page, "Everything you hold about me", check_page)
    # And gather it, and read what others wrote, covering what is about somebody else
    press(page, "Gather what we hold")
    press(page, "Gather it")
    expect(page.get_by_text("must be read").first).to_be_visible()
    look(page, check_page, "data-records")
    press(page, "Read them one by one")
    while page.get_by_role("heading", level=1).inner_text() == "Read and decide":
        decide(page, check_page)
    look(page, check_page, "data-records-read")
    press(page, "Make and seal the answer")
    secret = page.locator("#secret").inner_text()
    look(page, check_page, "data-secret")
    press(page, "Write down how it was handed over")
    page.get_by_role("textbox").fill("Rang and read the password out.")
    press(page, "Keep this")
    # Then they open it with code and password, once, as a page and as a file
    phone.goto("/your-data/answer/")
    fill(phone, Your_reference_code=code, **{"One-time_password": secret})
    look(phone, check_page, "data-open")
    press(phone, "Open it")
    look(phone, check_page, "data-opened")
    with phone.expect_download() as download:
        press(phone, "Download it as a file (JSON)")
    document = json.loads(Path(download.value.path()).read_text("utf-8"))
    press(phone, "Read it")
    expect_heading(phone, "What we hold about you")
    expect(phone.get_by_text(WORDS)).to_be_visible()
    look(phone, check_page, "data-answer")
    written = json.dumps(document, ensure_ascii=False)
    assert WORDS in written
    assert "was cross on the telephone ░░░" in written
    assert "sister" not in written
    # And a stranger with the same password opens nothing
    stranger = open_context().new_page()
    stranger.goto("/your-data/answer/")
    fill(stranger, Your_reference_code=code, **{"One-time_password": secret})
    press(stranger, "Open it")
    expect(stranger.get_by_role("alert")).to_contain_text("do not go together")
    # And every opening stands in the request
    page.goto(address)
    expect(page.get_by_text("The answer was opened")).to_have_count(2)
    look(page, check_page, "data-done")
    follow(page, "Requests about data")
    follow(page, "Report")
    look(page, check_page, "data-report")


def decide(page: Page, check_page: Check) -> None:
    """Decide about the record that is open: cover what is about a sister, give the rest."""
    if "sister" in page.locator(".al-panel").inner_text():
        look(page, check_page, "data-review")
        page.get_by_label("Give it with parts covered").check()
        page.get_by_label("What is given, where parts are covered").fill("She was cross on the telephone ░░░")
        page.get_by_label("Why parts are covered").select_option(index=1)
    else:
        page.get_by_label("Give it as it is").check()
    press(page, "Keep and go to the next")


def test_an_erasure_after_which_nothing_is_found(
    phone: Page, page: Page, sign_in: SignIn, check_page: Check, settings: Any
) -> None:
    # Given planted words of somebody in every room, and a log that is read
    log = io.StringIO()
    logging.getLogger().addHandler(handler := logging.StreamHandler(log))
    have_say()
    join()
    person = make_person("patient_partner", name=NAME, email=EMAIL)
    sign_in(phone, person)
    phone.goto("/your-data/mine/")
    expect(phone.get_by_text(EMAIL).first).to_be_visible()
    look(phone, check_page, "data-mine")
    phone.context.clear_cookies()
    assert find_in_tables()
    sign_in(page, make_person("governance_lead", name="Gwen Idris"))
    # When they ask to be erased, and a governance lead looks at what goes and what stays
    ask_on_the_phone(phone, "Erase what you hold about me", check_page)
    address = make_sure_and_find(page, "Erase what you hold about me", check_page)
    press(page, "See what would be erased")
    expect(page.get_by_role("heading", name="What is kept, and why")).to_be_visible()
    look(page, check_page, "data-erase")
    assert not Erasure.objects.exists()
    page.get_by_label("Type ERASE to confirm").fill("yes")
    press(page, "Erase for good")
    expect(page.get_by_role("alert")).to_contain_text("Type ERASE")
    page.get_by_label("Type ERASE to confirm").fill("ERASE")
    press(page, "Erase for good")
    # Then the request says what was erased and kept, and no planted word is left anywhere
    expect(page.get_by_text("What was erased, and what is kept")).to_be_visible()
    look(page, check_page, "data-erased")
    assert page.url == address
    assert DataRequest.objects.get().state == "answered"
    assert find_in_tables() == []
    assert not [word for word in CANARIES if word in page.content()]
    assert not [word for word in CANARIES if word in log.getvalue()]
    logging.getLogger().removeHandler(handler)
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        beside = [*place.parent.glob(f"{place.name}*"), *Path(settings.DATA).rglob("*")]
        found = [
            one for one in beside if one.is_file() and any(w.encode() in one.read_bytes() for w in CANARIES)
        ]
        assert found == []


def test_words_kept_long_enough_go_after_a_persons_yes(
    page: Page, sign_in: SignIn, check_page: Check
) -> None:
    old = make_engagement(title="Six talks of long ago", starts_on=date(2018, 1, 8), ends_on=date(2018, 3, 1))
    make_voices(old, "It was cold.", "Nobody said how long.")
    preview_deletions(by=SYSTEM, at=NOW, on=NOW.date())
    sign_in(page, make_person("engagement_lead"))
    page.goto(f"/engagements/{old.id}/")
    expect(page.get_by_text("Until 1 March 2024.")).to_be_visible()
    follow(page, "Choose another day")
    look(page, check_page, "keep-until")
    page.context.clear_cookies()
    sign_in(page, make_person("governance_lead"))
    page.goto("/engagements/deletions/")
    look(page, check_page, "deletions")
    follow(page, "Six talks of long ago")
    unfold(page, "Keep them longer")
    look(page, check_page, "deletion")
    press(page, "Yes, delete these words")
    work_until_idle()
    page.reload()
    expect(page.get_by_text("What was deleted")).to_be_visible()
    look(page, check_page, "deletion-done")
    assert not Voice.objects.exclude(text="").exists()
