"""The journeys' own eyes are tried too: a check that cannot fail proves nothing."""

from collections.abc import Callable

import pytest
from django.db import connection
from playwright.sync_api import Page

from tests.journeys.conftest import Watch

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.apps.base.look_urls")]


def test_another_host_an_error_and_a_missing_page_are_noticed(page: Page, watch: Watch) -> None:
    page.goto("/look/")
    page.evaluate(
        "() => { const image = new Image(); image.src = 'https://example.org/x.png'; console.error('a fault'); }"
    )
    page.evaluate("() => fetch('/nowhere/')")
    page.wait_for_timeout(200)

    found, watch.faults[:] = "\n".join(watch.faults), []
    assert "a fault" in found
    assert "404" in found
    assert "example.org" in found


def test_a_page_that_scrolls_sideways_or_hides_its_labels_is_noticed(
    page: Page, check_page: Callable[[Page], None]
) -> None:
    page.goto("/look/public/")
    page.evaluate(
        "() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>') }"
    )
    if connection.vendor == "sqlite":  # where the accessibility check runs
        with pytest.raises(AssertionError, match="label"):
            check_page(page)

    page.goto("/look/public/")
    heading = page.locator("h1")
    heading.evaluate("(h1) => { h1.textContent = 'w'.repeat(90); h1.style.overflowWrap = 'normal' }")
    with pytest.raises(AssertionError, match="sideways"):
        check_page(page)
