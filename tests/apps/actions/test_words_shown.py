"""Whose words stand on an action's pages: only those the viewer may read, and none that were taken back."""

import pytest

from alongside.apps.actions.models import Action
from alongside.apps.actions.operations.publishing import StoryWords, write_story
from alongside.apps.actions.queries.actions import list_insights_behind
from alongside.apps.actions.queries.public import preview_public_page
from alongside.apps.actions.queries.replies import count_new_replies, list_replies
from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import EngagementAccess, Voice
from alongside.apps.people.models import Basis
from tests.factories.actions import (
    AT,
    make_action,
    make_basis,
    make_engagement,
    make_insight,
    make_quote,
    make_round,
    make_speaker,
    make_viewer,
    make_voice,
)

pytestmark = pytest.mark.django_db


def quotes_of(viewer: Viewer, action: Action) -> list[str]:
    return [quote.text for one in list_insights_behind(viewer, action) for quote in one.quotes]


def test_a_partner_reads_no_quote_from_an_engagement_they_were_not_invited_to() -> None:
    mine, other = make_engagement("Mine"), make_engagement("Theirs")
    here = make_voice(mine, speaker=make_speaker(mine), text="Words from here")
    there = make_voice(other, speaker=make_speaker(other), text="Words from there")
    insight = make_insight(mine)
    make_quote(insight, here)
    make_quote(insight, there)
    action = make_action([insight])
    partner = make_viewer("patient_partner")
    EngagementAccess.objects.create(engagement=mine, person_id=partner.own_id, given_at=AT)
    assert quotes_of(partner, action) == ["Words from h"]
    assert len(quotes_of(make_viewer("owner"), action)) == 2


def test_words_that_may_only_be_analysed_are_quoted_to_nobody() -> None:
    engagement = make_engagement()
    unknown = Basis.objects.create(kind=Basis.Kind.UNKNOWN, set_at=AT)
    insight = make_insight(engagement)
    make_quote(insight, make_voice(engagement, basis=unknown))
    action = make_action([insight])
    for role in ("engagement_lead", "analyst", "owner", "clinician"):
        assert quotes_of(make_viewer(role), action) == []


def test_a_reply_that_was_taken_back_is_neither_shown_nor_counted() -> None:
    engagement = make_engagement()
    speaker = make_speaker(engagement)
    action = make_action([make_insight(engagement)])
    told, lead = make_round(action, sent=True), make_viewer("engagement_lead")
    reply = make_voice(engagement, speaker=speaker, text="A reply.")
    Voice.objects.filter(id=reply.id).update(replies_to_round_id=told.id)
    assert [one.text for one in list_replies(lead, action.id)] == ["A reply."]
    assert count_new_replies(lead, AT.date()) == [(action, 1)]
    gone = Basis.objects.create(kind=Basis.Kind.UNKNOWN, may_analyse=False, set_at=AT)
    Voice.objects.filter(speaker=speaker).update(basis=gone)
    assert list_replies(lead, action.id) == []
    assert count_new_replies(lead, AT.date()) == []


def test_words_that_were_corrected_leave_the_public_page_and_the_action() -> None:
    engagement = make_engagement()
    speaker = make_speaker(engagement)
    old = make_voice(engagement, speaker=speaker, text="Old words here.", basis=make_basis(public=True))
    insight = make_insight(engagement)
    quote = make_quote(insight, old)
    action, lead = make_action([insight]), make_viewer("engagement_lead")
    story = StoryWords("en", "A clock", "Waiting is hard.", "We put up a clock.")
    write_story(action_id=action.id, words=story, quote_ids=[quote.id], by=lead, at=AT)
    assert len(preview_public_page(action, language="en").quotes) == 1
    old.replaced_by = make_voice(engagement, speaker=speaker, text="New words here.")
    old.save()
    assert preview_public_page(action, language="en").quotes == []
    assert quotes_of(lead, action) == []
