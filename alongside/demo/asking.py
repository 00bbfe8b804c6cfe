"""What people in the demonstration ask about their data, and words that were kept long enough."""

from datetime import UTC, date, datetime, time
from typing import Any

from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.engagement.operations.bases import BasisTerms, set_up_basis
from alongside.apps.engagement.operations.engagements import (
    EngagementTerms,
    close_engagement,
    open_engagement,
)
from alongside.apps.engagement.operations.retention import preview_deletions
from alongside.apps.engagement.operations.voices import TypedVoice, type_voices
from alongside.apps.people.operations.answers import gather_records
from alongside.apps.people.operations.matching import choose_matches, look_for_person
from alongside.apps.people.operations.requests import AskTerms, accept_identity, receive_request
from alongside.apps.people.queries.requests import find_request_by_code, get_request
from alongside.demo.cast import Cast
from alongside.demo.words import read_yaml


def ask_about_data(cast: Cast) -> None:
    """Make two requests, each as far as it is, and an engagement that waits for a yes to be deleted."""
    words, governance = read_yaml("requests.yaml"), cast["desmond"]
    for one in words["requests"]:
        _ask(one, governance)
    _keep_long_enough(words["retention"], cast["ruth"])


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _ask(one: dict[str, Any], governance: Viewer) -> None:
    recorded = one["came_by"] != "public_page"
    terms = AskTerms(
        kind=one["kind"],
        words=one["words"],
        name=one["name"],
        email=one["email"],
        came_by=one["came_by"],
        received_on=one["arrived_on"] if recorded else None,
    )
    code = receive_request(
        terms=terms, by=governance if recorded else PUBLIC, at=_noon(one["arrived_on"]), on=one["arrived_on"]
    )
    line = find_request_by_code(code, one["arrived_on"])
    if line is None or "identity" not in one:
        return
    accept_identity(request_id=line.id, how=one["identity"], by=governance, at=_noon(one["known_on"]))
    at = _noon(one["found_on"])
    look_for_person(request_id=line.id, email=one["email"], name="", code="", by=governance, at=at)
    page = get_request(governance, line.id, one["found_on"])
    found = {match.id for match in page.matches} if page else set()
    choose_matches(request_id=line.id, chosen=found, by=governance, at=at)
    gather_records(request_id=line.id, by=governance, at=at)


def _keep_long_enough(words: dict[str, Any], lead: Viewer) -> None:
    terms = EngagementTerms(**words["engagement"])
    begun, ended = _noon(terms.starts_on), _noon(terms.ends_on or terms.starts_on)
    engagement = open_engagement(terms=terms, by=lead, at=begun)
    agreed = BasisTerms("consent", "explicit_consent", "spoken.1", frozenset({"quote_inside"}))
    basis_id = set_up_basis(terms=agreed, by=lead, at=begun)
    voices = [TypedVoice(text, speaker=who) for who, text in words["voices"]]
    type_voices(
        engagement_id=engagement.id,
        voices=voices,
        basis_id=basis_id,
        by=lead,
        at=ended,
        said_on=terms.ends_on,
    )
    close_engagement(engagement_id=engagement.id, by=lead, at=ended)
    preview_deletions(by=SYSTEM, at=_noon(words["previewed_on"]), on=words["previewed_on"])
