"""Ending what somebody allowed: at once, in every count and quote, with a line that says where words had gone.

Each query reads a voice's basis, so a withdrawal is one thing: the person's voices rest on a basis without that use.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import list_published_uses
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.engagement.models import Contact, Receipt, Speaker, Voice
from alongside.apps.engagement.operations.engagements import lock_engagement
from alongside.apps.people.operations import ConsentEvent, get_or_create_basis, record_consents
from alongside.apps.people.queries import get_basis, list_bases, list_ended_in, list_recorded_bases
from alongside.apps.people.rules.consents import EVERYTHING, PURPOSES, check_heard_by, expand_uses

TAKEN_BACK = "Taken back by the person"


@dataclass(frozen=True)
class Ending:
    """What somebody ends: which uses, how we know, since when. `note` never holds their words."""

    uses: frozenset[str]
    how: str
    given_at: datetime
    note: str = ""


@transaction.atomic
def end_uses(*, speaker_ids: Collection[UUID], ending: Ending, by: Viewer, at: datetime) -> int:
    """End uses of everything these people said; return how many of their answers that stops or narrows.

    The caller has made sure who asks: the holder of a receipt or a private link, or a colleague who heard it.
    Somebody for whom nothing is left to end gets no line.
    """
    ended = expand_uses(ending.uses)
    speakers = list(Speaker.objects.select_for_update().filter(id__in=speaker_ids).order_by("id"))
    events, changed = [], 0
    for speaker in speakers:
        event, voice_ids = _end_for(speaker, ended, ending, by, at)
        if event is None:
            continue
        events.append(event)
        changed += len(voice_ids)
        for source in registry.list_published_sources():
            if source.react:
                resolve(source.react)(voice_ids=voice_ids, speaker_id=speaker.id, ended=ended, by=by, at=at)
    if "contact_again" in ended:
        Contact.objects.filter(speaker__in=speakers, stopped_at=None).update(stopped_at=at)
    if ended == EVERYTHING:
        Receipt.objects.filter(speaker__in=speakers, withdrawn_at=None).update(withdrawn_at=at)
    record_consents(events=events, by=by, at=at)
    if events:
        record_audit(
            by=by,
            at=at,
            operation="end_uses",
            object_type="engagement.speaker",
            object_id=speakers[0].id if len(speakers) == 1 else None,
            detail={"people": len(events), "voices": changed, "uses": sorted(ended)},
        )
    return changed


def _end_for(
    speaker: Speaker, ended: frozenset[str], ending: Ending, by: Viewer, at: datetime
) -> tuple[ConsentEvent | None, list[UUID]]:
    """Put one person's voices, those still waiting in a file too, on bases without these uses."""
    voices = Voice.with_staged.filter(speaker=speaker)
    order = voices.order_by("-created_at", "-id").values_list("basis_id", flat=True)
    before = list(dict.fromkeys(order))
    bases = list_bases(set(before))
    touched = [one for one in before if _allowed(bases[one]) & ended]
    if not touched:
        return None, []
    ids = list(voices.filter(basis_id__in=touched).order_by("id").values_list("id", flat=True))
    lost = frozenset().union(*(_allowed(bases[one]) for one in touched)) & ended
    published = list_published_uses(ids, lost)
    after = {one: narrow_basis(one, ended, by=by, at=at) for one in before}
    for old in touched:
        voices.filter(basis_id=old).update(basis_id=after[old])
    left = list_bases(set(after.values()))
    event = ConsentEvent(
        subject_kind="speaker",
        subject_id=speaker.id,
        engagement_id=speaker.engagement_id,
        event="withdrawn" if ended == EVERYTHING else "changed",
        how=ending.how,
        basis_id=after[touched[0]],
        text_id=bases[touched[0]].consent_text_id,
        given_at=ending.given_at,
        published=tuple(published),
        allowed=frozenset().union(*(_allowed(basis) for basis in left.values())),
        note=ending.note,
    )
    return event, ids


def narrow_basis(basis_id: UUID, ended: Collection[str], *, by: Viewer, at: datetime) -> UUID:
    """Return the basis that is left once these uses end; the same one where it allowed none of them."""
    basis = get_basis(basis_id)
    allowed = _allowed(basis)
    if not allowed & set(ended):
        return basis.id
    if "analyse" in ended:
        return get_or_create_basis(kind="unknown", note=TAKEN_BACK, by=by, at=at, analyse=False).id
    left = allowed - set(ended)
    return get_or_create_basis(
        kind=basis.kind,
        article9=basis.article9,
        consent_text_id=basis.consent_text_id,
        note=basis.note,
        by=by,
        at=at,
        quote_inside="quote_inside" in left,
        quote_public="quote_public" in left,
        share_partners="share_partners" in left,
        contact_again="contact_again" in left,
    ).id


@transaction.atomic
def record_ending(*, engagement_id: UUID, speaker_id: UUID, ending: Ending, by: Viewer, at: datetime) -> int:
    """Record that somebody told a colleague to stop, by phone, on paper or in person; return how many answers.

    Raise Refused where nothing of theirs is left to stop.
    """
    engagement = lock_engagement(by, engagement_id)
    check_heard_by(ending.how, ending.given_at, at)
    speaker = Speaker.objects.filter(id=speaker_id, engagement=engagement).first()
    if speaker is None:
        raise Refused("Choose the person who told you.", field="speaker")
    number = end_uses(speaker_ids=[speaker.id], ending=ending, by=by, at=at)
    check(number > 0, "Nothing of theirs is used in this way any more.", field="uses")
    return number


@transaction.atomic
def respect_endings(*, engagement_id: UUID, source_id: UUID, by: Viewer, at: datetime) -> int:
    """Keep what people ended when a later file speaks of them again; return how many voices that concerns."""
    changed = 0
    for speaker_id, ended in list_ended_in(engagement_id).items():
        voices = Voice.with_staged.filter(source_id=source_id, speaker_id=speaker_id)
        for basis_id in set(voices.order_by().values_list("basis_id", flat=True)):
            narrowed = narrow_basis(basis_id, ended, by=by, at=at)
            if narrowed != basis_id:
                changed += voices.filter(basis_id=basis_id).update(basis_id=narrowed)
    return changed


def make_given_events(
    speakers: Iterable[Speaker], basis_id: UUID, *, how: str, at: datetime
) -> list[ConsentEvent]:
    """Return a line for each person for whom this basis is new."""
    found = {speaker.id: speaker for speaker in speakers}
    known = list_recorded_bases(found)
    kind = get_basis(basis_id).kind
    return [
        ConsentEvent(
            subject_kind="speaker",
            subject_id=speaker.id,
            engagement_id=speaker.engagement_id,
            event="given" if kind == "consent" else "other_basis",
            how=how,
            basis_id=basis_id,
            given_at=at,
        )
        for speaker in found.values()
        if (speaker.id, basis_id) not in known
    ]


def make_source_event(
    *, source_id: UUID, engagement_id: UUID, basis_id: UUID, how: str, people: int, at: datetime
) -> list[ConsentEvent]:
    """Return one line for everybody in a file, or for voices of nobody in particular; none where there is one."""
    if (source_id, basis_id) in list_recorded_bases([source_id]):
        return []
    return [
        ConsentEvent(
            subject_kind="source",
            subject_id=source_id,
            engagement_id=engagement_id,
            event="given" if get_basis(basis_id).kind == "consent" else "other_basis",
            how=how,
            basis_id=basis_id,
            people=people,
            given_at=at,
        )
    ]


def _allowed(basis: object) -> frozenset[str]:
    return frozenset(name for name in PURPOSES if getattr(basis, f"may_{name}"))
