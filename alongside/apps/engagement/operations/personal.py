"""What an erasure does in this room: words, facts and contacts go; that somebody spoke stays, without them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.apps.base.operations import destroy_keys, open_for
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.base.rules.naming import keep_telling
from alongside.apps.base.rules.subjects import ErasedRows, HeldRecord, Subject
from alongside.apps.engagement.bridge import file_names_somebody, stored_path
from alongside.apps.engagement.models import (
    ColumnMapping,
    Contact,
    Engagement,
    EngagementAccess,
    EngagementDeletion,
    Facts,
    Import,
    ImportProblem,
    Receipt,
    Redaction,
    RedactionDecision,
    RedactionProposal,
    RetentionDate,
    Source,
    Speaker,
    StaffName,
    Voice,
    VoiceOriginal,
)
from alongside.apps.engagement.queries.personal import list_members_of
from alongside.apps.engagement.rules.redactions import place_of
from alongside.apps.people.operations import get_or_create_basis

GONE = "Erased person"
COUNTED = (
    "That somebody spoke is kept without their words, name or facts, so that what was counted stays true."
)
ACTS = "Who did it is kept under no name, because we must be able to show it (accountability, Article 5(2))."
EMPTY = "That there was an original is kept; the words and their key are destroyed."
ERASED_NOTE = "Erased because the person asked"


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Empty voices and speakers, delete contacts, receipts and memberships; leave out files that name the person."""
    sources = _list_sources(subject)
    return [
        *_erase_voices(subject, at),
        *_erase_files(
            subject, sources
        ),  # before the speakers lose the pseudonym that leads to their name in a file
        _erase_speakers(subject),
        *_erase_contacts(subject),
        *_erase_members(subject),
        *_keep_acts(subject),
    ]


def _theirs(subject: Subject) -> Q:
    return Q(speaker_id__in=subject.speaker_ids) | Q(id__in=subject.voice_ids)


def _list_sources(subject: Subject) -> list[UUID]:
    voices = Voice.with_staged.filter(_theirs(subject)).order_by()
    return sorted(set(voices.values_list("source_id", flat=True)))


def _erase_voices(subject: Subject, at: datetime) -> list[ErasedRows]:
    voices = Voice.with_staged.filter(_theirs(subject))
    emptied = voices.exclude(text="", external_id="", said_on=None, service="")
    number = emptied.count()
    if number:
        changes: dict[str, object] = {
            "text": "", "external_id": "", "said_on": None, "service": "", "held_for_review": False,
        }  # fmt: skip
        if not subject.keeps_counts:
            changes["basis_id"] = get_or_create_basis(
                kind="unknown", note=ERASED_NOTE, by=SYSTEM, at=at, analyse=False
            ).id
        emptied.update(**changes)
    kept = voices.count()
    return [ErasedRows("engagement_voice", erased=number, kept=kept, because=COUNTED if kept else "")]


def _erase_speakers(subject: Subject) -> ErasedRows:
    nothing = {"external_key": "", **dict.fromkeys(Facts.NAMES, "")}
    speakers = Speaker.objects.filter(id__in=subject.speaker_ids)
    number = speakers.exclude(pseudonym=GONE, **nothing).update(pseudonym=GONE, **nothing)
    kept = speakers.count()
    return ErasedRows("engagement_speaker", erased=number, kept=kept, because=COUNTED if kept else "")


def _erase_contacts(subject: Subject) -> list[ErasedRows]:
    contacts, _each = Contact.objects.filter(speaker_id__in=subject.speaker_ids).delete()
    receipts, _each = Receipt.objects.filter(speaker_id__in=subject.speaker_ids).delete()
    return [
        ErasedRows("engagement_contact", erased=contacts),
        ErasedRows("engagement_receipt", erased=receipts),
    ]


def _erase_members(subject: Subject) -> list[ErasedRows]:
    members, _each = list_members_of(subject).delete()
    access, _each = EngagementAccess.objects.filter(person_id__in=subject.person_ids).delete()
    return [ErasedRows("engagement_member", erased=members), ErasedRows("engagement_access", erased=access)]


def _erase_files(subject: Subject, sources: list[UUID]) -> list[ErasedRows]:
    """Forget names in transcripts' settings, rows that could not be read, and uploads that wait and name the person."""
    files = Import.objects.filter(source_id__in=sources)
    if subject.keeps_counts:
        problems, _each = ImportProblem.objects.filter(of_import__in=files).delete()
    else:
        problems = 0
    pseudonyms = 0
    for one in files.filter(kind="transcript"):
        pseudonyms += _forget_speaker_names(one, subject)
    left = 0
    waiting = Import.objects.filter(state__in=("uploaded", "reading", "ready", "refused")).order_by("id")
    telling = keep_telling(subject.names)
    for one in waiting:
        if one.source_id in sources or file_names_somebody(one.stored_name, telling):
            _leave_out(one)
            left += 1
    return [
        ErasedRows("engagement_import", erased=left + pseudonyms),
        ErasedRows("engagement_import_problem", erased=problems),
    ]


