"""The last links of the trail, a person's day, search, and hints for plain words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.apps.actions.models import Telling
from alongside.apps.actions.operations.actions import move_action
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.actions.presenters.reading import count_syllables, get_reading_hints
from alongside.apps.actions.queries.day import MOST_LINES, find_actions, list_day
from alongside.apps.base.queries import get_trail, list_trail
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.operations.voices import add_reply
from alongside.apps.people.queries import get_viewer
from tests.factories.actions import (
    AT,
    make_action,
    make_action_with_people,
    make_round,
    make_viewer,
    speaker_ids,
)


@pytest.fixture
def lead(db: None) -> Viewer:
    """An engagement lead."""
    return make_viewer("engagement_lead")


def counts(viewer: Viewer, step: str, thing: object) -> dict[str, int]:
    """Return the counts of the links this room announced, and of the one before."""
    stops = get_trail(viewer, step, getattr(thing, "pk"))  # noqa: B009
    return {
        stop.name: stop.count for stop in stops if stop.name in ("insight", "action", "outcome", "feedback")
    }


def test_the_trail_is_followed_both_ways(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=1)
    heard = make_round(action, sent=True)
    make_round(action, "decided")  # not sent: nobody was told
    before = {"insight": 1, "action": 1, "outcome": 0, "feedback": 1}
    for step, thing in [("insight", action.insights.get()), ("action", action), ("feedback", heard)]:
        assert counts(lead, step, thing) == before
    move_action(action_id=action.id, to="done", words="It opens at seven.", by=lead, at=AT)
    for step, thing in [("action", action), ("outcome", action), ("feedback", heard)]:
        assert counts(lead, step, thing) == {**before, "outcome": 1}


def test_the_trail_names_its_things(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=1, state="done")
    make_round(action, sent=True)
    sections = {section.stop.name: section.items for section in list_trail(lead, "action", action.id)}
    assert [item.title for item in sections["action"]] == [action.title]
    assert [item.title for item in sections["outcome"]] == [action.what_came_of_it]
    assert [item.note for item in sections["feedback"]] == ["heard"]


def test_who_may_not_see_actions_sees_none_on_the_trail(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=1)
    partner = make_viewer("patient_partner")
    assert counts(partner, "insight", action.insights.get())["action"] == 0


def titles(viewer: Viewer) -> list[tuple[str, str]]:
    return [(item.group, item.detail or item.title) for item in list_day(viewer, AT.date())]


def test_a_lead_sees_what_is_late_untold_unsent_waiting_and_answered(lead: Viewer) -> None:
    make_action([], due_in_days=-2)
    make_action([], due_in_days=10)  # not the lead's own, and not late
    make_action([], state="done")
    told, engagement = make_action_with_people(mails=["ann@example.org", "bob@example.org"])
    send_round(round_id=make_round(told).id, by=lead, at=AT)
    unsent = make_round(told, "decided")
    add_reply(speaker_id=speaker_ids(engagement)[0], round_id=unsent.id, text="Yes", by=lead, at=AT)
    groups = titles(lead)
    assert len([one for one in groups if one[0] == "late"]) == 1
    assert ("needs_you", "Ended, but nobody who spoke has been told") in groups
    assert ("needs_you", "Message “decided” is written but not sent") in groups
    assert ("needs_you", "Send the digest") in groups
    assert ("new", "One reply this week") in groups
    Telling.objects.update(state="bounced")
    assert ("needs_you", "See whom else to ask") in titles(lead)


def test_an_owner_sees_their_own_and_others_nothing(lead: Viewer) -> None:
    action = make_action([], due_in_days=10)
    make_action([], due_in_days=-1)
    owner = get_viewer(action.owner)
    assert [item.title for item in list_day(owner, AT.date())] == [action.title]
    assert list_day(make_viewer("clinician"), AT.date()) == []
    assert list_day(owner, AT.date() - timedelta(days=60)) == []


def test_a_start_page_shows_the_first_late_actions_and_says_how_many_more_there_are(lead: Viewer) -> None:
    for days in range(MOST_LINES + 2):
        make_action([], due_in_days=-1 - days)
    items = list_day(lead, AT.date())
    assert len(items) == MOST_LINES
    assert items[0].on == AT.date() - timedelta(days=MOST_LINES + 2)
    assert (items[-1].title, items[-1].url) == ("3 more actions are late", "/actions/?scope=late")


def test_search_finds_words_in_what_came_of_it(lead: Viewer) -> None:
    action = make_action([], state="done")
    hits = find_actions(lead, "20 minutes", 5)
    assert [(hit.title, "20 minutes" in hit.excerpt) for hit in hits] == [(action.title, True)]
    assert find_actions(lead, "clinic runs late", 5)[0].excerpt == ""


@pytest.mark.django_db
def test_the_action_page_shows_replies_and_answers(sign_in: Callable[[str], Client], lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=1)
    heard = make_round(action, sent=True)
    add_reply(speaker_id=speaker_ids(engagement)[0], round_id=heard.id, text="That is it.", by=lead, at=AT)
    page = sign_in("engagement_lead").get(f"/actions/{action.id}/").content.decode()
    assert "That is it." in page
    # an owner may not read voices, so replies are not theirs to read either
    assert "That is it." not in sign_in("owner").get(f"/actions/{action.id}/").content.decode()


def test_hints_name_long_sentences_and_office_words() -> None:
    hints = get_reading_hints(
        "We will subsequently implement the thing that you asked for when you came to see us on that "
        "day in the spring of last year. Short one."
    )
    assert "words long" in hints[0].advice
    assert {hint.what for hint in hints[1:]} == {"“implement”", "“subsequently”"}
    assert get_reading_hints("You told us. We heard you.") == []
    assert "shorter one" in get_reading_hints("Confidentiality matters.")[0].advice


@given(st.text(max_size=300))
def test_hints_never_fail_on_any_text(text: str) -> None:
    for hint in get_reading_hints(text):
        assert hint.what


@pytest.mark.parametrize(
    ("word", "syllables"), [("made", 1), ("table", 2), ("waited", 2), ("moved", 1), ("implementation", 5)]
)
def test_syllables_are_counted_near_enough(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables
