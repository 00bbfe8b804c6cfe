"""What journeys share of listening: opening an engagement, having one's say, bringing in a file, finding themes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.engagement import work_until_idle
from tests.journeys.steps import Check, expect_heading, fill, follow, look, press

OpenContext = Callable[..., BrowserContext]
TELEPHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


@dataclass(frozen=True)
class Speaker:
    """Somebody who has their say: their words, and where to tell them what came of it."""

    words: str
    email: str = ""


def open_engagement(page: Page, title: str) -> str:
    """Open an engagement as a lead does; return its address."""
    page.goto("/engagements/new/")
    fill(page, Words_to_look_for="waiting")
    press(page, "Search voices and insights")
    press(page, "Go on")
    fill(page, Title=title, Purpose="What is it like to come to us, and what should change first?")
    page.get_by_label("Survey").check()
    fill(page, What_participants_are_told="We read what you say and tell you what changes.")
    fill(page, Who_runs_it="The listening team")
    press(page, "Start this engagement")
    expect_heading(page, title)
    return page.url


def invite(page: Page, engagement: str, name: str) -> None:
    """Invite a patient partner to see and decide in an engagement."""
    page.goto(engagement)
    follow(page, "Invite a patient partner")
    page.get_by_label("Patient partner").select_option(label=name)
    press(page, "Invite")
    expect(page.get_by_text("Invited. They see this engagement")).to_be_visible()


def open_public_page(page: Page, engagement: str, *questions: str) -> str:
    """Open *Have your say* with these questions; return the address people are given."""
    page.goto(engagement)
    follow(page, "Have your say")
    fill(page, Welcome="We want to know what waiting is like, and what would make it better.")
    for number, question in enumerate(questions, start=1):
        page.locator(f"#id_question_{number}").fill(question)
    press(page, "Open the page")
    return str(page.get_by_role("link", name="Look at it as people see it").get_attribute("href"))


def have_a_say(open_context: OpenContext, address: str, speaker: Speaker) -> str:
    """Answer one question on a telephone of one's own, leave an e-mail address; return the receipt code."""
    phone = open_context(**TELEPHONE).new_page()
    phone.goto(address)
    press(phone, "Start")
    phone.get_by_label("Show my words to other people who work here, without my name").check()
    phone.get_by_label("Tell me what you changed, or ask me more").check()
    press(phone, "I agree, go on")
    phone.get_by_role("textbox").fill(speaker.words)
    press(phone, "Go on")
    press(phone, "Go on")
    phone.get_by_label("By e-mail").check()
    phone.get_by_label("E-mail address").fill(speaker.email)
    press(phone, "Go on")
    press(phone, "Send my words")
    code = phone.locator(".nhsuk-panel strong").inner_text()
    phone.context.close()
    return code


@dataclass(frozen=True)
class CommentsFile:
    """A file of comments and what a lead expects to be told about it: its rows, and how many have a wrong date."""

    path: Path
    text_column: str
    rows: int
    wrong: int = 0
    is_real: bool = False

    @property
    def right(self) -> int:
        """Return how many rows can come in."""
        return self.rows - self.wrong


def bring_in(page: Page, engagement: str, file: CommentsFile, check_page: Check, name: str) -> None:
    """Upload a file, say what its columns mean and why the words may be used, and let every row be read."""
    page.goto(f"{engagement}upload/")
    look(page, check_page, f"{name}-upload")
    page.set_input_files("input[type=file]", str(file.path))
    press(page, "Upload and look at it")
    expect(page.get_by_label(file.text_column, exact=True)).to_be_checked()
    page.get_by_label("It is our public task (Article 6(1)(e))").check()
    page.get_by_label("Condition for health data (Article 9)").select_option("health_care")
    page.get_by_label("Quoted to colleagues, without a name").check()
    look(page, check_page, f"{name}-columns")
    press(page, "Read every row")
    wait_for_the_work(page, "Look, then bring it in")


def wait_for_the_work(page: Page, heading: str) -> None:
    """Do what waits; the page that shows how far it is goes to the result by itself."""
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_until_idle()
    expect_heading(page, heading)
    page.wait_for_load_state("load")


def expect_counts(page: Page, **counts: int) -> None:
    """Expect the import page to say how many answers are new, changed, the same, wrong."""
    for label, count in counts.items():
        line = page.locator(".al-stat", has_text=label.replace("_", " ")).first
        expect(line.locator(".al-stat__number")).to_have_text(f"{count:,}")


def find_themes(page: Page, engagement: str, check_page: Check, name: str) -> None:
    """Let the engine look for themes, and open the review."""
    page.goto(engagement.replace("/engagements/", "/insight/engagements/"))
    look(page, check_page, f"{name}-find")
    press(page, "Find themes")
    wait_for_the_work(page, "Waiting with us")
    look(page, check_page, f"{name}-review")


def find_link(letter: EmailMessage) -> str:
    """Return the private link of a mail."""
    found = re.search(r"http\S+/w/[^/\s]+/", str(letter.body))
    assert found
    return found.group()
