"""Every part of the layout in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.apps.base.look_urls")]
Check = Callable[[Page], None]


@pytest.mark.parametrize("address", ["/look/", "/look/?errors=1", "/look/public/", "/look/print/"])
def test_every_part_is_accessible_at_every_width(page: Page, check_page: Check, address: str) -> None:
    page.goto(address)

    check_page(page)


def test_the_parts_are_accessible_on_a_phone(phone: Page, check_page: Check) -> None:
    for address in ("/look/", "/look/public/"):
        phone.goto(address)
        check_page(phone)


def test_the_page_wears_its_own_stylesheet_and_font(page: Page) -> None:
    """An accessibility check passes on a page without any style, so the style is looked at by itself."""
    page.goto("/look/")

    font, colour = page.evaluate(
        "() => [getComputedStyle(document.body).fontFamily, getComputedStyle(document.querySelector('.nhsuk-button'))"
        ".backgroundColor]"
    )
    assert font.startswith("Arial")
    assert colour == "rgb(14, 90, 95)"


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/look/?errors=1")

    page.wait_for_function("() => document.activeElement.classList.contains('nhsuk-error-summary')")
    page.get_by_role("link", name="Enter a date for: when was it held?").click()
    page.wait_for_function("() => document.activeElement.id === 'id_held_on-day'")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/look/")

    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "maincontent"


def test_the_pages_work_without_javascript(
    open_context: Callable[..., BrowserContext], check_page: Check
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/look/?errors=1")

    assert page.get_by_role("alert").first.is_visible()
    assert (
        page.get_by_role("link", name="See how far it is now").count() == 0
    )  # the guide's jobs have no address


def test_colours_chosen_by_the_reader_are_kept(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(forced_colors="active").new_page()
    page.goto("/look/")

    edges = page.evaluate(
        "() => ['proposed', 'decided']"
        ".map(name => getComputedStyle(document.querySelector('.al-card--' + name)).borderTopStyle)"
    )
    assert edges == ["dashed", "solid"]


def test_on_paper_there_are_no_rooms_and_what_was_folded_away_is_open(page: Page) -> None:
    page.goto("/look/")
    page.emulate_media(media="print")

    assert not page.locator(".al-nav").is_visible()
    assert not page.get_by_role("button", name="Accept").is_visible()
    assert page.get_by_text("Engagement leads and analysts of this organisation.").is_visible()
    brand_after = page.evaluate(
        "() => getComputedStyle(document.querySelector('.al-header__brand'), '::after').content"
    )
    assert brand_after == "none"


def test_choosing_rows_says_how_many(page: Page) -> None:
    page.goto("/look/")
    page.get_by_role("checkbox", name="Choose Two focus groups").check()
    page.get_by_text("1 chosen").wait_for()

    page.get_by_role("checkbox", name="All on this page").check()

    page.get_by_text("2 chosen").wait_for()
    assert page.get_by_role("checkbox", name="Choose Outpatient survey, spring").is_checked()


def test_a_page_that_is_not_there_says_what_to_do(
    page: Page, check_page: Check, allow_status: Callable[[int], Any]
) -> None:
    allow_status(404)
    page.goto("/nowhere/")

    assert page.get_by_role("heading", level=1).text_content() == "There is no such page"
    check_page(page)
