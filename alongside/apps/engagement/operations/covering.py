"""Before anybody else sees a voice: what points to a person is covered, and the words as they were are locked away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import KeyDestroyed, ToLock, lock_for
from alongside.apps.engagement.bridge import CoveredWords, Coverer, digest_words
from alongside.apps.engagement.models import (
    Redaction,
    RedactionProposal,
    StaffName,
    Voice,
    VoiceOriginal,
    insert_rows,
)
from alongside.apps.engagement.operations.staging import land_rows
from alongside.apps.engagement.rules import is_plain_key, is_safe_pseudonym
from alongside.apps.engagement.rules.redactions import place_of
from alongside.apps.people.queries import list_staff_names

ORIGINAL_FIELDS = ("voice", "source", "subject_id", "locked", "keep_until", "kept_at")
PROPOSAL_FIELDS = ("id", "voice", "source", "kind", "certainty", "reason", "start", "end", "made_at")
REDACTION_FIELDS = (
    "id", "voice", "source", "proposal", "kind", "certainty", "original_start", "original_end", "start", "end", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToKeep:
    """A voice in which something was covered: its words as they were, and whose they are."""

    voice_id: UUID
    source_id: UUID
    speaker_id: UUID | None
    text: str
    covered: CoveredWords


def make_coverer(engagement_id: UUID) -> Coverer:
    """Return a coverer that knows the names of staff: everybody with an account, and those on the list."""
    listed = StaffName.objects.filter(
        Q(engagement=None) | Q(engagement_id=engagement_id), ended_at=None
    ).values_list("name", flat=True)
    return Coverer([*list_staff_names(), *listed])


def make_person_key(key: str, coverer: Coverer) -> str:
    """Return how a person of a file is known again: their key where it is a bare code, else a keyed digest of it."""
    if not key or is_safe_pseudonym(key):
        return key
    if is_plain_key(key) and not coverer.points_to_somebody(key):
        return key
    return f"~{digest_words(f'person {key}')}"


def make_row_id(external_id: str, coverer: Coverer) -> str:
    """Return a row's id in its file as it may be shown: a keyed digest where it is an NHS number or the like."""
    if not external_id or not coverer.points_to_somebody(external_id):
        return external_id
    return f"~{digest_words(f'row {external_id}')}"


def cover_voice(
    voice: Voice, text: str, coverer: Coverer, *, known_names: Sequence[str] = ()
) -> ToKeep | None:
    """Put words into a voice that is not stored yet, covered; return what to keep once it is, None for nothing."""
    covered = coverer.cover(text, known_names=known_names, language=voice.language or "en")
    voice.text = covered.text
    voice.words_digest = digest_words(text)
    voice.held_for_review = covered.is_doubtful
    voice.service = coverer.cover_value(voice.service, 200)
    voice.question = coverer.cover_value(voice.question, 300)
    return ToKeep(voice.id, voice.source_id, voice.speaker_id, text, covered) if covered.spans else None


def keep_originals(things: Sequence[ToKeep], *, at: datetime, waiting_in: UUID | None = None) -> None:
    """Lock the words as they were, and write down what was found in them; each kind in one statement.

    `waiting_in` is the source in which the voices still wait for somebody's yes, if they do.
    """
    if not things:
        return
    keep_until = at.date() + timedelta(days=settings.ORIGINALS_KEPT_DAYS)
    insert = partial(land_rows, scope=waiting_in) if waiting_in else insert_rows
    insert(
        VoiceOriginal,
        ORIGINAL_FIELDS,
        [
            (thing.voice_id, thing.source_id, subject_id, locked, keep_until, at)
            for thing, subject_id, locked in _lock(things, at)
        ],
    )
    proposals, redactions = [], []
    for thing in things:
        for span, cover in zip(thing.covered.spans, thing.covered.covers, strict=True):
            proposal_id = new_id()
            proposals.append(
                (proposal_id, thing.voice_id, thing.source_id, span.kind, span.certainty, span.reason[:200],
                 span.start, span.end, at)
            )  # fmt: skip
            redactions.append(
                (new_id(), thing.voice_id, thing.source_id, proposal_id, span.kind, span.certainty, span.start,
                 span.end, cover.start, cover.end, Redaction.State.PROPOSED)
            )  # fmt: skip
    insert(RedactionProposal, PROPOSAL_FIELDS, proposals)
    insert(Redaction, REDACTION_FIELDS, redactions)


def _lock(things: Sequence[ToKeep], at: datetime) -> list[tuple[ToKeep, UUID, bytes]]:
    """Lock each text with its speaker's key; with the voice's own where nobody is known, or they were erased."""
    subjects = [thing.speaker_id or thing.voice_id for thing in things]
    try:
        return [
            (thing, subject, locked)
            for thing, subject, locked in zip(things, subjects, _lock_all(things, subjects, at), strict=True)
        ]
    except KeyDestroyed:
        return [_lock_alone(thing, at) for thing in things]


def _lock_alone(thing: ToKeep, at: datetime) -> tuple[ToKeep, UUID, bytes]:
    subject = thing.speaker_id or thing.voice_id
    try:
        return thing, subject, _lock_all([thing], [subject], at)[0]
    except KeyDestroyed:
        return thing, thing.voice_id, _lock_all([thing], [thing.voice_id], at)[0]


def _lock_all(things: Sequence[ToKeep], subjects: Sequence[UUID], at: datetime) -> list[bytes]:
    return lock_for(
        [
            ToLock(subject, thing.text, place_of(thing.voice_id))
            for thing, subject in zip(things, subjects, strict=True)
        ],
        at=at,
    )
