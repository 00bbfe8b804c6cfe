"""Concerns begin: rules hear them as voices arrive, and anybody may raise one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import ToLock, lock_for, record_audit
from alongside.apps.base.rules import SYSTEM, Viewer, check_may
from alongside.apps.engagement.bridge import find_concerns, find_due_at
from alongside.apps.engagement.models import (
    Concern,
    ConcernEvent,
    ConcernProposal,
    Engagement,
    PublicForm,
    Urgency,
    Voice,
)
from alongside.apps.engagement.rules import (
    check_kind,
    check_raise_rate,
    check_urgency,
    check_what_happened,
    contact_place,
    hash_evidence,
    read_about,
    words_place,
)
from alongside.science.values.concerns import ProposedConcern

CHUNK_VOICES = 500
RATE_WINDOW = timedelta(minutes=10)
BY_URGENCY: Sequence[str] = Urgency.values


@dataclass(frozen=True)
class RaisedConcern:
    """What somebody raises. `about` is a page of ours and an id, as the frame's link names them."""

    kind: str
    words: str
    urgency: str
    about: str = ""
    contact: str = ""


@dataclass(frozen=True)
class _Heard:
    """What the rules heard of one kind in one voice."""

    voice: Voice
    kind: str
    found: list[ProposedConcern]


@transaction.atomic
def hear_concerns(*, voices: Sequence[Voice], at: datetime) -> int:
    """Let the rules listen to voices that have just arrived; return how many concerns are new.

    A rule opens one concern for each voice and kind, with every sentence it heard. Listening again adds nothing.
    """
    heard = _drop_known([_Heard(voice, kind, found) for voice in voices for kind, found in _by_kind(voice)])
    if not heard:
        return 0
    made = [_open_heard(one, at) for one in heard]
    Concern.objects.bulk_create(made, ignore_conflicts=True)
    ids = [one.voice.id for one in heard]
    here = {(one.voice_id, one.kind): one for one in Concern.objects.filter(voice_id__in=ids, origin="rules")}
    ConcernProposal.objects.bulk_create(
        [
            _make_proposal(here[one.voice.id, one.kind], one.voice, found, at)
            for one in heard
            for found in one.found
        ],
        ignore_conflicts=True,
    )
    new = [concern for concern in made if here[concern.voice_id, concern.kind].id == concern.id]
    ConcernEvent.objects.bulk_create(
        ConcernEvent(concern=concern, kind=ConcernEvent.Kind.RAISED, at=at) for concern in new
    )
    for engagement_id in sorted({concern.engagement_id for concern in new if concern.engagement_id}):
        number = sum(concern.engagement_id == engagement_id for concern in new)
        record_audit(
            by=SYSTEM,
            at=at,
            operation="hear_concerns",
            object_type="engagement.engagement",
            object_id=engagement_id,
            detail={"concerns": number},
        )
    return len(new)


def _by_kind(voice: Voice) -> list[tuple[str, list[ProposedConcern]]]:
    found = find_concerns(voice.text)
    return [
        (kind, [one for one in found if one.kind == kind]) for kind in dict.fromkeys(f.kind for f in found)
    ]


def _drop_known(heard: list[_Heard]) -> list[_Heard]:
    """Leave out what was heard before: proposals never change, whatever a person made of them since."""
    ids = [one.voice.id for one in heard]
    known = set(ConcernProposal.objects.filter(voice_id__in=ids).values_list("voice_id", "kind"))
    return [one for one in heard if (one.voice.id, one.kind) not in known]


def _open_heard(one: _Heard, at: datetime) -> Concern:
    due_at = find_due_at(one.kind, at)
    return Concern(
        engagement_id=one.voice.engagement_id,
        voice_id=one.voice.id,
        speaker_id=one.voice.speaker_id,
        kind=one.kind,
        urgency=min((found.urgency for found in one.found), key=BY_URGENCY.index),
        origin=Concern.Origin.RULES,
        raised_at=at,
        first_due_at=due_at,
        due_at=due_at,
    )


