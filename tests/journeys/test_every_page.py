"""Every page of the demonstration, walked as the public and as each person: accessible, whole, never too wide."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page

from alongside.apps.people.rules import ROLES
from alongside.demo.build import build_if_empty
from tests.setup.walking import Walk, follow_links

pytestmark = pytest.mark.journey
TELEPHONE = 390


def test_every_page_somebody_can_reach_is_accessible_and_whole(
    open_context: Callable[..., BrowserContext], check_page: Callable[[Page], None], settings: object
) -> None:
    # Given the demonstration, with its people, voices, insights and actions
    build_if_empty(say=lambda words: None)
    walk, faults = Walk(), list[str]()

    def look(page: Page, name: str) -> None:
        try:
            check_page(page)
            page.set_viewport_size({"width": TELEPHONE, "height": 844})
            check_page(page)
        except AssertionError as found:
            faults.append(f"{name}: {found}")
        page.set_viewport_size({"width": 1280, "height": 900})

    # When everybody follows every link they are offered
    public = open_context().new_page()
    for address in ("/sign-in/", "/what-changed/", "/look/"):
        follow_links(public, address, walk, look)
    public.goto("/sign-in/")
    people = public.locator("form[action*='/sign-in/demo/'] button").count()
    for number in range(people):
        page = open_context().new_page()
        page.goto("/sign-in/")
        page.locator("form[action*='/sign-in/demo/'] button").nth(number).click()
        follow_links(page, "/", walk, look)

    # Then no link is broken and no page has an accessibility finding or scrolls sideways
    assert people == len(ROLES)
    assert len(walk.met) > 40
    assert walk.faults == []
    assert faults == []


def test_the_demonstration_is_built_once_and_left_alone(transactional_db: None) -> None:
    said: list[str] = []
    build_if_empty(say=said.append)
    first = len(said)
    build_if_empty(say=said.append)
    assert first > 0
    assert len(said) == first
    call_command("check")
