"""Write an insight, stand behind it, step back, retire it, bring it back; patients confirm it or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.insight.models import Insight, InsightVoucher, PatientConfirmation, Theme, ThemeRun
from alongside.apps.insight.rules import check_can_stand, check_draft_or_standing, check_reason, check_retired


@dataclass(frozen=True)
class InsightText:
    """What an insight says: a statement of a kind, its limits, and the themes it comes from."""

    statement: str
    kind: str
    limits: str
    theme_ids: Sequence[UUID]


@transaction.atomic
def write_insight(*, by: Viewer, at: datetime, text: InsightText) -> UUID:
    """Write a new insight as a draft; return its id."""
    check_may(by, "write_insights")
    _hold_decisions(text)
    themes = _check_text(by, text)
    insight = Insight.objects.create(
        statement=text.statement.strip(),
        kind=text.kind,
        limits=text.limits.strip(),
        created_by_id=by.person_id,
        created_at=at,
        changed_at=at,
    )
    insight.themes.set(themes)
    record_audit(by=by, at=at, operation="write_insight", on=insight, detail={"themes": len(themes)})
    return insight.id


@transaction.atomic
def change_insight(*, by: Viewer, at: datetime, insight_id: UUID, text: InsightText) -> None:
    """Change what an insight says; the words somebody stands behind stay as they are."""
    check_may(by, "write_insights")
    _hold_decisions(text)  # before the insight, in the order in which those who decide about themes do it
    insight = lock_insight(by, insight_id)
    check_draft_or_standing(insight)
    themes = _check_text(by, text)
    same = (insight.statement, insight.kind) == (text.statement.strip(), text.kind)
    check(
        same or insight.state == Insight.State.DRAFT,
        "Somebody stands behind this statement, so its words and kind cannot change. They can step back first, or "
        "you can write a new insight.",
        field="statement",
    )
    check(
        bool(text.limits.strip()) or insight.state == Insight.State.DRAFT,
        "An insight somebody stands behind says its limits. Write them.",
        field="limits",
    )
    insight.statement, insight.kind, insight.limits = text.statement.strip(), text.kind, text.limits.strip()
    insight.themes.set(themes)
    touch(insight, at)
    record_audit(by=by, at=at, operation="change_insight", on=insight, detail={"themes": len(themes)})


@transaction.atomic
def stand_behind(*, by: Viewer, at: datetime, insight_id: UUID) -> None:
    """Put one's name to an insight, as staff or as a patient who co-owns it; a draft stands from then on."""
    as_patient = by.sees_only_invited and by.may("confirm_insights")
    if not as_patient:
        check_may(by, "stand_behind_insights")
    insight = lock_insight(by, insight_id)
    check_draft_or_standing(insight)
    check_can_stand(has_evidence=insight.evidence.exists(), limits=insight.limits)
    standing = insight.vouchers.filter(person_id=by.own_id, ended_at=None)
    check(not standing.exists(), "You stand behind this insight already.")
    InsightVoucher.objects.create(insight=insight, person_id=by.own_id, as_patient=as_patient, since=at)
    insight.state = Insight.State.STANDS
    touch(insight, at)
    record_audit(by=by, at=at, operation="stand_behind_insight", on=insight)


@transaction.atomic
def step_back(*, by: Viewer, at: datetime, insight_id: UUID) -> None:
    """Take one's name from an insight; with nobody left it is a draft again."""
    insight = lock_insight(by, insight_id)
    check(
        insight.state == Insight.State.STANDS, "Nobody stands behind this insight, so there is nothing to do."
    )
    ended = insight.vouchers.filter(person_id=by.own_id, ended_at=None).update(ended_at=at)
    check(bool(ended), "You do not stand behind this insight.")
    if not insight.vouchers.filter(ended_at=None).exists():
        insight.state = Insight.State.DRAFT
    touch(insight, at)
    record_audit(by=by, at=at, operation="step_back_from_insight", on=insight)


@transaction.atomic
def retire_insight(*, by: Viewer, at: datetime, insight_id: UUID, reason: str) -> None:
    """Say that an insight no longer stands, and why; it stays readable."""
    check_may(by, "stand_behind_insights")
    insight = lock_insight(by, insight_id)
    check_draft_or_standing(insight)
    insight.retired_because = check_reason(reason, "retire this insight")
    insight.state = Insight.State.RETIRED
    touch(insight, at)
    record_audit(by=by, at=at, operation="retire_insight", on=insight, reason=insight.retired_because)


@transaction.atomic
def bring_back_insight(*, by: Viewer, at: datetime, insight_id: UUID) -> None:
    """Undo a retirement: the insight is what it was before."""
    check_may(by, "stand_behind_insights")
    insight = lock_insight(by, insight_id)
    check_retired(insight)
    has_names = insight.vouchers.filter(ended_at=None).exists()
    insight.state = Insight.State.STANDS if has_names else Insight.State.DRAFT
    insight.retired_because = ""
    touch(insight, at)
    record_audit(by=by, at=at, operation="bring_back_insight", on=insight)


@transaction.atomic
def confirm_insight(*, by: Viewer, at: datetime, insight_id: UUID, answer: str, note: str = "") -> None:
    """Record what a patient partner says about an insight: yes, partly or no; a new answer replaces the old one."""
    check_may(by, "confirm_insights")
    insight = lock_insight(by, insight_id)
    check_draft_or_standing(insight)
    check(answer in PatientConfirmation.Answer, "Choose yes, partly or no.", field="answer")
    check(
        answer == PatientConfirmation.Answer.YES or bool(note.strip()),
        "Say what is missing or wrong, so that it can be put right.",
        field="note",
    )
    PatientConfirmation.objects.update_or_create(
        insight=insight, person_id=by.own_id, defaults={"answer": answer, "note": note.strip(), "at": at}
    )
    record_audit(by=by, at=at, operation="confirm_insight", on=insight, detail={"answer": answer})


def lock_insight(viewer: Viewer, insight_id: UUID) -> Insight:
    """Return an insight the viewer may see, locked until the transaction ends; raise Refused otherwise."""
    seen = Insight.objects.for_viewer(viewer).filter(id=insight_id)
    if not seen.exists():
        raise Refused("There is no such insight, or it is not yours to see.")
    return Insight.objects.select_for_update().get(id=insight_id)


def touch(insight: Insight, at: datetime) -> None:
    """Save an insight with the time of its last change."""
    insight.changed_at = at
    insight.save()


def _hold_decisions(text: InsightText) -> None:
    """Let nobody merge or withdraw these themes until the insight rests on them, or on what they became."""
    engagements = Theme.objects.filter(id__in=list(text.theme_ids)).values("engagement_id")
    list(
        ThemeRun.objects.select_for_update()
        .filter(engagement_id__in=engagements)
        .order_by("id")
        .values_list("id")
    )


def _check_text(by: Viewer, text: InsightText) -> list[Theme]:
    check(
        bool(text.statement.strip()),
        "Write the statement: one sentence others can act on.",
        field="statement",
    )
    check(
        len(text.statement.strip()) <= 400,
        "Use 400 characters or fewer for the statement.",
        field="statement",
    )
    check(
        text.kind in Insight.Kind,
        "Choose what it is: an experience, a wish, a priority or a need.",
        field="kind",
    )
    themes = list(Theme.objects.for_viewer(by).filter(id__in=list(text.theme_ids), state=Theme.State.STANDS))
    check(
        bool(themes) and len(themes) == len(set(text.theme_ids)),
        "Choose at least one theme that stands. Merged and withdrawn themes carry no insight.",
        field="themes",
    )
    return themes