def _forget_speaker_names(one: Import, subject: Subject) -> int:
    """Put a pseudonym in the place of a name that a transcript gave; return 1 where there was one."""
    erased = set(
        Speaker.objects.filter(id__in=subject.speaker_ids, source=one.source).values_list(
            "pseudonym", flat=True
        )
    )
    pairs = one.columns.get("pseudonyms", [])
    kept = [[GONE, GONE] if pair[1] in erased or subject.keeps_counts else pair for pair in pairs]
    names = {str(pair[0]) for pair, new in zip(pairs, kept, strict=True) if pair != new}
    moderators = [GONE if name in names else name for name in one.columns.get("moderators", [])]
    if kept == pairs:
        return 0
    one.columns = {**one.columns, "pseudonyms": kept, "moderators": moderators}
    one.save(update_fields=["columns"])
    return 1


def _leave_out(one: Import) -> None:
    """Leave a file out that waits and names an erased person: it can be brought in again without them."""
    stored = stored_path(one.stored_name)
    staged = Voice.with_staged.filter(source=one.source, source__brought_in_at=None)
    staged.update(text="", external_id="", said_on=None, service="")
    ImportProblem.objects.filter(of_import=one).delete()
    one.state = Import.State.LEFT
    one.refusal = ""
    one.save(update_fields=["state", "refusal"])
    transaction.on_commit(lambda: stored.unlink(missing_ok=True))


def _keep_acts(subject: Subject) -> list[ErasedRows]:
    ids = subject.person_ids
    acts = (
        ("engagement_engagement", Engagement.objects.filter(created_by_id__in=ids)),
        ("engagement_source", Source.objects.filter(created_by_id__in=ids)),
        ("engagement_column_mapping", ColumnMapping.objects.filter(saved_by_id__in=ids)),
        ("engagement_retention_date", RetentionDate.objects.filter(set_by_id__in=ids)),
        ("engagement_deletion", EngagementDeletion.objects.filter(decided_by_id__in=ids)),
    )
    return [ErasedRows(table, erased=0, kept=rows.count(), because=ACTS) for table, rows in acts]


def collect_originals(subject: Subject) -> list[HeldRecord]:
    """Return a person's words as they were said, opened for the one whose they are."""
    originals = VoiceOriginal.objects.filter(_theirs_of_voice(subject)).select_related("voice__engagement")
    found = []
    for one in originals.order_by("kept_at", "voice_id"):
        words = (
            open_for(one.subject_id, bytes(one.locked), place=place_of(one.voice_id)) if one.locked else None
        )
        if words is not None and words != one.voice.text:
            found.append(
                HeldRecord(
                    table="engagement_voice_original",
                    label=_("Your words before anything was covered"),
                    record_id=str(one.voice_id),
                    fields=((_("Your words"), words), (_("Engagement"), one.voice.engagement.title)),
                    held_since=one.kept_at,
                    why=_("Locked, and kept until %(day)s.") % {"day": f"{one.keep_until:%d/%m/%Y}"},
                )
            )
    return found


def _theirs_of_voice(subject: Subject) -> Q:
    return Q(voice__speaker_id__in=subject.speaker_ids) | Q(voice_id__in=subject.voice_ids)


def erase_originals(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Destroy a person's originals and the keys of those that had a key of their own; take away what was covered."""
    theirs = _theirs_of_voice(subject)
    originals = VoiceOriginal.objects.filter(theirs)
    destroy_keys(set(originals.values_list("subject_id", flat=True)), at=at)
    destroyed = originals.filter(destroyed_at=None).update(locked=None, destroyed_at=at)
    kept = originals.count()
    covered = Redaction.objects.filter(theirs)
    decisions, _each = RedactionDecision.objects.filter(redaction__in=covered).delete()
    redactions, _each = covered.delete()
    RedactionProposal.objects.filter(theirs).delete()
    staff = StaffName.objects.filter(added_by_id__in=subject.person_ids).count()
    return [
        ErasedRows("engagement_voice_original", erased=destroyed, kept=kept, because=EMPTY if kept else ""),
        ErasedRows("engagement_redaction", erased=redactions),
        ErasedRows("engagement_redaction_decision", erased=decisions),
        ErasedRows("engagement_staff_name", erased=0, kept=staff, because=ACTS if staff else ""),
    ]
