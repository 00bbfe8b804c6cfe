"""What a room says of somebody where there is nothing left to say."""

from uuid import uuid4

import pytest

from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Import, Voice, VoiceOriginal
from alongside.apps.engagement.operations import TypedVoice
from alongside.apps.engagement.operations.personal import _forget_speaker_names, collect_originals
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def test_an_original_that_was_destroyed_is_not_told_any_more() -> None:
    make_voices(make_engagement(), TypedVoice("Call me on 07700 900123", "P1"), by=SYSTEM)
    speaker = Voice.objects.get().speaker_id
    assert speaker is not None
    subject = Subject(speaker_ids=frozenset({speaker}))
    assert "07700 900123" in str(collect_originals(subject))
    VoiceOriginal.objects.update(locked=None, destroyed_at=NOW)
    assert collect_originals(subject) == []


def test_a_transcript_that_names_nobody_of_them_stays_as_it_is() -> None:
    transcript = Import(kind="transcript", columns={"pseudonyms": [["Ada", "P1"]], "moderators": []})
    assert _forget_speaker_names(transcript, Subject(speaker_ids=frozenset({uuid4()}))) == 0
    assert transcript.columns["pseudonyms"] == [["Ada", "P1"]]
