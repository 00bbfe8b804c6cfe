"""What the public reads: without persons, with protected counts, published and taken down by a person."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.actions.models import Action, HelpAnswer, Telling
from alongside.apps.actions.operations.publishing import (
    StoryWords,
    publish_action,
    unpublish_action,
    write_story,
)
from alongside.apps.actions.queries.public import get_help_summary, list_public_pages
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Engagement, Voice
from alongside.apps.people.models import Basis
from tests.factories.actions import (
    AT,
    make_action,
    make_action_with_people,
    make_basis,
    make_engagement,
    make_insight,
    make_quote,
    make_round,
    make_speaker,
    make_viewer,
    speaker_ids,
)

pytestmark = pytest.mark.django_db
STORY = StoryWords("en", "A clock at the desk", "Waiting is hard.", "We put up a clock.", "It helps.")
QUOTED = "Nobody told us how long"


@pytest.fixture
def lead() -> Viewer:
    """An engagement lead."""
    return make_viewer("engagement_lead")


def publish(lead: Viewer, action: Action, story: StoryWords = STORY) -> None:
    write_story(action_id=action.id, words=story, by=lead, at=AT)
    publish_action(action_id=action.id, by=lead, at=AT)


def read(address: str = "/what-changed/", language: str = "en") -> str:
    return Client(headers={"accept-language": language}).get(address).content.decode()


def test_nothing_is_public_until_a_person_publishes_it(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=9)
    with pytest.raises(Refused, match="Write what the public will read first"):
        publish_action(action_id=action.id, by=lead, at=AT)
    write_story(action_id=action.id, words=STORY, by=lead, at=AT)
    one = reverse("told:change", args=[action.id])
    assert "Nothing to show yet" in read()
    assert Client().get(one).status_code == 404
    publish_action(action_id=action.id, by=lead, at=AT)
    publish_action(action_id=action.id, by=lead, at=AT)  # twice is once
    assert "A clock at the desk" in read()
    assert "We put up a clock." in read(one)
    unpublish_action(action_id=action.id, by=lead, at=AT)
    unpublish_action(action_id=action.id, by=lead, at=AT)
    assert "A clock at the desk" not in read()


@pytest.mark.parametrize("field", ["title", "heard", "did"])
def test_a_story_leaves_nothing_out(lead: Viewer, field: str) -> None:
    action, _ = make_action_with_people()
    words = {"title": "t", "heard": "h", "did": "d", field: " "}
    with pytest.raises(Refused):
        write_story(action_id=action.id, words=StoryWords("en", **words), by=lead, at=AT)


def test_a_story_is_in_english_or_welsh(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    with pytest.raises(Refused, match="English or Welsh"):
        write_story(action_id=action.id, words=StoryWords("fr", "t", "h", "d"), by=lead, at=AT)


def test_no_page_shows_a_person_or_the_inside_words(lead: Viewer) -> None:
    action, engagement = make_action_with_people(mails=["ann@example.org"], silent=9)
    publish(lead, action)
    for page in (read(), read(reverse("told:change", args=[action.id]))):
        for secret in ("ann@", "Person ", action.title, engagement.title, action.owner.name, lead.name):
            assert secret not in page


@pytest.mark.parametrize(
    ("people", "words"), [(7, "Fewer than 8 people"), (8, "About 10 people"), (12, "About 10 people")]
)
def test_counts_are_rounded_or_hidden(lead: Viewer, people: int, words: str) -> None:
    action, _ = make_action_with_people(silent=people)
    publish(lead, action)
    assert words in read()
    assert words in read(reverse("told:change", args=[action.id]))


def test_only_permitted_quotes_can_be_chosen_and_permission_is_asked_again(lead: Viewer) -> None:
    engagement = make_engagement()
    said = make_speaker(engagement, basis=make_basis(public=True))
    private = make_speaker(engagement)
    insight = make_insight(engagement)
    yes = make_quote(insight, Voice.objects.get(speaker=said))
    no = make_quote(insight, Voice.objects.get(speaker=private))
    action = make_action([insight])
    with pytest.raises(Refused, match="has not agreed"):
        write_story(action_id=action.id, words=STORY, quote_ids=[yes.id, no.id], by=lead, at=AT)
    write_story(action_id=action.id, words=STORY, quote_ids=[yes.id], by=lead, at=AT)
    publish_action(action_id=action.id, by=lead, at=AT)
    assert "Nobody told" in read()
    Basis.objects.update(may_quote_public=False)
    assert "Nobody told" not in read()


def test_whether_it_helped_is_shown_only_when_nobody_can_be_guessed(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=20)
    asked = make_round(action, "did_it_help", sent=True)
    publish(lead, action)
    for number, speaker_id in enumerate(speaker_ids(engagement)):
        telling = Telling.objects.create(
            round=asked, speaker_id=speaker_id, engagement=engagement, channel="email", state="opened",
            at=AT, opened_at=AT,
        )  # fmt: skip
        if number == 7:
            assert "Did it help?" not in read(reverse("told:change", args=[action.id]))
        answer = "yes" if number < 17 else "no"
        HelpAnswer.objects.create(telling=telling, answer=answer, at=AT)
    page = re.sub(r"\s+", " ", read(reverse("told:change", args=[action.id])))
    assert "About 20 people answered." in page
    assert "Yes: 15" in page
    assert "No: fewer than 8" in page
    assert get_help_summary(lead, action.id).answered == 20


def test_the_page_speaks_welsh_where_there_is_welsh(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    other, _ = make_action_with_people()
    publish(lead, action)
    publish(lead, other)
    welsh = StoryWords("cy", "Cloc wrth y ddesg", "Mae aros yn anodd.", "Rhoesom gloc.")
    write_story(action_id=action.id, words=welsh, by=lead, at=AT)
    page = read(language="cy")
    assert "Cloc wrth y ddesg" in page
    assert '<article class="al-changed" lang="en">' in page
    assert 'lang="en"' in read(reverse("told:change", args=[other.id]), "cy")


def test_changes_can_be_narrowed_by_what_they_are_about(lead: Viewer) -> None:
    hearts, _ = make_action_with_people()
    bones, other = make_action_with_people()
    Engagement.objects.filter(id=other.id).update(condition="Arthritis", pathway_stage="diagnosis")
    publish(lead, hearts)
    publish(lead, bones, StoryWords("en", "Shorter letters", "h", "d"))
    found = list_public_pages(language="en", condition="arthritis")
    assert [page.title for page in found] == ["Shorter letters"]
    assert [page.title for page in list_public_pages(language="en", stage="follow_up")] == [STORY.title]
    page = read("/what-changed/?condition=Arthritis&stage=diagnosis")
    assert "Shorter letters" in page
    assert STORY.title not in page
    assert "Clear the filters" in read("/what-changed/?condition=Nothing")


def test_a_clear_no_is_published_as_one(lead: Viewer) -> None:
    action, _ = make_action_with_people(state="not_doing")
    publish(lead, action)
    assert "Why we will not do it" in read()
    action.notes.create(state="not_doing", at=AT)
    Action.objects.filter(id=action.id).update(state="closed")
    assert "Why we will not do it" in read()


def test_staff_see_the_page_before_and_print_a_poster(
    sign_in: Callable[[str], Client],
) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people(silent=9, state="done")
    address = reverse("actions:story", args=[action.id])
    assert action.what_came_of_it in client.get(address).content.decode()
    poster = reverse("actions:poster", args=[action.id])
    assert client.get(poster).status_code == 403
    data = {"title": "A clock", "heard": "Waiting is hard.", "did": "We put up a clock.", "came_of_it": ""}
    assert client.post(address, {**data, "did": ""}).status_code == 200
    shown = client.post(address, data, follow=True).content.decode()
    assert "As the public sees it" in shown
    client.post(reverse("actions:publish", args=[action.id]))
    page = client.get(poster).content.decode()
    assert "data:image/svg+xml" in page
    assert f"/what-changed/{action.id}/" in page
    client.post(reverse("actions:unpublish", args=[action.id]))
    assert not Action.objects.get().is_public


def test_a_welsh_reader_meets_welsh_words_around_the_story(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=9)
    publish(lead, action)
    page = read(language="cy")
    assert "Beth newidiodd" in page
    assert "Siaradodd tua 10 o bobl am hyn." in page
