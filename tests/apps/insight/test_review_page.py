"""The review page, as a reviewer meets it."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.insight.models import Theme
from alongside.apps.people.models import Person
from tests.apps.insight.test_theme_decisions import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def ada(client: Client, story: Story) -> Client:
    person = Person.objects.get(id=story.ada.own_id)
    person.role_grants.create(role="engagement_lead", granted_at=person.created_at)
    client.force_login(person)
    return client


def test_the_review_shows_the_words_and_accepting_leads_to_the_next_proposal(
    ada: Client, story: Story
) -> None:
    page = ada.get(reverse("insight:review", args=[story.engagement.id])).content.decode()
    assert "Waited a year" in page
    assert "2 proposed themes to decide" in page

    answer = ada.post(
        reverse("insight:decide", args=[story.engagement.id]),
        {"decision": "accept", "item": str(story.waiting.id), "is_open": "yes"},
        follow=True,
    )

    assert Theme.objects.get().name == "Waiting"
    words = answer.content.decode()
    assert "1 proposed theme to decide" in words
    assert "Kind letter" in words or "The letter was clear" in words


def test_a_refusal_shows_the_review_again_with_what_was_typed(ada: Client, story: Story) -> None:
    answer = ada.post(
        reverse("insight:decide", args=[story.engagement.id]),
        {"decision": "merge", "item": str(story.waiting.id), "is_open": "yes", "reason": "the very same"},
    )
    assert "Choose the theme to merge into" in answer.content.decode()
    assert "the very same" in answer.content.decode()
