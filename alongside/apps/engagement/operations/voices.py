"""Voices that come in one by one: typed by a helper, given as a reply; and what they may be used for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.bridge import digest_words
from alongside.apps.engagement.models import Contact, Engagement, Source, Speaker, Voice
from alongside.apps.engagement.operations.concerns import hear_concerns
from alongside.apps.engagement.operations.consents import (
    make_given_events,
    make_source_event,
    narrow_basis,
)
from alongside.apps.engagement.operations.covering import cover_voice, keep_originals, make_coverer
from alongside.apps.engagement.operations.engagements import check_has_papers, lock_engagement
from alongside.apps.engagement.rules import check_open, is_blank_answer
from alongside.apps.people.operations import ConsentEvent, record_consents
from alongside.apps.people.queries import get_basis, list_ended_uses


@dataclass(frozen=True)
class TypedVoice:
    """What one person said, as it was written down. `speaker` is a pseudonym, "" for nobody in particular."""

    text: str
    speaker: str = ""
    question: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    is_moderator: bool = False


@transaction.atomic
def type_voices(
    *,
    engagement_id: UUID,
    voices: Sequence[TypedVoice],
    basis_id: UUID,
    by: Viewer,
    at: datetime,
    said_on: date | None = None,
    service: str = "",
    language: str = "en",
) -> list[UUID]:
    """Keep what people said, in the order it was written down; the same pseudonym is the same person."""
    engagement = lock_engagement(by, engagement_id, "bring_in_voices")
    check_open(engagement.closed_at)
    check_has_papers(engagement, by, at)
    check(bool(voices), "Write down what was said.", field="text")
    for voice in voices:
        check(bool(voice.text.strip()), "Write down what was said.", field="text")
        check("\x00" not in voice.text, "Take the NUL character out of the words.", field="text")
    source = _typed_source(engagement, Source.Kind.TYPED, by, at)
    coverer = make_coverer(engagement.id)
    kept_voices, to_keep = [], []
    known: dict[UUID, Speaker] = {}
    is_anonymous = False
    for voice in voices:
        speaker = get_or_add_speaker(engagement, voice.speaker, source, at, facts=voice.facts)
        ended = list_ended_uses([speaker.id]).get(speaker.id, frozenset()) if speaker else frozenset()
        check(
            "analyse" not in ended,
            "This person took their words back. If they have agreed again, write them down under a new pseudonym.",
            field="speaker",
        )
        if speaker is None:
            is_anonymous = True
        elif not voice.is_moderator and not ended:
            known[speaker.id] = speaker
        kept = Voice(
            engagement=engagement,
            source=source,
            speaker=speaker,
            basis_id=narrow_basis(basis_id, ended, by=by, at=at) if ended else basis_id,
            question=voice.question,
            service=service,
            language=language,
            said_on=said_on,
            is_blank=is_blank_answer(voice.text),
            is_moderator=voice.is_moderator,
            import_key=new_id().hex,
            created_at=at,
        )
        original = cover_voice(kept, voice.text, coverer)
        kept.save(force_insert=True)
        kept_voices.append(kept)
        to_keep += [original] if original else []
    keep_originals(to_keep, at=at)
    given = make_given_events(known.values(), basis_id, how="in_person", at=at)
    if is_anonymous:
        given += make_source_event(
            source_id=source.id,
            engagement_id=engagement.id,
            basis_id=basis_id,
            how="in_person",
            people=0,
            at=at,
        )
    record_consents(events=given, by=by, at=at)
    ids = [kept.id for kept in kept_voices]
    record_audit(by=by, at=at, operation="type_voices", on=engagement, detail={"voices": len(ids)})
    hear_concerns(voices=kept_voices, at=at)
    return ids


def get_or_add_speaker(
    engagement: Engagement,
    pseudonym: str,
    source: Source,
    at: datetime,
    *,
    facts: tuple[tuple[str, str], ...] = (),
) -> Speaker | None:
    """Return the person known by a pseudonym in an engagement; None for nobody in particular."""
    name = pseudonym.strip()
    if not name and not facts:
        return None
    if name:
        here = Q(source=None) | Q(source__brought_in_at__isnull=False)
        same = Speaker.objects.filter(here, engagement=engagement, pseudonym__iexact=name)
        found = same.order_by("created_at").first()
        if found is not None:
            return found
    number = Speaker.objects.filter(engagement=engagement).count() + 1
    return Speaker.objects.create(
        engagement=engagement,
        pseudonym=name or f"Person {number:,}",
        source=source,
        created_at=at,
        **dict(facts),
    )


@transaction.atomic
def add_reply(*, speaker_id: UUID, round_id: UUID, text: str, by: Viewer, at: datetime) -> UUID:
    """Keep a reply to feedback as a new voice of the same person, on the basis of what they said before.

    The caller has made sure who replies: `by` may be the public that holds a private link.
    """
    check(bool(text.strip()), "Write your reply, or close the page if you have nothing to add.", field="text")
    check("\x00" not in text, "Take the NUL character out of the words.", field="text")
    Speaker.objects.select_for_update(no_key=True).filter(
        id=speaker_id
    ).first()  # or they take back meanwhile
    earlier = (
        Voice.with_held.select_related("engagement")
        .filter(speaker_id=speaker_id, basis__may_analyse=True)
        .order_by("-created_at", "-id")
        .first()
    )
    if earlier is None:
        raise Refused("These words were taken back, so a reply cannot be kept with them.")
    source = _typed_source(earlier.engagement, Source.Kind.REPLY, by, at)
    replies = Voice.with_held.filter(speaker_id=speaker_id, replies_to_round_id=round_id)
    same = replies.filter(words_digest=digest_words(text)).first()
    if same is not None:  # a button pressed twice is one reply
        return same.id
    voice = Voice(
        engagement=earlier.engagement,
        source=source,
        speaker_id=speaker_id,
        basis_id=earlier.basis_id,
        language=earlier.language,
        said_on=at.date(),
        import_key=new_id().hex,
        replies_to_round_id=round_id,
        created_at=at,
    )
    names = Contact.objects.filter(speaker_id=speaker_id).exclude(name="").values_list("name", flat=True)
    original = cover_voice(voice, text, make_coverer(voice.engagement_id), known_names=list(names))
    voice.save(force_insert=True)
    keep_originals([original] if original else [], at=at)
    how = "in_person" if by.is_known else "private_link"
    speakers = Speaker.objects.filter(id=speaker_id)
    given = make_given_events(speakers, earlier.basis_id, how=how, at=at)
    record_consents(events=given, by=by, at=at)
    record_audit(by=by, at=at, operation="add_reply", on=voice)
    hear_concerns(voices=[voice], at=at)
    return voice.id


@transaction.atomic
def set_basis(*, voice_ids: Collection[UUID], basis_id: UUID, reason: str, by: Viewer, at: datetime) -> int:
    """Put voices on another basis, with the reason why; return how many.

    What a person ended themselves stays ended, whatever the new basis allows.
    """
    check_may(by, "run_engagements")
    check(bool(reason.strip()), "Write why the basis changes.", field="reason")
    basis = get_basis(basis_id)
    voices = Voice.objects.for_viewer(by).filter(id__in=voice_ids, basis__may_analyse=True)
    # Held first, people and then voices, each in one order, and only then read: whoever takes their words back at
    # this moment has the last word.
    people = list(voices.exclude(speaker=None).values_list("speaker_id", flat=True))
    list(Speaker.objects.select_for_update().filter(id__in=people).order_by("id").values_list("id"))
    held = Voice.objects.select_for_update(no_key=True).filter(id__in=voice_ids).order_by("id")
    list(held.values_list("id"))
    rows = list(voices.order_by("id").values_list("id", "speaker_id", "source_id", "engagement_id"))
    check(bool(rows), "There are no such voices here, or their speakers took them back.")
    ended = list_ended_uses({speaker_id for _id, speaker_id, *_place in rows if speaker_id})
    changed = Voice.objects.filter(id__in=[row[0] for row in rows]).update(basis_id=basis.id)
    narrowed = {one: narrow_basis(basis.id, uses, by=by, at=at) for one, uses in ended.items()}
    for speaker_id, narrower_id in narrowed.items():
        own = [row[0] for row in rows if row[1] == speaker_id]
        Voice.objects.filter(id__in=own).update(basis_id=narrower_id)
    events = [
        ConsentEvent(
            subject_kind="speaker" if is_person else "source",
            subject_id=subject_id,
            engagement_id=engagement_id,
            event="changed" if basis.kind == "consent" else "other_basis",
            how="team",
            basis_id=narrowed.get(subject_id, basis.id),
            people=None if is_person else 0,
            given_at=at,
        )
        for is_person, subject_id, engagement_id in dict.fromkeys(
            (speaker_id is not None, speaker_id or source_id, engagement_id)
            for _id, speaker_id, source_id, engagement_id in rows
        )
    ]
    record_consents(events=events, by=by, at=at)
    record_audit(
        by=by, at=at, operation="set_voices_basis", on=basis, reason=reason, detail={"voices": changed}
    )
    return changed


def _typed_source(engagement: Engagement, kind: str, by: Viewer, at: datetime) -> Source:
    """Return the one source of an engagement for voices that come one by one."""
    Engagement.objects.select_for_update().get(id=engagement.id)
    source, _ = Source.objects.get_or_create(
        engagement=engagement,
        kind=kind,
        sha256="",
        defaults={"created_by_id": by.person_id, "created_at": at, "brought_in_at": at},
    )
    return source
