"""A comment with a phone number and a name: covered for everybody, decided by the governance lead, quoted all along."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.base.models import AuditLine
from alongside.apps.engagement.models import Engagement, Voice
from alongside.apps.engagement.operations import confirm_import
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.people.models import Person
from tests.factories.engagement import make_csv, make_engagement, read_table_file
from tests.factories.insight import make_insight, make_theme
from tests.factories.people import NOW, make_viewer
from tests.journeys.steps import Check, SignIn, expect_heading, look, press, unfold

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OpenContext = Callable[..., BrowserContext]
PHONE, NAME = "07700 900123", "Mensah"
SAID = f"Dr {NAME} was kind. Ring me on {PHONE}, I am home by six. Wren drives me."
DOUBT = "They gave me 999 017 3915 and I do not know what it is."


class Story:
    """A file of comments brought in by an analyst, one of them quoted in an insight."""

    def __init__(self) -> None:
        self.analyst = make_viewer("analyst", name="Mina Sorensby")
        self.governance = make_viewer("governance_lead", name="Desmond Achterberg")
        self.engagement: Engagement = make_engagement()
        rows = [("1", "r1", SAID), ("2", "r2", DOUBT), ("3", "r3", "The letter came late.")]
        found = read_table_file(self.engagement, make_csv(rows), self.analyst)
        confirm_import(import_id=found.id, by=self.analyst, at=NOW)
        self.voice = Voice.objects.get(external_id="1")
        self.insight: UUID = make_insight(
            make_theme(self.engagement, [self.voice], "Ringing", self.analyst), self.analyst
        )
        add_quoted_words(
            by=self.analyst,
            at=NOW,
            insight_id=self.insight,
            voice_id=self.voice.id,
            words="Ring me on [phone number], I am home by six.",
        )

    @property
    def voices_url(self) -> str:
        return f"/engagements/{self.engagement.id}/voices/"

    @property
    def insight_url(self) -> str:
        return f"/insight/insights/{self.insight}/"


def person(viewer: object) -> Person:
    return Person.objects.get(id=viewer.own_id)  # type: ignore[attr-defined]


def press_key(page: Page, key: str) -> None:
    """Press a key once the page is there with its script."""
    page.wait_for_load_state("networkidle")
    page.keyboard.press(key)


def expect_nothing_in_clear(page: Page) -> None:
    content = page.content()
    assert PHONE not in content
    assert NAME not in content
    assert "3915" not in content


def test_words_are_covered_decided_and_quoted(
    page: Page, sign_in: SignIn, check_page: Check, open_context: OpenContext
) -> None:
    # Given an imported comment with a phone number and a name of staff, and another that is doubtful
    story = Story()

    # When the analyst reads, searches and opens everything there is
    sign_in(page, person(story.analyst))
    page.goto(story.voices_url)
    expect(page.get_by_text("[phone number]").first).to_be_visible()
    expect(page.get_by_text("The letter came late.").first).to_be_visible()
    expect(page.get_by_text("do not know what it is")).to_have_count(0)
    expect_nothing_in_clear(page)
    page.goto(f"{story.voices_url}?q=Mensah")
    expect_heading(page, "Voices")
    expect(page.get_by_text("No voice matches these filters")).to_be_visible()
    page.goto(f"/engagements/voices/{story.voice.id}/")
    expect(
        page.get_by_text("Covered here, because it points to a person: staff name, phone number.")
    ).to_be_visible()
    look(page, check_page, "covered-voice")
    expect_nothing_in_clear(page)
    page.goto(story.insight_url)
    expect(page.locator(".al-quote").first).to_contain_text("[phone number], I am home by six.")
    expect_nothing_in_clear(page)

    # And the governance lead works through the queue by keys
    desk = open_context().new_page()
    sign_in(desk, person(story.governance))
    desk.goto("/")
    expect(desk.get_by_text("1 voice is held back")).to_be_visible()
    desk.goto("/engagements/redactions/")
    look(desk, check_page, "covered-queue")
    expect_nothing_in_clear(desk)
    desk.get_by_role("button", name="Begin with the first").or_(
        desk.get_by_role("link", name="Begin with the first")
    ).click()
    expect(desk.get_by_text("Held back: nobody sees or counts this voice")).to_be_visible()
    press_key(desk, "o")
    expect(desk.get_by_text("999 017 3915")).to_be_visible()
    look(desk, check_page, "covered-open")
    press_key(desk, "x")  # it was no NHS number

    # Then the next voice stands open: she uncovers the doctor, confirms the phone number and covers one name more
    expect(desk.get_by_text(PHONE)).to_be_visible()
    press_key(desk, "x")
    expect(desk.get_by_text("Not covered")).to_be_visible()
    unfold(desk, "Cover something else")
    desk.get_by_label("Words to cover").fill("Wren")
    press(desk, "Cover these words")
    expect(desk.get_by_text("Covered in 1 place.")).to_be_visible()
    press_key(desk, "c")
    expect(desk.get_by_text("This is the last one that waits.")).to_be_visible()
    look(desk, check_page, "covered-decided")
    assert AuditLine.objects.filter(operation="open_original").count() == 2

    # And the analyst sees what was uncovered, nothing more, and the quote stands where it stood
    page.goto(f"/engagements/voices/{story.voice.id}/")
    expect(page.locator("#words blockquote")).to_contain_text(f"Dr {NAME} was kind. Ring me on")
    assert PHONE not in page.content()
    assert "Wren" not in page.content()
    page.goto(story.insight_url)
    quote = page.locator(".al-quote").first
    expect(quote).to_contain_text("Ring me on")
    expect(quote).to_contain_text("[phone number], I am home by six.")
    expect(quote).not_to_contain_text("Wren")
    page.goto(story.voices_url)
    expect(page.get_by_text("They gave me 999 017 3915").first).to_be_visible()


def test_the_review_works_on_a_phone_without_scripts(
    open_context: OpenContext, sign_in: SignIn, check_page: Check
) -> None:
    # Given a voice with something covered, and somebody on a phone whose browser runs no scripts
    story = Story()
    phone = open_context(width=390, java_script_enabled=False).new_page()
    sign_in(phone, person(story.governance))

    # When they confirm everything sure of one kind
    phone.goto("/engagements/redactions/confirm/phone/")
    press(phone, "Confirm them all")

    # Then it says so, and a name they put on the list is looked for from now on
    expect(phone.get_by_text("1 mark confirmed.")).to_be_visible()
    phone.goto("/engagements/redactions/names/")
    phone.get_by_label("Names to add").fill("Bev\nTamsin Cole")
    press(phone, "Add these names")
    expect(phone.get_by_text("2 names added.")).to_be_visible()
