"""Concerns for tests, built through the operations."""

from datetime import datetime
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Concern, Engagement
from alongside.apps.engagement.operations import (
    RaisedConcern,
    decide_concern,
    raise_concern,
    take_on_concern,
)
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import NOW, make_viewer

HARM = "I started the new tablets on Monday. Two days later I came out in a rash and my face swelled up."


def make_heard(text: str = HARM, engagement: Engagement | None = None) -> Concern:
    """Return the first concern that the rules open when a text is typed."""
    voice_id = make_voices(engagement or make_engagement(), text)[0]
    return Concern.objects.get(voice_id=voice_id)


def make_raised(by: Viewer | None = None, at: datetime = NOW, **changes: str) -> Concern:
    """Return a concern that a person raised."""
    terms = {"kind": "safeguarding", "words": "A visitor was shouting at her.", "urgency": "today", **changes}
    return raise_concern(terms=RaisedConcern(**terms), by=by or make_viewer("analyst"), at=at)


def make_confirmed(by: Viewer, at: datetime = NOW) -> UUID:
    """Return the id of a concern that somebody found to be one."""
    concern = make_heard()
    take_on_concern(concern_id=concern.id, by=by, at=at)
    decide_concern(
        concern_id=concern.id,
        is_one=True,
        kind="adverse_event",
        reason="Rash after new tablets.",
        by=by,
        at=at,
    )
    return concern.id
