"""Deciding by keys, by buttons alone, and what those may not see who were not invited or do not read voices."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.insight.models import Insight, Theme, ThemeDecision
from alongside.apps.insight.operations import add_quote, stand_behind
from tests.factories.actions import make_action
from tests.factories.insight import (
    AT,
    Found,
    as_person,
    make_engagement,
    make_insight,
    make_lead,
    make_partner,
    make_run,
    make_theme,
    make_viewer,
    make_voices,
)
from tests.journeys.deciding import accept, merge, move_first_voice, open_item, reject, undo
from tests.journeys.steps import Check, SignIn, look, press, unfold
from tests.setup.walking import Walk, follow_links, list_links

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OpenContext = Callable[..., BrowserContext]


class Story:
    """Two engagements of the same team; the first has three proposals."""

    def __init__(self) -> None:
        self.lead = make_lead()
        self.engagement = make_engagement("Waiting for a hip operation")
        self.other = make_engagement("Coming home after a stroke")
        words = [
            "I waited a year.",
            "Nobody rang me.",
            "A clear letter.",
            "A kind letter.",
            "Parking cost £9.",
        ]
        voices = make_voices(self.engagement, words)
        found = {"Waiting": voices[:2], "Letters": voices[2:4], "Parking": voices[4:]}
        make_run(self.engagement, Found(found), by=self.lead)
        said = make_voices(self.other, ["Nobody came.", "The stairs were too much."])
        make_run(self.other, Found({"Home": said}), by=self.lead)
        self.review = f"/insight/engagements/{self.engagement.id}/review/"
        self.other_review = f"/insight/engagements/{self.other.id}/review/"
        self.voice = f"/engagements/voices/{voices[0].id}/"
        self.voices = voices

    def make_insight(self) -> tuple[UUID, UUID]:
        """Return the ids of a theme in the first engagement and of an insight that stands on a quote of it."""
        theme = make_theme(self.engagement, self.voices[:2], "Hips", by=self.lead)
        insight = make_insight(theme, self.lead, statement="People want to be rung")
        add_quote(by=self.lead, at=AT, insight_id=insight, voice_id=self.voices[0].id, start=0, end=16)
        stand_behind(by=self.lead, at=AT, insight_id=insight)
        return theme, insight


def expect_open(page: Page, name: str) -> None:
    expect(page.locator(".al-review__title")).to_have_text(name)
    page.wait_for_load_state("load")


def test_every_key_does_its_one_thing_and_none_while_somebody_types(page: Page, sign_in: SignIn) -> None:
    # Given the review of three proposals
    story = Story()
    sign_in(page, as_person(story.lead))
    page.goto(story.review)
    expect_open(page, "Waiting")

    # When somebody looks around by keys
    page.keyboard.press("n")
    expect_open(page, "Letters")
    page.keyboard.press("p")
    expect_open(page, "Waiting")
    page.keyboard.press("?")
    expect(page.get_by_text("A dashed edge means")).to_be_visible()
    assert not ThemeDecision.objects.exists()

    # Then a key typed into a field or held with another key decides nothing
    page.keyboard.press("m")
    expect(page.get_by_label("Which theme?")).to_be_focused()
    for key in "axnu":
        page.keyboard.press(key)
    page.get_by_label("Why do they belong together?").press_sequentially("a x n p u m r ?")
    expect(page.get_by_label("Why do they belong together?")).to_have_value("a x n p u m r ?")
    page.locator("h1").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+x")
    assert not ThemeDecision.objects.exists()
    expect_open(page, "Waiting")

    # And each key that decides, decides
    page.keyboard.press("a")
    expect_open(page, "Letters")
    page.keyboard.press("r")
    page.keyboard.type("Plain letters")
    page.keyboard.press("Enter")
    expect_open(page, "Parking")
    page.keyboard.press("x")
    page.keyboard.type("Only one person")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Every proposed theme is decided.")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    expect(page.get_by_text("1 proposed theme to decide")).to_be_visible()
    assert set(Theme.objects.filter(state="stands").values_list("name", flat=True)) == {
        "Waiting",
        "Plain letters",
    }


def test_keys_that_are_switched_off_stay_off(page: Page, sign_in: SignIn) -> None:
    story = Story()
    lead = as_person(story.lead)
    sign_in(page, lead)
    page.goto(story.review)
    press(page, "Switch the keys off")
    expect(page.get_by_text("Single keys are off.")).to_be_visible()

    # They are off in another review, and the next day after signing in again
    for address in (story.review, story.other_review):
        page.goto(address)
        expect(page.get_by_text("Single keys are off.")).to_be_visible()
        assert page.locator(".al-key").count() == 0
        page.keyboard.press("a")
    press(page, "Sign out")
    sign_in(page, lead)
    page.goto(story.review)
    expect(page.get_by_text("Single keys are off.")).to_be_visible()
    page.keyboard.press("a")
    page.reload()
    assert not ThemeDecision.objects.exists()

    press(page, "Switch the keys on")
    expect(page.get_by_text("Single keys are on.")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("a")
    expect_open(page, "Letters")


def test_everything_can_be_decided_by_buttons_without_javascript(
    open_context: OpenContext, sign_in: SignIn
) -> None:
    story = Story()
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, as_person(story.lead))
    page.goto(story.review)

    accept(page, "Waiting", "Waiting without word")
    accept(page, "Letters")
    reject(page, "Parking", "One person only.")
    undo(page)
    merge(page, "Parking", "Letters", "Both cost money.")
    undo(page)
    move_first_voice(page, "Letters", "Waiting without word", "It is about the wait.")
    page.goto(story.review)
    undo(page)
    open_item(page, "Letters")
    unfold(page, "Rename")
    page.get_by_label("New name").fill("What letters say")
    press(page, "Rename")
    expect(page.get_by_text("Renamed.", exact=True)).to_be_visible()
    unfold(page, "I do not agree")
    page.get_by_label("What do you not agree with, and why?").fill("It is about tone.")
    press(page, "Put it beside the theme")
    expect(page.get_by_text("It is about tone.")).to_be_visible()
    kinds = set(ThemeDecision.objects.values_list("kind", flat=True))
    assert {"accept", "reject", "merge", "move", "rename", "undo"} <= kinds


def test_a_patient_partner_who_was_not_invited_sees_nothing_of_an_engagement(
    page: Page, sign_in: SignIn, allow_status: Callable[[int], None]
) -> None:
    # Given a partner who was invited to one engagement only
    allow_status(404)
    story = Story()
    theme, insight = story.make_insight()
    sign_in(page, as_person(make_partner(story.other)))
    page.goto(story.other_review)
    expect_open(page, "Home")

    # Then every address of the other is not there for them, and no page names it
    for address in (
        f"/engagements/{story.engagement.id}/",
        f"/engagements/{story.engagement.id}/voices/",
        story.voice,
        story.review,
        f"{story.review}voices/?unplaced=1",
        f"/insight/themes/{theme}/",
        f"/insight/insights/{insight}/",
        f"/insight/insights/{insight}/report/",
        f"/trail/theme/{theme}/",
        f"/trail/voice/{story.voices[0].id}/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
    for address in ("/", "/engagements/", "/insight/", "/insight/themes/", "/insight/insights/", "/actions/"):
        page.goto(address)
        assert "hip operation" not in page.content(), address
    page.goto("/search/?q=waited")
    assert "I waited a year" not in page.content()


def test_an_action_owner_reads_quotes_and_is_offered_no_way_to_the_voices(
    page: Page, sign_in: SignIn, check_page: Check, allow_status: Callable[[int], None]
) -> None:
    # Given an action on an insight, and its owner
    story = Story()
    _theme, insight = story.make_insight()
    owner = as_person(make_viewer("Jo Lindqvist", "owner"))
    make_action([Insight.objects.get(id=insight)], owner=owner)
    sign_in(page, owner)

    # When they follow every link they are offered
    walk, offered = Walk(), set[str]()
    follow_links(page, "/", walk, lambda seen, name: offered.update(list_links(seen.url, seen.content())))

    # Then none is broken and none leads to a voice, and by its address a voice is not there
    assert walk.faults == []
    assert not [link for link in offered if link.startswith("/engagements/") and "voices/" in link]
    page.goto(f"/insight/insights/{insight}/")
    expect(page.locator("blockquote").first).to_be_visible()
    expect(page.get_by_role("link", name="See it in its place")).to_have_count(0)
    look(page, check_page, "owner-insight")
    allow_status(404)
    allow_status(403)
    answer = page.goto(story.voice)
    assert answer is not None
    assert answer.status in (403, 404)
