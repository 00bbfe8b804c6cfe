"""Withdrawing seen from both sides: on a phone, what stops and what had been published; at the desk, what was lost."""

import re
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, PublicForm, Voice
from alongside.apps.engagement.operations import FormTerms, invite_partner, open_public_form
from alongside.apps.insight.models import Theme
from alongside.apps.insight.operations import add_quoted_words, stand_behind
from alongside.apps.people.models import Person
from alongside.apps.people.queries import get_viewer
from tests.factories import insight as insights
from tests.factories.actions import make_action
from tests.factories.consents import send
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_person
from tests.journeys.steps import Check, SignIn, expect_heading, fill_date, follow, look, press

pytestmark = pytest.mark.journey
WORDS = "The lift was broken again. I went home."
QUOTED = "The lift was broken again."
STATEMENT = "People turn back when the lift is broken."


def test_consent_is_given_on_a_phone_and_withdrawn_as_easily(
    page: Page, phone: Page, sign_in: SignIn, check_page: Check
) -> None:
    # Given somebody who agreed on a phone, was quoted in an insight and on the public page
    ada = make_person("engagement_lead", name="Ada Okafor")
    form = open_form(get_viewer(ada))
    code = have_ones_say(phone, form)
    make_it_matter(get_viewer(ada), form)
    phone.goto("/what-changed/")
    expect(phone.get_by_text(QUOTED)).to_be_visible()
    sign_in(page, ada)
    page.goto(f"/engagements/{form.engagement_id}/voices/")
    with page.expect_download():
        follow(page, "Download as CSV")

    # When they look at what they agreed to, and end one use
    phone.goto(f"/say/{form.slug}/take-back/")
    phone.get_by_label("Your receipt code").fill(code)
    press(phone, "Look first at what I agreed to")
    expect_heading(phone, "What you agreed to")
    look(phone, check_page, "own-consents")
    phone.get_by_role("button", name=re.compile("Stop this.*in public")).click()

    # Then they read what stops now and what had been published, and the public page has lost the quote
    expect_heading(phone, "That has stopped")
    expect(phone.get_by_text("A public page with your words")).to_contain_text("Gone from there now.")
    look(phone, check_page, "own-ended")
    phone.goto("/what-changed/")
    expect(phone.get_by_text("A lift that works")).to_be_visible()
    expect(phone.get_by_text(QUOTED)).not_to_be_visible()

    # And the insight still rests on them, until they take everything back
    page.goto(find_insight())
    expect(page.get_by_text(QUOTED, exact=True)).to_be_visible()
    phone.goto("/your-consents/")
    press(phone, "Stop everything: take all my words back")
    expect_heading(phone, "Your words are taken back")
    expect(phone.get_by_text("A public page with your words")).to_be_visible()
    expect(phone.get_by_text("We quoted you in something we found")).to_contain_text("Gone from there now.")
    expect(phone.get_by_text("downloaded a list that held your words")).to_contain_text(
        "We cannot call this back."
    )
    look(phone, check_page, "own-taken-back")

    # Then the lead is told on her start page, sees the counts fall, and looks again
    see_what_was_lost(page, form, check_page)


def open_form(by: Viewer) -> PublicForm:
    questions = (("What gets in your way?", ""),)
    terms = FormTerms("Tell us what gets in your way.", questions, NOW.date())
    engagement = make_engagement(by=by, title="Getting upstairs")
    return open_public_form(engagement_id=engagement.id, terms=terms, by=by, at=timezone.now())


def have_ones_say(phone: Page, form: PublicForm) -> str:
    """Answer on a telephone, agreeing to two uses; return the receipt code."""
    phone.goto(f"/say/{form.slug}/")
    press(phone, "Start")
    phone.get_by_label("Show my words to other people who work here, without my name").check()
    phone.get_by_label("Show my words in public, without my name").check()
    press(phone, "I agree, go on")
    phone.get_by_role("textbox").fill(WORDS)
    press(phone, "Go on")
    press(phone, "Go on")
    expect_heading(phone, "Check your answers")
    press(phone, "Send my words")
    return phone.locator(".nhsuk-panel strong").inner_text()


