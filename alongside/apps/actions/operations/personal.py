"""What an erasure does in this room: private links, answers and notes go; that somebody was told stays."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.actions.models import (
    Action,
    ActionNote,
    Digest,
    FeedbackRound,
    HelpAnswer,
    OneTimeCode,
    PrivateLink,
    Telling,
)
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject

TOLD = "That those who spoke were told is kept, without who they are: an action may only close then."
ACTS = "Who owned an action and wrote to people is kept under no name (accountability, Article 5(2))."
GONE = "They were erased, so nobody writes to them."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Take away links and notes that lead to a person, stop what waits for them, and quote them no more in public."""
    tellings = Telling.objects.filter(speaker_id__in=subject.speaker_ids)
    mails = Digest.objects.filter(tellings__speaker_id__in=subject.speaker_ids)
    mail_ids = sorted(set(mails.values_list("id", flat=True)))
    codes, _each = OneTimeCode.objects.filter(link__digest_id__in=mail_ids).delete()
    links, _each = PrivateLink.objects.filter(digest_id__in=mail_ids).delete()
    notes = Digest.objects.filter(id__in=mail_ids).exclude(note="").update(note="")
    answers, _each = HelpAnswer.objects.filter(telling__in=tellings).delete()
    stopped = tellings.filter(state=Telling.State.WAITING).update(
        state=Telling.State.UNREACHABLE, at=at, note=GONE
    )
    told = tellings.exclude(note__in=("", GONE)).update(note="")
    return [
        ErasedRows("actions_one_time_code", erased=codes),
        ErasedRows("actions_private_link", erased=links),
        _kept("actions_digest", notes, len(mail_ids), TOLD),
        ErasedRows("actions_help_answer", erased=answers),
        _kept("actions_telling", told + stopped, tellings.count(), TOLD),
        *_keep_acts(subject),
        *_stop_public_quotes(subject),
    ]


def _keep_acts(subject: Subject) -> list[ErasedRows]:
    ids = subject.person_ids
    of_person = Q(owner_id__in=ids) | Q(created_by_id__in=ids) | Q(published_by_id__in=ids)
    return [
        _kept("actions_action", 0, Action.objects.filter(of_person).count(), ACTS),
        _kept("actions_note", 0, ActionNote.objects.filter(by_id__in=ids).count(), ACTS),
        _kept("actions_feedback_round", 0, FeedbackRound.objects.filter(written_by_id__in=ids).count(), ACTS),
    ]


def _stop_public_quotes(subject: Subject) -> list[ErasedRows]:
    quotes = Action.public_quotes.through.objects.filter(
        Q(evidence__voice__speaker_id__in=subject.speaker_ids) | Q(evidence__voice_id__in=subject.voice_ids)
    )
    number, _each = quotes.delete()
    return [ErasedRows("actions_action_public_quote", erased=number)]


def _kept(table: str, erased: int, kept: int, because: str) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")
