"""What an insight stands on: verbatim quotes with their place, numbers and ratings with their definition."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.queries import VoiceView, get_voice
from alongside.apps.insight.models import Evidence, Insight
from alongside.apps.insight.operations.insights import lock_insight, touch
from alongside.apps.insight.rules import check_draft_or_standing, check_evidence_may_leave, find_words
from alongside.science.values.redaction import cuts_a_mark


@dataclass(frozen=True)
class Figure:
    """A number or a rating: its value, its interval, how many people, what it counts and where it comes from."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    people: int | None
    definition: str
    source_note: str


@transaction.atomic
def add_quote(*, by: Viewer, at: datetime, insight_id: UUID, voice_id: UUID, start: int, end: int) -> UUID:
    """Add a span of a voice (code points, half open) as evidence; return the evidence's id."""
    check_may(by, "write_insights")
    insight = _lock_for_evidence(by, insight_id)
    voice = _get_quotable(by, voice_id)
    check(
        0 <= start < end <= len(voice.text) and bool(voice.text[start:end].strip()),
        f"This place is not in the voice: it has {len(voice.text)} characters. Choose a sentence of it.",
        field="sentence",
    )
    return _add_span(by=by, at=at, insight=insight, voice=voice, span=(start, end))


@transaction.atomic
def add_quoted_words(*, by: Viewer, at: datetime, insight_id: UUID, voice_id: UUID, words: str) -> UUID:
    """Add words that stand in a voice, exactly as they stand there, as evidence; return the evidence's id."""
    check_may(by, "write_insights")
    insight = _lock_for_evidence(by, insight_id)
    voice = _get_quotable(by, voice_id)
    return _add_span(by=by, at=at, insight=insight, voice=voice, span=find_words(voice.text, words))


@transaction.atomic
def add_figure(*, by: Viewer, at: datetime, insight_id: UUID, kind: str, figure: Figure) -> UUID:
    """Add a number or a rating as evidence; return the evidence's id."""
    check_may(by, "write_insights")
    check(kind in (Evidence.Kind.NUMBER, Evidence.Kind.RATING), "Choose a number or ratings.", field="kind")
    check(bool(figure.definition.strip()), "Say what exactly the number counts.", field="definition")
    check(
        figure.low is None or figure.low <= figure.value,
        "The lower end of the interval lies above the value.",
        field="low",
    )
    check(
        figure.high is None or figure.high >= figure.value,
        "The upper end of the interval lies below the value.",
        field="high",
    )
    insight = _lock_for_evidence(by, insight_id)
    evidence = Evidence.objects.create(
        insight=insight,
        kind=kind,
        position=_next_position(insight),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit.strip(),
        people=figure.people,
        definition=figure.definition.strip(),
        source_note=figure.source_note.strip(),
        added_by_id=by.person_id,
        added_at=at,
    )
    touch(insight, at)
    record_audit(by=by, at=at, operation="add_evidence", on=evidence, detail={"kind": kind})
    return evidence.id


@transaction.atomic
def remove_evidence(*, by: Viewer, at: datetime, evidence_id: UUID) -> UUID:
    """Take a piece of evidence away; return the insight's id. The last one of a standing insight stays."""
    check_may(by, "write_insights")
    evidence = Evidence.objects.filter(id=evidence_id).first()
    if evidence is None:
        raise Refused("There is no such piece of evidence. Load the page again.")
    insight = _lock_for_evidence(by, evidence.insight_id)
    if not insight.evidence.filter(id=evidence.id).exists():
        raise Refused("Somebody took this piece of evidence away a moment ago. Load the page again.")
    check_evidence_may_leave(insight, insight.evidence.count())
    record_audit(by=by, at=at, operation="remove_evidence", on=evidence, detail={"kind": evidence.kind})
    evidence.delete()
    touch(insight, at)
    return insight.id


def _lock_for_evidence(by: Viewer, insight_id: UUID) -> Insight:
    insight = lock_insight(by, insight_id)
    check_draft_or_standing(insight)
    return insight


def _get_quotable(by: Viewer, voice_id: UUID) -> VoiceView:
    voice = get_voice(by, voice_id)
    if voice is None:
        raise Refused("There is no such voice, or it is not yours to read.")
    check(
        voice.basis.may_quote_inside,
        "This person has not agreed to being quoted. Use it for analysis only, and quote somebody who agreed.",
    )
    check(
        not voice.is_moderator and voice.replaced_by_id is None,
        "A moderator's turn or a corrected voice cannot be evidence. Choose what a patient said.",
    )
    return voice


def _add_span(*, by: Viewer, at: datetime, insight: Insight, voice: VoiceView, span: tuple[int, int]) -> UUID:
    start, end = span
    check(
        not cuts_a_mark(voice.text, start, end),
        "These words end in the middle of something that is covered. Take the whole mark, or leave it out.",
        field="words",
    )
    check(
        not insight.evidence.filter(voice_id=voice.id, start=start, end=end).exists(),
        "These words are evidence here already.",
        field="words",
    )
    evidence = Evidence.objects.create(
        insight=insight,
        kind=Evidence.Kind.QUOTE,
        position=_next_position(insight),
        voice_id=voice.id,
        start=start,
        end=end,
        added_by_id=by.person_id,
        added_at=at,
    )
    touch(insight, at)
    record_audit(by=by, at=at, operation="add_evidence", on=evidence, detail={"kind": "quote"})
    return evidence.id


def _next_position(insight: Insight) -> int:
    last: int | None = insight.evidence.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
