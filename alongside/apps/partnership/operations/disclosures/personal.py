"""What an erasure does to disclosure: words said for an organisation go; that a step was taken stays."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCheck,
    DisclosureCorrection,
    DisclosureEvent,
    MethodNote,
)

KEPT = (
    "Who prepared, approved and published is kept under no name while the year must be kept: the rules of disclosure "
    "ask for the records."
)
SAID = "That an organisation answered is kept without who said it, while the year must be kept."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  one shape for every room
    """Take away the words a person said for their organisation; what they answered for it stays."""
    ids = subject.person_ids
    # An organisation that asked us to look keeps that it did: the database wants words there, so a mark stands in.
    asked = DisclosureCheck.objects.filter(answered_by_id__in=ids)
    emptied = asked.exclude(words__in=("", "–")).count()
    asked.filter(answer=DisclosureCheck.Answer.LOOK).update(words="–")
    asked.exclude(answer=DisclosureCheck.Answer.LOOK).update(words="")
    replies = DisclosureCheck.objects.filter(replied_by_id__in=ids)
    of_person = Q(people_shown_by_id__in=ids) | Q(begun_by_id__in=ids) | Q(prepared_by_id__in=ids)
    of_person |= Q(approved_by_id__in=ids) | Q(published_by_id__in=ids)
    corrections = DisclosureCorrection.objects.filter(Q(made_by_id__in=ids) | Q(approved_by_id__in=ids))
    return [
        _kept("partnership_disclosure_check", emptied, asked.count() + replies.count(), SAID),
        _kept("partnership_disclosure", 0, Disclosure.objects.filter(of_person).count(), KEPT),
        _kept("partnership_disclosure_event", 0, DisclosureEvent.objects.filter(by_id__in=ids).count(), KEPT),
        _kept("partnership_method_note", 0, MethodNote.objects.filter(written_by_id__in=ids).count(), KEPT),
        _kept("partnership_disclosure_correction", 0, corrections.count(), KEPT),
    ]


def _kept(table: str, erased: int, kept: int, because: str) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")
