"""What an erasure does in this room: a person's own notes go; places of quotes stay and say the words are gone."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.insight.models import (
    Dissent,
    Evidence,
    Insight,
    InsightVoucher,
    LookAgain,
    PatientConfirmation,
    Placement,
    PlacementChange,
    ProposedPlacement,
    ProposedQuote,
    Theme,
    ThemeDecision,
    ThemeRun,
)

ACTS = (
    "What was decided, and why, stays under no name: others rely on it, and we must be able to show it "
    "(accountability, Article 5(2))."
)
PLACES = "Which place in a voice it was is kept; the words there are gone, and the page says so."
NO_REASON = "The person who said this was erased."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Empty what a patient wrote in their own name, end what they stand behind, take out proposed quotes."""
    ids = subject.person_ids
    notes = PatientConfirmation.objects.filter(person_id__in=ids)
    vouchers = InsightVoucher.objects.filter(person_id__in=ids)
    ended = vouchers.filter(ended_at=None).update(ended_at=at)
    dissents = Dissent.objects.filter(by_id__in=ids)
    patient = dissents.filter(by_role__in=("patient_partner", "partner_user"))
    doubts = patient.exclude(reason=NO_REASON).update(reason=NO_REASON)
    return [
        _kept("insight_patient_confirmation", notes.exclude(note="").update(note=""), notes.count()),
        _kept("insight_voucher", ended, vouchers.count()),
        _kept("insight_dissent", doubts, dissents.count()),
        _kept("insight_theme", 0, Theme.objects.filter(created_by_id__in=ids).count()),
        _kept("insight_theme_decision", 0, ThemeDecision.objects.filter(by_id__in=ids).count()),
        _kept("insight_theme_run", 0, ThemeRun.objects.filter(asked_by_id__in=ids).count()),
        _kept("insight_insight", 0, Insight.objects.filter(created_by_id__in=ids).count()),
        _kept("insight_look_again", 0, LookAgain.objects.filter(looked_by_id__in=ids).count()),
        *_list_places(subject),
    ]


def _list_places(subject: Subject) -> list[ErasedRows]:
    theirs = Q(voice__speaker_id__in=subject.speaker_ids) | Q(voice_id__in=subject.voice_ids)
    evidence = Evidence.objects.filter(theirs).count()
    placed = Placement.objects.filter(theirs).count()
    moved = PlacementChange.objects.filter(theirs).count()
    proposed = ProposedPlacement.objects.filter(theirs).count()
    quotes, _each = ProposedQuote.objects.filter(theirs).delete()
    return [
        _kept("insight_evidence", 0, evidence, PLACES),
        _kept("insight_placement", 0, placed, PLACES),
        _kept("insight_placement_change", 0, moved, PLACES),
        _kept("insight_proposed_placement", 0, proposed, PLACES),
        ErasedRows("insight_proposed_quote", erased=quotes),
    ]


def _kept(table: str, erased: int, kept: int, because: str = ACTS) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")
