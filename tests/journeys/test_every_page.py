"""Every page of the demonstration, walked as the public and as each person: accessible, whole, never too wide."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page

from alongside.apps.people.rules import ROLES
from alongside.demo.build import build_if_empty
from tests.setup.walking import Walk, follow_links

pytestmark = pytest.mark.journey
TELEPHONE, DESK = 390, 1280
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_TO_ALL = ("/sign-in/", "/what-changed/", "/look/")
PERSON = "form[action*='/sign-in/demo/'] button"


@pytest.mark.parametrize(
    ("starts", "people", "fewest_pages"),
    [
        pytest.param(OPEN_TO_ALL, (0,), 40, id="the public and the lead"),
        pytest.param((), tuple(range(1, len(ROLES))), 25, id="everybody else", marks=pytest.mark.slow),
    ],
)
def test_every_page_somebody_can_reach_is_accessible_and_whole(
    open_context: Callable[..., BrowserContext],
    check_page: Callable[[Page], None],
    starts: tuple[str, ...],
    people: tuple[int, ...],
    fewest_pages: int,
) -> None:
    # Given the demonstration, with its people, voices, insights and actions
    build_if_empty(say=lambda words: None)
    walk, faults = Walk(), list[str]()

    def look(page: Page, name: str) -> None:
        try:
            check_page(page)
            page.set_viewport_size({"width": TELEPHONE, "height": 844})
            assert page.evaluate(OVERFLOW) <= 0, "scrolls sideways on a phone"
        except AssertionError as found:
            faults.append(f"{name}: {found}")
        page.set_viewport_size({"width": DESK, "height": 900})

    # When they follow every link they are offered
    public = open_context().new_page()
    for address in starts:
        follow_links(public, address, walk, look)
    public.goto("/sign-in/")
    assert public.locator(PERSON).count() == len(ROLES)
    for number in people:
        page = open_context().new_page()
        page.goto("/sign-in/")
        page.locator(PERSON).nth(number).click()
        follow_links(page, "/", walk, look)

    # Then no link is broken and no page has an accessibility finding or scrolls sideways
    assert len(walk.met) > fewest_pages
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
