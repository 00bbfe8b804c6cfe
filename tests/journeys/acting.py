"""What journeys share of acting: an insight, an action because of it, and telling those who spoke."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import Check, expect_heading, fill, fill_date, follow, look, press


def write_an_insight(page: Page, statement: str, limits: str) -> None:
    """Write an insight from the theme whose page is open; its page stays open as a draft without evidence."""
    follow(page, "Write an insight from it")
    fill(page, Statement=statement, Limits=limits)
    page.get_by_label("Need", exact=True).check()
    press(page, "Save as a draft")
    expect_heading(page, statement)


def quote_a_voice(page: Page, search_for: str, sentence: str) -> None:
    """Choose a sentence of a voice of the insight's themes as evidence."""
    follow(page, "Add a quote")
    fill(page, Words=search_for)
    press(page, "Show these")
    follow(page, "Quote from it")
    page.get_by_role("radio", name=sentence).check()
    press(page, "Use as evidence")
    expect(page.get_by_text("Added as evidence.")).to_be_visible()


def start_an_action(page: Page, title: str, owner: str) -> str:
    """Begin an action because of the insight whose page is open; return the action's address."""
    follow(page, "Start an action from it")
    page.get_by_label("What will be done?").fill(title)
    page.get_by_label("Who owns it?").select_option(label=owner)
    fill_date(page, "due_on", 1, 12, 2026)
    press(page, "Start this action")
    expect_heading(page, title)
    return page.url


def finish(page: Page, what_came_of_it: str) -> None:
    """Mark the action whose page is open as done."""
    follow(page, "Mark as done")
    page.get_by_role("textbox").first.fill(what_came_of_it)
    press(page, "Mark as done")
    expect(page.get_by_text("Done, not closed yet")).to_be_visible()


def write_feedback(page: Page, message: str, thanks: str) -> None:
    """Write the message that tells how the action ended; its preview stays open."""
    press(page, "Write the feedback: done")
    fill(page, Your_message=message, Your_thanks=thanks)
    press(page, "Keep and preview")
    expect(page.get_by_text(message).first).to_be_visible()


def record_a_channel_for_all(page: Page, note: str) -> None:
    """Record that everybody could see it on a poster."""
    follow_or_press(page, "Record one channel for everybody")
    page.get_by_label("On a poster where they come by").check()
    page.get_by_label("Where and when, or why not").fill(note)
    press(page, "Record it")


def follow_or_press(page: Page, name: str) -> None:
    """Follow a link that is drawn as a button where it is the one thing to do."""
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def publish(page: Page, action: str, check_page: Check, title: str, heard: str, did: str) -> None:
    """Write what the public reads, look at it as they will, and publish it."""
    page.goto(action)
    follow(page, "Write what the public reads")
    fill(page, Title=title, What_we_heard=heard)
    page.get_by_label("What we did").fill(did)
    look(page, check_page, "story")
    press(page, "Keep and see it")
    look(page, check_page, "story-preview")
    press(page, "Publish this")
    expect(page.get_by_text("Published. Everybody can read it now.")).to_be_visible()
