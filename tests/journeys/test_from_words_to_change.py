"""The whole line: a file of comments and three people with an address, a team's decisions, a change, and being told.

Told once with real comments, where they lie beside the repository, and once with made-up ones.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.actions.models import PrivateLink, Telling
from alongside.apps.engagement.models import Voice
from tests.factories.people import make_person
from tests.journeys.acting import (
    finish,
    follow_or_press,
    publish,
    quote_a_voice,
    record_a_channel_for_all,
    start_an_action,
    write_an_insight,
    write_feedback,
)
from tests.journeys.conftest import Site
from tests.journeys.deciding import (
    accept,
    list_open_names,
    merge,
    move_first_voice,
    name_of_proposal_with,
    open_item,
    reject,
    undo,
)
from tests.journeys.listening import (
    TELEPHONE,
    CommentsFile,
    Speaker,
    bring_in,
    expect_counts,
    find_link,
    find_themes,
    have_a_say,
    invite,
    open_engagement,
    open_public_page,
    wait_for_the_work,
)
from tests.journeys.made_up_comments import write_comments
from tests.journeys.steps import Check, SignIn, count_rows, expect_heading, follow, look, press, unfold

pytestmark = pytest.mark.journey
OpenContext = Callable[..., BrowserContext]

REAL = "shared/data/comments/nhs_comments.csv"
PLACES = [Path(__file__).resolve().parents[2].parent / REAL, Path("/work") / REAL]
FOUND = next((place for place in PLACES if place.exists()), None)
THREE = [
    Speaker("I had a long wait, and nobody told me why the clinic was late.", "one@example.org"),
    Speaker(
        "The waiting time was over two hours. Nobody told us how long the wait would be.", "two@example.org"
    ),
    Speaker("A long wait is hard. Tell me how long I have to wait and I can bear it.", "three@example.org"),
]
STATEMENT = "People can bear a wait when somebody tells them how long it will be."
TITLE = "Say every half hour how long the wait is"
THEME = "Waiting without word"
DID = "Since May somebody comes out every half hour and says how long it will be."
REPLY = "It is better now. Last Tuesday I knew after ten minutes."
NOT_IN_MAIL = (
    TITLE.lower(),
    STATEMENT.lower(),
    " wait",
    "clinic",
    "nurse",
    "health",
    "hospital",
    "half hour",
)


@pytest.fixture(
    params=[
        # Where the real ones are there to travel, the made-up ones go with CI.
        pytest.param("made-up comments", marks=[pytest.mark.slow] if FOUND else []),
        pytest.param(
            "real comments",
            marks=pytest.mark.skipif(
                FOUND is None, reason=f"SKIPPED: no real comments at ../{REAL}; the made-up ones still travel"
            ),
        ),
    ]
)
def comments(request: pytest.FixtureRequest, tmp_path: Path) -> CommentsFile:
    """A file of comments, real or made up."""
    if request.param == "real comments":
        assert FOUND is not None
        return CommentsFile(FOUND, "text", rows=6_442, wrong=233, is_real=True)
    path = tmp_path / "comments.csv"
    return CommentsFile(path, "comment", write_comments(path))


def test_words_become_a_change_that_those_who_spoke_hear_about(
    page: Page,
    open_context: OpenContext,
    sign_in: SignIn,
    check_page: Check,
    allow_status: Callable[[int], None],
    site: Site,
    settings: Any,
    comments: CommentsFile,
) -> None:
    settings.PUBLIC_URL = site.url
    if comments.is_real:
        check_page = pass_by  # every page is looked at while the made-up comments travel
    allow_status(409)  # an action that may not close yet answers so

    # Given a lead, a patient partner she invited, somebody who owns actions, and a public page
    sign_in(page, make_person("engagement_lead", name="Ada Okafor"))
    partner = open_context().new_page()
    sign_in(partner, make_person("patient_partner", name="Rhys Morgan"))
    make_person("owner", name="Jo Lindqvist")
    engagement = open_engagement(page, "Waiting with us")
    invite(page, engagement, "Rhys Morgan")
    address = open_public_page(page, engagement, "What is it like to wait here?")

    # When three people have their say, each with an address, and a file of comments comes in
    for speaker in THREE:
        have_a_say(open_context, address, speaker)
    bring_the_file_in_twice(page, engagement, comments, check_page)

    # And the engine proposes, people decide, and a patient does not agree
    find_themes(page, engagement, check_page, "words")
    decide_about_themes(page, check_page)
    disagree_as_a_patient(partner, check_page)

    # And an insight is written, quoted, stood behind and confirmed, and an action begins because of it
    insight = make_the_insight(page, check_page)
    confirm_as_a_patient(partner, insight, check_page)
    action = start_an_action(page, TITLE, "Jo Lindqvist")
    look(page, check_page, "action-new")
    follow_the_trail_both_ways(page, action, check_page)

    # Then it may be done, but it cannot close while nobody knows
    finish(page, "Somebody comes out every half hour and says how long it will be.")
    look(page, check_page, "action-done")
    expect_closing_is_refused(page, action, "Nobody who spoke has been told")
    look(page, check_page, "close-refused")

    # When the message is written, a channel recorded for the others, and the three get their mail
    page.goto(action)
    write_the_message(page, check_page)
    expect_closing_is_refused(page, action, "3 people are still waiting for their mail")
    send_the_digest(page, check_page)
    link = read_the_mails()

    # Then one of them opens the link on her telephone, reads, sees her own words, and answers
    phone = open_context(**TELEPHONE).new_page()
    open_the_link(phone, link, check_page)
    read_my_own_words(phone, check_page)
    answer(phone, check_page)

    # And back at the desk it is all there, the action closes, and a stranger reads what changed
    see_what_came_back(page, action, check_page)
    follow_or_press(page, "Close this action")
    press(page, "Close this action")
    expect(page.get_by_text("Closed. Those who spoke were told how it ended.")).to_be_visible()
    look(page, check_page, "action-closed")
    publish(page, action, check_page, "How long the wait is", "Waiting is hard when nobody says.", DID)
    read_as_a_stranger(open_context(**TELEPHONE).new_page(), check_page)


def pass_by(page: Page) -> None:
    """Look at nothing."""


def bring_the_file_in_twice(page: Page, engagement: str, comments: CommentsFile, check_page: Check) -> None:
    bring_in(page, engagement, comments, check_page, "words")
    expect_counts(page, new=comments.right, changed=0, the_same_as_before=0, wrong=comments.wrong)
    if comments.wrong:
        expect(page.get_by_role("region", name="What is wrong").get_by_role("row")).not_to_have_count(1)
    look(page, check_page, "words-ready")
    press(page, f"Bring in {comments.right:,} voices")
    expect_heading(page, "Brought in")
    look(page, check_page, "words-brought-in")
    assert Voice.objects.count() == comments.right + len(THREE)

    bring_in(page, engagement, comments, check_page, "words-again")
    expect_counts(page, new=0, changed=0, the_same_as_before=comments.right, wrong=comments.wrong)
    expect(page.get_by_text("There is nothing new in this file.")).to_be_visible()
    look(page, check_page, "words-nothing-new")
    assert Voice.objects.count() == comments.right + len(THREE)


def decide_about_themes(page: Page, check_page: Check) -> None:
    """Accept under another name, accept, reject, merge, undo, move a voice, undo; the theme is open at the end."""
    held = {name_of_proposal_with(speaker.words) for speaker in THREE}
    assert "" not in held, "the engine left one of the three unplaced"
    first, *also = sorted(held)
    others = [name for name in list_open_names(page) if name not in held]
    accept(page, first, THEME)
    for name in also:
        merge(page, name, THEME, "These three speak of the same wait.")
    accept(page, others[0])
    look(page, check_page, "review-accepted")
    reject(page, others[1], "These voices speak of several things.")
    merge(page, others[2], THEME, "Both are about the same morning.")
    look(page, check_page, "review-merged")
    undo(page)
    expect(page.get_by_text(f"{len(others) - 2} proposed theme")).to_be_visible()
    moved = move_first_voice(page, others[0], THEME, "It is about the wait.")
    look(page, check_page, "review-moved")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Waiting with us").click()
    undo(page)
    assert moved
    open_item(page, THEME)
    look(page, check_page, "review-theme")


def disagree_as_a_patient(partner: Page, check_page: Check) -> None:
    partner.goto("/")
    look(partner, check_page, "partner-day")
    follow(partner, "Understand")
    follow(partner, "Waiting with us")
    open_item(partner, THEME)
    unfold(partner, "I do not agree")
    partner.get_by_label("What do you not agree with, and why?").fill("Some of us mind the hard chairs more.")
    press(partner, "Put it beside the theme")
    expect(partner.get_by_text("Some of us mind the hard chairs more.")).to_be_visible()
    look(partner, check_page, "dissent")


def make_the_insight(page: Page, check_page: Check) -> str:
    """Write an insight from the theme, quote one of the three, stand behind it; return its address."""
    follow(page, "Open the theme’s own page")
    look(page, check_page, "theme")
    expect(page.get_by_text("Some of us mind the hard chairs more.")).to_be_visible()
    write_an_insight(page, STATEMENT, "Only people who came in spring; nobody under 18 spoke.")
    look(page, check_page, "insight-draft")
    follow(page, "Add the words it rests on")
    look(page, check_page, "insight-evidence")
    page.goto(insight := page.url.removesuffix("evidence/"))
    for speaker in THREE:
        last = speaker.words.split(". ")[-1]
        quote_a_voice(page, last, last)
    look(page, check_page, "insight-quoted")
    press(page, "I stand behind this")
    expect(page.get_by_text("You stand behind this insight.")).to_be_visible()
    look(page, check_page, "insight-stands")
    return insight


def confirm_as_a_patient(partner: Page, insight: str, check_page: Check) -> None:
    partner.goto(insight)
    partner.get_by_label("Yes, this is what we meant").check()
    partner.get_by_label("What is missing or wrong?").fill("That is just how it is.")
    press(partner, "Send my answer")
    expect(partner.get_by_text("Your answer stands beside the insight.")).to_be_visible()
    look(partner, check_page, "insight-confirmed")


def follow_the_trail_both_ways(page: Page, action: str, check_page: Check) -> None:
    """From the action to the insight, to the exact words in their place, and from these words to the action."""
    trail = page.get_by_role("navigation", name="From voice to feedback")
    trail.get_by_role("link", name="Insights").click()
    look(page, check_page, "trail-insight")
    quote = page.locator("figure", has_text=THREE[1].words.split(". ")[-1])
    quote.get_by_role("link", name="See it in its place").click()
    expect(page.locator("blockquote").first).to_contain_text(THREE[1].words)
    expect(page.locator("mark")).to_have_text(THREE[1].words.split(". ")[-1])
    look(page, check_page, "trail-voice")
    trail.get_by_role("link", name="Actions").click()
    expect_heading(page, TITLE)
    assert page.url == action
    trail.get_by_role("link", name="Voices").click()
    expect_heading(page, TITLE)
    look(page, check_page, "trail")
    page.goto(action)


def expect_closing_is_refused(page: Page, action: str, reason: str) -> None:
    page.goto(f"{action}close/")
    press(page, "Close this action")
    expect(page.get_by_role("alert")).to_contain_text(reason)


def write_the_message(page: Page, check_page: Check) -> None:
    write_feedback(page, DID, "Thank you. Without you we would not have known.")
    look(page, check_page, "message")
    press(page, "Put them in the next digest")
    expect(page.get_by_text("3 people get this with the next digest.")).to_be_visible()
    record_a_channel_for_all(page, "Poster beside the door, from 1 May")
    look(page, check_page, "message-channel")


def send_the_digest(page: Page, check_page: Check) -> None:
    page.goto("/actions/digest/")
    look(page, check_page, "digest")
    press(page, "Send the digest")
    wait_for_the_work(page, "The digest")
    expect(page.get_by_text("Nobody waits")).to_be_visible()
    look(page, check_page, "digest-sent")


def read_the_mails() -> str:
    """Each of the three has one mail that does not say what it is about; return the link of the second."""
    assert sorted(one.to[0] for one in mail.outbox) == sorted(speaker.email for speaker in THREE)
    for one in mail.outbox:
        words = f"{one.subject} {one.body}".lower()
        assert not [word for word in NOT_IN_MAIL if word in words], words
    return find_link(next(one for one in mail.outbox if one.to == [THREE[1].email]))


def open_the_link(phone: Page, link: str, check_page: Check) -> None:
    """Opening changes nothing; the button leads to an address without the token."""
    before, tellings = count_rows(), list(Telling.objects.order_by("id").values())
    phone.goto(link)
    phone.reload()
    expect_heading(phone, "There is news for you")
    look(phone, check_page, "link")
    assert count_rows() == before
    assert list(Telling.objects.order_by("id").values()) == tellings
    assert not PrivateLink.objects.exclude(exchanged_at=None).exists()

    press(phone, "Read the news")
    expect_heading(phone, "What became of your words")
    assert phone.url.endswith("/your-words/")
    assert link.split("/")[-2] not in phone.content()
    for words in (STATEMENT, TITLE, DID):
        expect(phone.get_by_text(words).first).to_be_visible()
    assert THREE[1].words not in phone.content()
    look(phone, check_page, "your-words")


def read_my_own_words(phone: Page, check_page: Check) -> None:
    """Own words stand behind a code that only the mailbox knows."""
    phone.goto("/your-words/own/")
    expect_heading(phone, "Enter your code")
    assert THREE[1].words not in phone.content()
    phone.goto("/your-words/")
    press(phone, "Send me a code")
    look(phone, check_page, "your-words-code")
    letter = mail.outbox[-1]
    assert letter.to == [THREE[1].email]
    assert not re.search(r"\d{6}", str(letter.subject))
    code = re.search(r"\b\d{6}\b", str(letter.body))
    assert code
    phone.get_by_label("Your code").fill("000000" if code.group() != "000000" else "111111")
    press(phone, "Show my words")
    expect(phone.get_by_text("This is not the code.").first).to_be_visible()
    phone.get_by_label("Your code").fill(code.group())
    press(phone, "Show my words")
    expect(phone.locator("blockquote")).to_have_text(THREE[1].words)
    look(phone, check_page, "your-words-own")
    follow(phone, "Go back to what became of them")


def answer(phone: Page, check_page: Check) -> None:
    """Say that it helped, and reply: the reply is a new voice."""
    before = Voice.objects.count()
    phone.get_by_label("Yes", exact=True).check()
    press(phone, "Send my answer")
    expect(phone.get_by_text("Thank you. Your answer has arrived.")).to_be_visible()
    unfold(phone, "Reply to this")
    phone.get_by_label("Your reply").fill(REPLY)
    press(phone, "Send my reply")
    expect(phone.get_by_text("Your reply has arrived")).to_be_visible()
    look(phone, check_page, "your-words-answered")
    assert Voice.objects.count() == before + 1
    assert Voice.objects.get(text=REPLY).speaker == Voice.objects.get(text=THREE[1].words).speaker
    press(phone, "Leave this page")
    look(phone, check_page, "your-words-left")


def see_what_came_back(page: Page, action: str, check_page: Check) -> None:
    page.goto(action)
    told = page.get_by_text(re.compile("of [0-9,]+ people who spoke were told"))
    expect(told.first).to_contain_text("3 of")
    expect(page.get_by_text(REPLY)).to_be_visible()
    expect(page.locator(".al-stat", has_text="yes").locator(".al-stat__number")).to_have_text("1")
    look(page, check_page, "action-told")


def read_as_a_stranger(stranger: Page, check_page: Check) -> None:
    stranger.goto("/what-changed/")
    look(stranger, check_page, "what-changed")
    follow(stranger, "How long the wait is")
    expect(stranger.get_by_text(DID)).to_be_visible()
    look(stranger, check_page, "what-changed-one")
    shown = stranger.content()
    assert not [speaker for speaker in THREE if speaker.words in shown or speaker.email in shown]
