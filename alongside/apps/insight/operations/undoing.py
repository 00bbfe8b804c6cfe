"""Undo a decision exactly, unless something else rests on it; the decision and its undoing both stay in the history."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.insight.models import Insight, Placement, PlacementChange, Theme, ThemeDecision, ThemeRun
from alongside.apps.insight.operations.placing import (
    CHUNK,
    Note,
    list_standing_names,
    lock_review,
    write_down,
)
from alongside.apps.insight.rules import check_name_is_free, check_stands

Kind = ThemeDecision.Kind


@transaction.atomic
def undo_decision(*, by: Viewer, at: datetime, decision_id: UUID, reason: str = "") -> None:
    """Give back what was before a decision; raise Refused, saying what to undo first, where others rest on it."""
    check_may(by, "decide_themes")
    lock_review(_get_decision(by, decision_id).engagement_id)
    decision = _get_decision(by, decision_id)  # again: what it is about may have changed while we waited
    check(decision.kind != Kind.UNDO, "An undoing cannot be undone. Decide again instead.")
    check(
        not ThemeDecision.objects.filter(undoes=decision).exists(),
        "Somebody has undone this already. Load the page again.",
    )
    _UNDO[Kind(decision.kind)](decision)
    note = Note(
        Kind.UNDO,
        decision.engagement_id,
        reason=reason.strip(),
        run_id=decision.run_id,
        proposal=decision.proposed_theme,
        theme=decision.theme,
        other_theme=decision.other_theme,
        undoes=decision,
    )
    write_down(by=by, at=at, note=note)


def _get_decision(by: Viewer, decision_id: UUID) -> ThemeDecision:
    decision = ThemeDecision.objects.filter(id=decision_id).select_related("theme", "other_theme").first()
    seen = ThemeRun.objects.for_viewer(by)
    if decision is None or not seen.filter(engagement_id=decision.engagement_id).exists():
        raise Refused("There is no such decision, or it is not yours to undo.")
    return decision


def _undo_accept(decision: ThemeDecision) -> None:
    theme = _need(decision.theme)
    _check_nothing_rests_on(theme, decision)
    placed = Placement.objects.filter(theme=theme)
    came_with_it = placed.filter(decision=decision).count()
    _check_untouched(placed.count(), came_with_it)
    _check_untouched(came_with_it, decision.voices)
    placed.delete()
    _withdraw(theme)


def _undo_reject(decision: ThemeDecision) -> None:
    """A rejection moved nothing: with it undone, the proposal is open again."""


def _undo_rename(decision: ThemeDecision) -> None:
    theme = _need(decision.theme)
    check_stands(theme)
    check(
        theme.name == decision.before["after"],
        f"The theme was renamed again since, to “{theme.name}”. Undo that first.",
    )
    check_name_is_free(decision.before["name"], list_standing_names(theme.engagement_id, but=theme))
    theme.name = decision.before["name"]
    theme.save(update_fields=["name"])


def _undo_merge(decision: ThemeDecision) -> None:
    target = _need(decision.other_theme)
    check_stands(target)
    if decision.theme is None:  # a proposal was merged: its voices lay nowhere before
        placed = Placement.objects.filter(decision=decision, theme=target)
        _check_untouched(placed.count(), decision.voices)
        placed.delete()
        return
    theme = decision.theme
    check_name_is_free(theme.name, list_standing_names(theme.engagement_id))
    theme.state, theme.merged_into = Theme.State.STANDS, None
    theme.save(update_fields=["state", "merged_into"])
    _give_back(decision)
    target.insights.remove(*Insight.objects.filter(id__in=decision.before.get("insights", [])))


def _undo_split(decision: ThemeDecision) -> None:
    check_stands(_need(decision.theme))
    new = _need(decision.other_theme)
    _check_nothing_rests_on(new, decision)
    _check_untouched(Placement.objects.filter(theme=new).count(), decision.voices)
    _give_back(decision)
    _withdraw(new)


def _undo_move(decision: ThemeDecision) -> None:
    made_new = decision.theme if decision.before.get("new") else None
    if made_new:
        _check_nothing_rests_on(made_new, decision)
        _check_untouched(Placement.objects.filter(theme=made_new).count(), decision.voices)
    _give_back(decision)
    if made_new:
        _withdraw(made_new)


_UNDO = {
    Kind.ACCEPT: _undo_accept,
    Kind.REJECT: _undo_reject,
    Kind.RENAME: _undo_rename,
    Kind.MERGE: _undo_merge,
    Kind.SPLIT: _undo_split,
    Kind.MOVE: _undo_move,
}


def _need(theme: Theme | None) -> Theme:
    if theme is None:
        raise Refused("This decision names no theme, so there is nothing to undo.")
    return theme


def _check_nothing_rests_on(theme: Theme, decision: ThemeDecision) -> None:
    check_stands(theme)
    others = ThemeDecision.objects.filter(Q(theme=theme) | Q(other_theme=theme), undone_by=None)
    other = others.exclude(kind=Kind.UNDO).exclude(id=decision.id).first()
    if other is not None:
        words = other.get_kind_display()
        raise Refused(f"Something was decided about “{theme.name}” since ({words}). Undo that first.")
    check(
        not theme.insights.exists(),
        f"An insight rests on “{theme.name}”, so its acceptance cannot be undone. Take the theme out of the insight "
        "first.",
    )


def _check_untouched(found: int, expected: int) -> None:
    check(
        found == expected,
        f"{abs(expected - found)} of these voices were moved since. Undo those moves first.",
    )


def _withdraw(theme: Theme) -> None:
    theme.state = Theme.State.WITHDRAWN
    theme.save(update_fields=["state"])


def _give_back(decision: ThemeDecision) -> None:
    """Put every voice back where it lay; raise Refused where one has moved since or its theme is gone."""
    changes = decision.changes.order_by("voice_id")
    for theme in Theme.objects.filter(id__in=decision.changes.values("from_theme")):
        check_stands(theme)
    rows = list(changes)
    for start in range(0, len(rows), CHUNK):
        _give_back_some(decision, rows[start : start + CHUNK])


def _give_back_some(decision: ThemeDecision, changes: Iterable[PlacementChange]) -> None:
    by_voice = {change.voice_id: change for change in changes}
    now = {row.voice_id: row for row in Placement.objects.filter(voice_id__in=list(by_voice))}
    moved = [one for one, change in by_voice.items() if not _is_as_left(decision, change, now.get(one))]
    _check_untouched(len(by_voice) - len(moved), len(by_voice))
    Placement.objects.filter(voice_id__in=list(by_voice)).delete()
    Placement.objects.bulk_create(
        Placement(
            id=now[change.voice_id].id if change.voice_id in now else change.id,
            voice_id=change.voice_id,
            theme_id=change.from_theme_id,
            decision_id=change.from_decision_id,
            is_individual=change.from_individual,
        )
        for change in by_voice.values()
        if change.from_theme_id and change.from_decision_id
    )


def _is_as_left(decision: ThemeDecision, change: PlacementChange, now: Placement | None) -> bool:
    if now is None:
        return change.to_theme_id is None
    return now.decision_id == decision.id and now.theme_id == change.to_theme_id
