"""Having one’s say on a telephone: asked plainly, in one’s own language, told what came of it, free to take it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.engagement.models import Voice
from tests.factories.people import make_person
from tests.journeys.acting import (
    finish,
    quote_a_voice,
    start_an_action,
    write_an_insight,
    write_feedback,
)
from tests.journeys.conftest import Site
from tests.journeys.deciding import accept, list_open_names, open_item
from tests.journeys.listening import (
    TELEPHONE,
    find_link,
    open_engagement,
    open_public_page,
    wait_for_the_work,
)
from tests.journeys.steps import Check, SignIn, expect_heading, follow, look, press

pytestmark = pytest.mark.journey
OpenContext = Callable[..., BrowserContext]
WORDS = "Ring me when you are late. I can wait at home, not in a corridor."
NEED = "Ring me when you are late."


def test_somebody_has_their_say_on_a_phone_is_told_and_takes_their_words_back(
    page: Page,
    phone: Page,
    open_context: OpenContext,
    sign_in: SignIn,
    check_page: Check,
    site: Site,
    settings: Any,
) -> None:
    settings.PUBLIC_URL = site.url

    # Given a public page with two questions
    sign_in(page, make_person("engagement_lead", name="Ada Okafor"))
    engagement = open_engagement(page, "When we run late")
    address = open_public_page(page, engagement, "What should we do when we are late?", "Anything else?")

    # When somebody answers on a telephone, looks at it in Welsh on the way, and leaves an address
    agree_to_some_uses(phone, address, check_page)
    answer_and_switch_to_welsh(phone, check_page)
    say_nothing_about_myself(phone, check_page)
    leave_an_address(phone, check_page)
    code = check_and_send(phone, check_page)

    # Then the lead sees these words with their basis
    see_the_voice_and_its_basis(page, engagement, check_page)

    # When they become a theme, and lead to an insight, an action and its end
    make_a_theme(page, engagement, check_page)
    insight = act_on_it(page)

    # Then the person hears of it, opens the link on the phone, and reads what changed
    hear_of_it(page, check_page)
    phone.goto(find_link(mail.outbox[0]))
    press(phone, "Read the news")
    expect(phone.get_by_text("Now the desk rings everybody when it runs late.").first).to_be_visible()
    look(phone, check_page, "say-told")

    # And when they take their words back with the receipt, the quote disappears
    phone.goto(address)
    follow(phone, "Take your words back")
    phone.get_by_label("Your receipt code").fill(code)
    look(phone, check_page, "say-take-back")
    press(phone, "Take my words back")
    expect_heading(phone, "Your words are taken back")
    look(phone, check_page, "say-taken-back")
    expect_the_words_are_gone(page, engagement, insight, check_page)
    stranger = open_context(**TELEPHONE).new_page()
    stranger.goto("/what-changed/")
    expect(stranger.get_by_text("Nothing to show yet")).to_be_visible()


def agree_to_some_uses(phone: Page, address: str, check_page: Check) -> None:
    phone.goto(address)
    look(phone, check_page, "say-welcome")
    press(phone, "Start")
    expect_heading(phone, "What happens to your words")
    boxes = phone.get_by_role("checkbox")
    assert not [number for number in range(boxes.count()) if boxes.nth(number).is_checked()]
    look(phone, check_page, "say-agree")
    phone.get_by_label("Show my words to other people who work here, without my name").check()
    phone.get_by_label("Tell me what you changed, or ask me more").check()
    press(phone, "I agree, go on")


def answer_and_switch_to_welsh(phone: Page, check_page: Check) -> None:
    """What was kept is still there in the other language, and there again in the first."""
    expect_heading(phone, "What should we do when we are late?")
    look(phone, check_page, "say-question")
    phone.get_by_role("textbox").fill(WORDS)
    press(phone, "Go on")
    expect_heading(phone, "Anything else?")
    press(phone, "Cymraeg")

    # What happens to one's words is asked in the language one reads, and says why it is asked again
    expect(phone.locator("html")).to_have_attribute("lang", "cy")
    expect(phone.locator(".al-message--info")).to_be_visible()
    look(phone, check_page, "say-agree-welsh")
    assert phone.get_by_role("checkbox", checked=True).count() == 2
    phone.locator("main .nhsuk-button").click()
    expect(phone.get_by_role("textbox")).to_have_value(WORDS)
    look(phone, check_page, "say-question-welsh")
    press(phone, "English")
    phone.locator("main .nhsuk-button").click()
    expect(phone.get_by_role("textbox")).to_have_value(WORDS)
    press(phone, "Go on")
    expect_heading(phone, "Anything else?")
    press(phone, "Go on")


def say_nothing_about_myself(phone: Page, check_page: Check) -> None:
    expect_heading(phone, "About you")
    look(phone, check_page, "say-facts")
    press(phone, "Go on")


def leave_an_address(phone: Page, check_page: Check) -> None:
    expect_heading(phone, "How we can tell you what changed")
    phone.get_by_label("By e-mail").check()
    press(phone, "Go on")
    expect(phone.get_by_role("alert")).to_contain_text("Enter your e-mail address")
    phone.get_by_label("E-mail address").fill("sam@example.org")
    look(phone, check_page, "say-contact")
    press(phone, "Go on")


def check_and_send(phone: Page, check_page: Check) -> str:
    """Look at everything once more, change one thing, send it; return the receipt code."""
    expect_heading(phone, "Check your answers")
    for words in (WORDS, "You skipped this", "You did not say", "sam@example.org"):
        expect(phone.get_by_text(words)).to_be_visible()
    assert not Voice.objects.exists()
    look(phone, check_page, "say-check")
    phone.get_by_role("link", name="Change").first.click()
    expect(phone.get_by_role("textbox")).to_have_value(WORDS)
    press(phone, "Go on")
    expect_heading(phone, "Check your answers")
    press(phone, "Send my words")
    expect_heading(phone, "Your words have arrived")
    look(phone, check_page, "say-sent")
    return phone.locator(".nhsuk-panel strong").inner_text()


def see_the_voice_and_its_basis(page: Page, engagement: str, check_page: Check) -> None:
    page.goto(engagement)
    look(page, check_page, "say-engagement")
    press(page, "Read the voices")
    page.locator("figure", has_text=NEED).get_by_role("link", name="See it in its place").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    allowed = page.get_by_role("complementary", name="What it may be used for")
    expect(allowed.get_by_role("listitem").filter(has_text="quote it to colleagues")).to_contain_text("Yes")
    expect(allowed.get_by_role("listitem").filter(has_text="quote it in public")).to_contain_text("No")
    expect(allowed).to_contain_text("have_your_say")
    look(page, check_page, "say-voice")


def make_a_theme(page: Page, engagement: str, check_page: Check) -> None:
    """Let the engine propose, and accept what it found under a better name."""
    page.goto(engagement.replace("/engagements/", "/insight/engagements/"))
    press(page, "Find themes")
    wait_for_the_work(page, "When we run late")
    look(page, check_page, "say-review")
    accept(page, list_open_names(page)[0], "Being rung")
    open_item(page, "Being rung")
    follow(page, "Open the theme’s own page")
    look(page, check_page, "say-theme")


def act_on_it(page: Page) -> str:
    """Write an insight and begin an action on it; the action's page is open at the end."""
    write_an_insight(page, "People want to be rung when we run late.", "One person so far.")
    insight = page.url
    quote_a_voice(page, NEED, NEED)
    press(page, "I stand behind this")
    start_an_action(page, "Ring people when we run late", "Ada Okafor")
    finish(page, "The desk rings everybody on the list.")
    return insight


def hear_of_it(page: Page, check_page: Check) -> None:
    write_feedback(page, "Now the desk rings everybody when it runs late.", "Thank you for saying it.")
    press(page, "Put them in the next digest")
    page.goto("/actions/digest/")
    press(page, "Send the digest")
    wait_for_the_work(page, "The digest")
    look(page, check_page, "say-digest")
    assert [one.to for one in mail.outbox] == [["sam@example.org"]]


def expect_the_words_are_gone(page: Page, engagement: str, insight: str, check_page: Check) -> None:
    page.goto(insight)
    expect(page.get_by_text("The person took these words back.")).to_be_visible()
    expect(page.get_by_text("Everybody whose words this rests on took them back.")).to_be_visible()
    assert NEED not in page.content()
    look(page, check_page, "say-insight-gone")
    page.goto(f"{insight}report/")
    assert NEED not in page.content()
    page.goto(engagement)
    expect(page.get_by_text("taken back")).to_be_visible()
    page.goto("/search/?q=corridor")
    assert "corridor," not in page.content()
    assert WORDS not in page.content()