def _make_proposal(concern: Concern, voice: Voice, one: ProposedConcern, at: datetime) -> ConcernProposal:
    return ConcernProposal(
        concern=concern,
        voice_id=voice.id,
        kind=one.kind,
        urgency=one.urgency,
        rule=one.rule,
        start=one.start,
        end=one.end,
        evidence_sha256=hash_evidence(voice.text, one.start, one.end),
        found_at=at,
    )


def hear_source(*, source_id: UUID, at: datetime, tell: Callable[[int, int], None]) -> int:
    """Let the rules listen to every voice of a source that was brought in, those held for review too.

    Each step is a transaction of its own; `tell(done, total)` may raise to stop, and a second run goes on.
    Return how many voices were listened to.
    """
    voices = Voice.with_staged.filter(
        source_id=source_id, source__brought_in_at__isnull=False, is_blank=False
    )
    total, done, last = voices.count(), 0, None
    while True:
        rest = voices.filter(id__gt=last) if last else voices
        chunk = list(rest.order_by("id")[:CHUNK_VOICES])
        if not chunk:
            return done
        hear_concerns(voices=chunk, at=at)
        done, last = done + len(chunk), chunk[-1].id
        tell(done, total)


@transaction.atomic
def raise_concern(*, terms: RaisedConcern, by: Viewer, at: datetime) -> Concern:
    """Keep what a signed-in person raises; what they wrote is locked, and only those who triage read it."""
    check_may(by, "raise_concerns")
    concern = _make_raised(terms, Concern.Origin.PERSON, at)
    concern.raised_by_id = by.person_id
    page, about_id = read_about(terms.about)
    concern.about_page, concern.about_id = page, UUID(about_id) if about_id else None
    if page.startswith("engagement:") and concern.about_id is not None:
        _tie_to_voice_or_engagement(concern, concern.about_id, by)
    _keep(concern, terms, by, at)
    return concern


@transaction.atomic
def raise_public_concern(*, terms: RaisedConcern, slug: str, by: Viewer, at: datetime) -> Concern:
    """Keep what somebody without an account raises. Raise Refused where more arrive than people send."""
    lately = Concern.objects.filter(origin=Concern.Origin.PUBLIC, raised_at__gte=at - RATE_WINDOW)
    check_raise_rate(lately.count())
    concern = _make_raised(terms, Concern.Origin.PUBLIC, at)
    form = PublicForm.objects.filter(slug=slug).first() if slug else None
    concern.engagement_id = form.engagement_id if form else None
    _keep(concern, terms, by, at)
    return concern


def _make_raised(terms: RaisedConcern, origin: str, at: datetime) -> Concern:
    check_kind(terms.kind)
    check_urgency(terms.urgency)
    check_what_happened(terms.words)
    due_at = find_due_at(terms.kind, at)
    return Concern(
        kind=terms.kind,
        urgency=terms.urgency,
        origin=origin,
        raised_at=at,
        first_due_at=due_at,
        due_at=due_at,
    )


def _tie_to_voice_or_engagement(concern: Concern, about_id: UUID, by: Viewer) -> None:
    """Tie a concern to the voice or the engagement whose page somebody was on, where they may see it."""
    voice = Voice.objects.for_viewer(by).filter(id=about_id).first()
    if voice is not None:
        concern.voice_id, concern.speaker_id = voice.id, voice.speaker_id
        concern.engagement_id = voice.engagement_id
        return
    engagement = Engagement.objects.for_viewer(by).filter(id=about_id).first()
    concern.engagement_id = engagement.id if engagement else None


def _keep(concern: Concern, terms: RaisedConcern, by: Viewer, at: datetime) -> None:
    things = [ToLock(concern.id, terms.words, words_place(concern.id))]
    if terms.contact.strip():
        things.append(ToLock(concern.id, terms.contact.strip(), contact_place(concern.id)))
    locked = lock_for(things, at=at)
    concern.locked_words = locked[0]
    concern.locked_contact = locked[1] if len(locked) > 1 else None
    concern.save(force_insert=True)
    ConcernEvent.objects.create(
        concern=concern, kind=ConcernEvent.Kind.RAISED, at=at, by_person_id=by.person_id
    )
    record_audit(by=by, at=at, operation="raise_concern", on=concern, detail={"kind": concern.kind})
