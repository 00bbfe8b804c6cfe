"""What journeys share of deciding: opening a proposal, accepting, renaming, rejecting, merging, moving, undoing."""

from playwright.sync_api import Page, expect

from alongside.apps.insight.models import ProposedPlacement
from tests.journeys.steps import fill, press, unfold


def name_of_proposal_with(words: str) -> str:
    """Return the name of the proposed theme in which the engine put these words; empty where in none."""
    found = ProposedPlacement.objects.filter(voice__text=words, proposed_theme__isnull=False)
    return str(found.order_by("-id").values_list("proposed_theme__name", flat=True).first() or "")


def list_open_names(page: Page) -> list[str]:
    """Return the names of the proposals that wait for a decision, in the order of the page."""
    return page.locator(".al-review__nav--desk .al-review__item--open .al-review__name").all_inner_texts()


def open_item(page: Page, name: str) -> None:
    """Open a proposal or a theme from the list beside it."""
    names = page.locator(".al-review__nav--desk .al-review__name")
    names.get_by_text(name, exact=True).first.click()
    expect(page.locator(".al-review__title")).to_have_text(name)


def accept(page: Page, name: str, new_name: str = "") -> None:
    """Accept a proposal, under another name where one is given."""
    open_item(page, name)
    if not new_name:
        press(page, "Accept as a theme")
    else:
        unfold(page, "Other name")
        fill(page, Name_of_the_theme=new_name)
        press(page, "Accept with this name")
    expect(page.get_by_text("Accepted.", exact=True)).to_be_visible()


def reject(page: Page, name: str, reason: str) -> None:
    """Reject a proposal with a reason."""
    open_item(page, name)
    unfold(page, "Reject")
    page.get_by_label("Why is this not a theme?").fill(reason)
    press(page, "Reject this proposal")
    expect(page.get_by_text("Rejected. Its voices are in")).to_be_visible()


def merge(page: Page, name: str, into: str, reason: str) -> None:
    """Merge a proposal or a theme into another."""
    open_item(page, name)
    unfold(page, "Merge")
    page.get_by_label("Which theme?").select_option(label=into)
    page.get_by_label("Why do they belong together?").fill(reason)
    press(page, "Merge")
    expect(page.get_by_text("Merged.", exact=True)).to_be_visible()


def undo(page: Page) -> None:
    """Undo the last decision."""
    press(page, "Undo")
    expect(page.get_by_text("Undone. Everything is as it was before.")).to_be_visible()


def move_first_voice(page: Page, name: str, into: str, reason: str) -> str:
    """Move the clearest voice of a theme into another; return its words."""
    open_item(page, name)
    page.locator("[data-key=v]").click()
    line = page.locator(".al-tick").first
    words = line.locator("blockquote").inner_text()
    line.get_by_role("checkbox").check()
    page.get_by_label("Put them into").select_option(label=into)
    page.get_by_label("Why").fill(reason)
    press(page, "Put them there")
    expect(page.get_by_text("Placed.", exact=True)).to_be_visible()
    return words