def make_it_matter(by: Viewer, form: PublicForm) -> None:
    """Let the words lead to an insight somebody stands behind, and to a public story that quotes them."""
    at = timezone.now()
    send(form, "The stairs are steep.")
    voices = list(Voice.objects.order_by("id"))
    theme = insights.make_theme(form.engagement, voices, "Getting upstairs", by)
    found = insights.make_insight(theme, by, statement=STATEMENT)
    for voice in voices:
        words = QUOTED if QUOTED in voice.text else voice.text
        add_quoted_words(by=by, at=at, insight_id=found, voice_id=voice.id, words=words)
    stand_behind(by=by, at=at, insight_id=found)
    owner = Person.objects.get(id=by.own_id)
    action = make_action([found], owner=owner, state="done")  # type: ignore[list-item]
    story = StoryWords("en", "A lift that works", "The lift was often broken.", "It is looked at each week.")
    quotes: list[UUID] = list(action.insights.get().evidence.values_list("id", flat=True))
    write_story(action_id=action.id, words=story, quote_ids=quotes, by=by, at=at)
    publish_action(action_id=action.id, by=by, at=at)


def find_insight() -> str:
    insight_id = Theme.objects.get().insights.get().id
    return f"/insight/insights/{insight_id}/"


def see_what_was_lost(page: Page, form: PublicForm, check_page: Check) -> None:
    page.goto("/")
    expect(page.get_by_text("A quote was withdrawn; it now rests on 1 voice. Look again")).to_be_visible()
    follow(page, STATEMENT)
    expect(page.get_by_text("This insight now rests on 1 voices")).to_be_visible()
    assert QUOTED not in page.content()
    look(page, check_page, "insight-lost-quote")
    press(page, "I have looked again")
    expect(page.get_by_text("you have looked at it again")).to_be_visible()
    page.goto(f"/engagements/{form.engagement_id}/")
    expect(page.get_by_text("taken back")).to_be_visible()
    follow(page, "Consents and withdrawals")
    expect_heading(page, "Consents")
    expect(page.get_by_text("Quoted in public since")).to_be_visible()
    look(page, check_page, "consents-of-an-engagement")
    page.goto("/consents/")
    look(page, check_page, "consents")
    press(page, "The texts people agree to")
    look(page, check_page, "consent-texts")
    follow(page, "Have your say")
    look(page, check_page, "consent-text")
    page.goto("/search/?q=lift")
    assert QUOTED not in page.content()


def test_what_helps_somebody_is_said_on_a_phone_and_arranged_at_a_desk(
    page: Page, phone: Page, sign_in: SignIn, check_page: Check
) -> None:
    # Given a patient partner invited to an engagement
    ada, rhys = make_person("engagement_lead", name="Ada Okafor"), make_person("patient_partner", name="Rhys")
    lead = get_viewer(ada)
    engagement: Engagement = make_engagement(by=lead, title="An afternoon talk")
    invite_partner(engagement_id=engagement.id, person_id=rhys.id, by=lead, at=timezone.now())

    # When he says on his phone what he needs, for the person who arranges alone
    sign_in(phone, rhys)
    phone.goto("/needs/")
    look(phone, check_page, "needs-none")
    press(phone, "Add something")
    phone.get_by_label("What is needed").select_option(label="Breaks")
    phone.get_by_label("In your own words").fill("Ten minutes in each hour")
    phone.get_by_label("I cannot take part without it").check()
    look(phone, check_page, "needs-add")
    press(phone, "Keep it")
    look(phone, check_page, "needs-mine")

    # Then the lead finds it in the list to arrange, and notes that it was not there
    sign_in(page, ada)
    page.goto(f"/engagements/{engagement.id}/")
    follow(page, "Needs to arrange")
    expect(page.get_by_text("Ten minutes in each hour")).to_be_visible()
    look(page, check_page, "needs-to-arrange")
    follow(page, "Note whether it was there")
    today = timezone.localdate()
    fill_date(page, "happened_on", today.day, today.month, today.year)
    page.get_by_label("No", exact=True).check()
    page.get_by_label("If not, why not").fill("Nobody planned a break")
    page.get_by_label("If not, what you do").fill("Breaks are in the plan now")
    look(page, check_page, "needs-log")
    press(page, "Note it")
    page.goto("/needs/not-met/")
    expect(page.get_by_text("Breaks are in the plan now")).to_be_visible()
    look(page, check_page, "needs-not-met")

    # And he sees that it was noted
    phone.goto("/needs/")
    follow(phone, "Breaks")
    expect(phone.get_by_text("Nobody planned a break")).to_be_visible()
    look(phone, check_page, "needs-need")
