"""Small words that journeys share: fill, press, follow, look; and the counts a journey compares."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from django.apps import apps
from playwright.sync_api import Page, expect

from alongside.apps.people.models import Person

SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


def press(page: Page, name: str) -> None:
    """Press the button of exactly this name, in the part of the page that people see."""
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Follow the first link whose name begins like this."""
    page.get_by_role("link", name=name).first.click()


def unfold(page: Page, name: str) -> None:
    """Open what is folded away under this name."""
    page.locator("summary", has_text=name).first.click()


def fill(page: Page, **words: str) -> None:
    """Fill boxes by their labels; an underscore stands for a blank."""
    for label, text in words.items():
        page.get_by_label(label.replace("_", " ")).first.fill(text)


def fill_date(page: Page, name: str, day: int, month: int, year: int) -> None:
    """Fill the three boxes of a date field by the field's name."""
    for part, number in (("day", day), ("month", month), ("year", year)):
        page.locator(f"#id_{name}-{part}").fill(str(number))


def look(page: Page, check_page: Check, name: str) -> None:
    """Check a page as it stands; keep a picture at both widths where somebody wants to look."""
    page.wait_for_load_state("networkidle")
    check_page(page)
    folder, size = os.environ.get("ALONGSIDE_PICTURES"), page.viewport_size
    if not folder or not size:
        return
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(size)


def expect_heading(page: Page, words: str) -> None:
    """Expect the page to be headed like this."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def count_rows() -> Mapping[str, int]:
    """Return how many rows every table holds, sessions too: two equal counts mean that nothing was added."""
    managers = {model._meta.label: model._base_manager for model in apps.get_models()}
    return {label: manager.count() for label, manager in managers.items()}
