"""What this room holds about a person: which insights quote them, and what they decided, doubted or confirmed."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.insight.models import (
    Dissent,
    Evidence,
    Insight,
    InsightVoucher,
    PatientConfirmation,
    Placement,
    ThemeDecision,
)


def _day(at: object) -> str:
    return f"{at:%d/%m/%Y}"


def _theirs(subject: Subject) -> Q:
    return Q(voice__speaker_id__in=subject.speaker_ids) | Q(voice_id__in=subject.voice_ids)


def collect(subject: Subject) -> list[HeldRecord]:
    """Return where a person's words lie and are quoted, and what they did here under their own name."""
    evidence = (
        Evidence.objects.filter(_theirs(subject)).select_related("insight", "voice").order_by("added_at")
    )
    placed = Placement.objects.filter(_theirs(subject)).select_related("theme").order_by("id")
    with_words = _("Kept as long as your words may be used.")
    return [
        *(
            HeldRecord(
                "insight_evidence", _("Words of yours that an insight quotes"), str(one.id),
                ((_("Quoted"), one.voice.text[one.start : one.end] if one.voice else ""),
                 (_("Insight"), one.insight.statement)),
                held_since=one.added_at, why=with_words,
            )
            for one in evidence
        ),
        *(
            HeldRecord(
                "insight_placement", _("A theme your words were put in"), str(one.id),
                ((_("Theme"), one.theme.name),), why=with_words,
            )
            for one in placed
        ),
        *_collect_acts(subject.person_ids),
    ]  # fmt: skip


def _collect_acts(person_ids: Iterable[UUID]) -> list[HeldRecord]:
    accountable = _("We must be able to show who decided what (accountability, Article 5(2)).")
    decisions = ThemeDecision.objects.filter(by_id__in=person_ids).order_by("at")
    dissents = Dissent.objects.filter(by_id__in=person_ids).order_by("at")
    confirmations = PatientConfirmation.objects.filter(person_id__in=person_ids).select_related("insight")
    vouchers = InsightVoucher.objects.filter(person_id__in=person_ids).select_related("insight")
    written = Insight.objects.filter(created_by_id__in=person_ids).order_by("created_at")
    return [
        *(
            HeldRecord(
                "insight_theme_decision", _("A decision you took about themes"), str(one.id),
                ((_("What"), one.get_kind_display()), (_("Your reason"), one.reason or _("none"))),
                held_since=one.at, why=accountable,
            )
            for one in decisions
        ),
        *(
            HeldRecord(
                "insight_dissent", _("You did not agree"), str(one.id), ((_("Your reason"), one.reason),),
                held_since=one.at, why=accountable,
            )
            for one in dissents
        ),
        *(
            HeldRecord(
                "insight_patient_confirmation", _("You said whether an insight is right"), str(one.id),
                ((_("Insight"), one.insight.statement), (_("Answer"), one.get_answer_display()),
                 (_("Your note"), one.note or _("none"))),
                held_since=one.at, why=accountable,
            )
            for one in confirmations.order_by("at")
        ),
        *(
            HeldRecord(
                "insight_voucher", _("An insight you stand behind"), str(one.id),
                ((_("Insight"), one.insight.statement), (_("Since"), _day(one.since))),
                held_since=one.since, why=accountable,
            )
            for one in vouchers.order_by("since")
        ),
        *(
            HeldRecord(
                "insight_insight", _("An insight you wrote"), str(one.id), ((_("Insight"), one.statement),),
                held_since=one.created_at, why=accountable,
            )
            for one in written
        ),
    ]  # fmt: skip


def count_insights_losing_quotes(engagement_id: UUID) -> int:
    """Return how many insights quote a voice of this engagement: each will say that a quote is gone."""
    quoting = Evidence.objects.filter(voice__engagement_id=engagement_id).exclude(voice__text="")
    return quoting.order_by().values("insight_id").distinct().count()
