"""What cannot wait, in the demonstration: heard, raised, triaged, forwarded, one of them late."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.engagement.operations.concerns import RaisedConcern, raise_concern, raise_public_concern
from alongside.apps.engagement.operations.triage import (
    Forwarding,
    close_concern,
    decide_concern,
    forward_concern,
    take_on_concern,
)
from alongside.apps.engagement.operations.voices import TypedVoice, type_voices
from alongside.apps.engagement.queries.concerns import ConcernFilter, get_concern, list_concerns
from alongside.apps.people.operations import get_or_create_basis
from alongside.demo.cast import Cast
from alongside.demo.listening import Listening
from alongside.demo.words import as_day, at_noon, read_yaml

FIRST_LOOK = timedelta(hours=3)


def look_after(cast: Cast, listening: Listening) -> None:
    """Go through what was heard as the safety officer did, then let a few more arrive."""
    words, officer = read_yaml("concerns.yaml"), cast["harriet"]
    _go_through_what_was_heard(words, officer)
    for one in words["typed"]:
        _type(one, cast["ruth"], listening.engagements["comment_cards"], officer)
    for one in words["raised"]:
        about = f"engagement:detail/{listening.engagements[one['engagement']]}"
        terms = RaisedConcern(kind=one["kind"], words=one["words"], urgency=one["urgency"], about=about)
        at = timezone.now() - timedelta(days=one["days_ago"])
        raise_concern(terms=terms, by=cast[one["by"]], at=at)
    for one in words["public"]:
        at = at_noon(one["sent_on"], 10)
        terms = RaisedConcern(kind=one["kind"], words=one["words"], urgency="soon", contact=one["contact"])
        concern = raise_public_concern(terms=terms, slug="", by=PUBLIC, at=at)
        take_on_concern(concern_id=concern.id, by=officer, at=at + FIRST_LOOK)


def _go_through_what_was_heard(words: dict[str, Any], officer: Viewer) -> None:
    waiting = list_concerns(officer, ConcernFilter(state="waiting"), timezone.now())
    for concern_id, raised_at in waiting.values_list("id", "raised_at"):
        found = get_concern(officer, concern_id)
        text = "".join(part.text for part in found.words.parts) if found and found.words else ""
        kind = found.concern.kind if found else ""
        known = next((one for one in words["heard"] if one["words"] in text and one["kind"] == kind), None)
        take_on_concern(concern_id=concern_id, by=officer, at=raised_at + FIRST_LOOK)
        if known:
            _see_through(concern_id, known, officer, raised_at + FIRST_LOOK)
            continue
        decide_concern(
            concern_id=concern_id,
            is_one=False,
            kind=kind,
            reason=words["none_reason"],
            by=officer,
            at=raised_at + FIRST_LOOK,
        )


def _type(one: dict[str, Any], lead: Viewer, engagement_id: UUID, officer: Viewer) -> None:
    at = at_noon(as_day(one["said_on"]), 11)
    basis = get_or_create_basis(kind="public_task", article9="health_care", by=lead, at=at, quote_inside=True)
    voices = [TypedVoice(text=one["text"].strip(), speaker=one["speaker"])]
    type_voices(
        engagement_id=engagement_id, voices=voices, basis_id=basis.id, by=lead, at=at, said_on=at.date()
    )
    if one["state"] == "waiting":
        return
    waiting = list_concerns(officer, ConcernFilter(state="waiting", kind=one["kind"]), at)
    for concern_id in waiting.values_list("id", flat=True):
        take_on_concern(concern_id=concern_id, by=officer, at=at + timedelta(minutes=25))
        _see_through(concern_id, one, officer, at + timedelta(minutes=40))


def _see_through(concern_id: UUID, one: dict[str, Any], officer: Viewer, at: datetime) -> None:
    """Decide that it is one, forward it, and close it where the desk has answered."""
    decide_concern(
        concern_id=concern_id, is_one=True, kind=one["kind"], reason=one["reason"], by=officer, at=at
    )
    sent = Forwarding(sent_at=at + timedelta(minutes=20), **one["forwarded"])
    forward_concern(concern_id=concern_id, sent=sent, by=officer, at=at + timedelta(minutes=25))
    if ended := one.get("closed"):
        close_concern(
            concern_id=concern_id,
            outcome=ended["outcome"],
            reason=ended["reason"],
            by=officer,
            at=at + timedelta(days=1),
        )
