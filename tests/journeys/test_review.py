"""The review in a real browser: by keys, without JavaScript, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.insight.models import Theme, ThemeDecision
from alongside.apps.people.models import Person
from tests.factories.insight import (
    Found,
    as_person,
    make_engagement,
    make_lead,
    make_partner,
    make_run,
    make_voice,
    make_voices,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Page, Person], None]
CheckPage = Callable[[Page], None]


class Story:
    """Three proposals, one voice unplaced, one blank."""

    def __init__(self) -> None:
        self.engagement = make_engagement()
        voices = make_voices(
            self.engagement,
            [
                "I waited a year.",
                "Nobody rang me.",
                "The letter was clear.",
                "A kind letter.",
                "Parking cost £9.",
                "Hm.",
            ],
        )
        blank = make_voice(self.engagement, "")
        make_run(
            self.engagement,
            Found(
                {"Waiting": voices[:2], "Letters": voices[2:4], "Parking": voices[4:5]},
                unplaced=voices[5:],
                blank=[blank],
            ),
        )
        self.address = f"/insight/engagements/{self.engagement.id}/review/"


def see(page: Page, heading: str) -> None:
    """Wait until the page with this heading is there with its scripts, as a person's eye would."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    page.wait_for_load_state("load")


def test_a_reviewer_accepts_renames_rejects_and_undoes_by_single_keys(
    page: Page, sign_in: SignIn, check_page: CheckPage
) -> None:
    story = Story()
    sign_in(page, as_person(make_lead()))
    page.goto(story.address)
    see(page, "Waiting")
    check_page(page)

    page.keyboard.press("a")
    see(page, "Letters")

    page.keyboard.press("r")
    page.keyboard.type("axe letters")  # a and x are typed, not pressed: somebody is in a field
    page.keyboard.press("Enter")
    see(page, "Parking")

    page.keyboard.press("x")
    page.keyboard.type("One voice only")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Every proposed theme is decided.")).to_be_visible()
    page.wait_for_load_state("load")
    assert set(Theme.objects.values_list("name", flat=True)) == {"Waiting", "axe letters"}

    page.keyboard.press("u")
    expect(page.get_by_text("Undone. Everything is as it was before.")).to_be_visible()
    expect(page.get_by_text("1 proposed theme to decide")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("?")
    expect(page.get_by_text("A dashed edge means")).to_be_visible()
    check_page(page)


def test_keys_that_were_switched_off_do_nothing(page: Page, sign_in: SignIn) -> None:
    story = Story()
    sign_in(page, as_person(make_lead()))
    page.goto(story.address)
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.get_by_text("Single keys are off.")).to_be_visible()
    page.keyboard.press("a")
    page.reload()
    expect(page.get_by_text("3 proposed themes to decide")).to_be_visible()
    assert not ThemeDecision.objects.exists()


def test_the_review_works_without_javascript(
    open_context: Callable[..., BrowserContext], sign_in: SignIn
) -> None:
    story = Story()
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, as_person(make_lead()))
    page.goto(story.address)
    page.get_by_role("button", name="Accept as a theme").click()
    page.locator("summary", has_text="Merge").click()
    page.get_by_label("Which theme?").select_option("Waiting")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("This was not done")).to_be_visible()
    expect(page.get_by_text("Say why you merge these two")).to_be_visible()
    page.get_by_label("Why do they belong together?").fill("Both are about being told")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Merged.", exact=True)).to_be_visible()
    assert Theme.objects.get().placements.count() == 4


def test_a_patient_partner_reviews_on_a_phone_and_places_an_unplaced_voice(
    phone: Page, sign_in: SignIn, check_page: CheckPage
) -> None:
    story = Story()
    sign_in(phone, as_person(make_partner(story.engagement)))
    phone.goto(story.address)
    check_page(phone)
    phone.get_by_role("button", name="Accept as a theme").tap()
    see(phone, "Letters")
    phone.get_by_role("link", name="1 unplaced: please read").tap()
    see(phone, "Unplaced: please read")
    check_page(phone)
    phone.get_by_label("Choose: Hm.").check()
    phone.get_by_label("Put them into").select_option("Waiting")
    phone.get_by_role("button", name="Put them there").tap()
    expect(phone.get_by_text("Nothing left to read here")).to_be_visible()
    assert Theme.objects.get().placements.filter(is_individual=True).count() == 1


def test_from_a_theme_to_an_insight_with_a_quote(page: Page, sign_in: SignIn, check_page: CheckPage) -> None:
    story = Story()
    sign_in(page, as_person(make_lead()))
    page.goto(story.address)
    page.keyboard.press("a")
    see(page, "Letters")
    page.get_by_role("link", name="Waiting").first.click()
    page.get_by_role("link", name="Open the theme’s own page").click()
    see(page, "What people said")
    check_page(page)
    page.get_by_role("link", name="Write an insight from it").click()
    page.get_by_label("Statement").fill("People who wait want to be rung")
    page.get_by_label("Wish").check()
    page.get_by_label("Limits").fill("Two people in one survey.")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("link", name="Add the words it rests on").click()
    see(page, "Choose the words it rests on")
    check_page(page)
    page.get_by_role("button", name=re.compile("Use as evidence.*waited")).click()
    page.get_by_role("button", name="I stand behind this").click()
    expect(page.get_by_text("You stand behind this insight.")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text("I waited a year.")
    check_page(page)
    page.get_by_role("link", name="Report to print").click()
    see(page, "What people said")
