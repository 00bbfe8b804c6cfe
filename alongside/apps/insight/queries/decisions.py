"""Who decided what about themes, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import Dissent, ProposedTheme, Theme, ThemeDecision, ThemeRun
from alongside.apps.people.queries import get_names
from alongside.apps.people.rules import ROLES

SETTLING = (ThemeDecision.Kind.ACCEPT, ThemeDecision.Kind.REJECT, ThemeDecision.Kind.MERGE)


@dataclass(frozen=True)
class DecisionLine:
    """One decision as a line of history."""

    id: UUID
    kind: str
    words: str
    who: str
    role: str
    at: datetime
    reason: str
    voices: int
    is_undone: bool
    can_be_undone: bool


@dataclass(frozen=True)
class DissentLine:
    """Somebody who does not agree, and why."""

    id: UUID
    who: str
    role: str
    at: datetime
    reason: str
    is_own: bool


def list_decisions(viewer: Viewer, engagement_id: UUID, limit: int = 100) -> list[DecisionLine]:
    """Return the decisions of an engagement, newest first."""
    seen = ThemeRun.objects.for_viewer(viewer).filter(engagement_id=engagement_id).exists()
    found = (
        ThemeDecision.objects.filter(engagement_id=engagement_id) if seen else ThemeDecision.objects.none()
    )
    return _as_lines(viewer, found[:limit])


def get_last_decision(viewer: Viewer, engagement_id: UUID) -> DecisionLine | None:
    """Return the last decision that was not undone, whoever made it."""
    return next((line for line in list_decisions(viewer, engagement_id, 50) if line.can_be_undone), None)


def get_settling_decision(viewer: Viewer, proposal: ProposedTheme) -> DecisionLine | None:
    """Return the decision that settled a proposal and was not undone; None while it is open."""
    return next(iter(_as_lines(viewer, proposal.decisions.filter(kind__in=SETTLING, undone_by=None))), None)


def list_theme_decisions(viewer: Viewer, theme: Theme) -> list[DecisionLine]:
    """Return what was decided about one theme, newest first."""
    about = Q(theme=theme) | Q(other_theme=theme)
    return _as_lines(viewer, ThemeDecision.objects.filter(about))


def list_dissents(
    viewer: Viewer, *, theme_id: UUID | None = None, insight_id: UUID | None = None
) -> list[DissentLine]:
    """Return who does not agree with a theme or an insight, newest first."""
    about = Q(theme_id=theme_id) if theme_id else Q(insight_id=insight_id)
    found = list(Dissent.objects.filter(about, withdrawn_at=None))
    names = get_names(viewer, {one.by_id for one in found})
    return [
        DissentLine(
            id=one.id,
            who=names.get(one.by_id, ""),
            role=ROLES.get(one.by_role, ""),
            at=one.at,
            reason=one.reason,
            is_own=one.by_id == viewer.person_id,
        )
        for one in found
    ]


def _as_lines(viewer: Viewer, found: QuerySet[ThemeDecision]) -> list[DecisionLine]:
    rows = list(found.select_related("proposed_theme", "theme", "other_theme", "undoes", "undone_by"))
    names = get_names(viewer, _people(rows))
    return [_as_line(row, names) for row in rows]


def _people(rows: Iterable[ThemeDecision]) -> set[UUID]:
    return {row.by_id for row in rows if row.by_id}


def _as_line(row: ThemeDecision, names: dict[UUID, str]) -> DecisionLine:
    is_undone = hasattr(row, "undone_by")
    return DecisionLine(
        id=row.id,
        kind=row.kind,
        words=describe_decision(row),
        who=names.get(row.by_id, "") if row.by_id else _("Alongside"),
        role=ROLES.get(row.by_role, ""),
        at=row.at,
        reason=row.reason,
        voices=row.voices,
        is_undone=is_undone,
        can_be_undone=not is_undone and row.kind != ThemeDecision.Kind.UNDO,
    )


def describe_decision(row: ThemeDecision) -> str:
    """Return what was decided in a few words, with the names as they were."""
    proposed = row.proposed_theme.name if row.proposed_theme else ""
    theme = row.theme.name if row.theme else proposed
    other = row.other_theme.name if row.other_theme else ""
    words = {
        ThemeDecision.Kind.ACCEPT: _("Accepted “%(proposed)s”") % {"proposed": proposed},
        ThemeDecision.Kind.REJECT: _("Rejected “%(proposed)s”") % {"proposed": proposed},
        ThemeDecision.Kind.RENAME: _("Renamed “%(before)s” to “%(after)s”")
        % {"before": row.before.get("name", ""), "after": row.before.get("after", "")},
        ThemeDecision.Kind.MERGE: _("Merged “%(theme)s” into “%(other)s”") % {"theme": theme, "other": other},
        ThemeDecision.Kind.SPLIT: _("Split “%(other)s” off “%(theme)s”") % {"theme": theme, "other": other},
        ThemeDecision.Kind.MOVE: _("Moved voices to “%(theme)s”") % {"theme": theme}
        if row.theme
        else _("Took voices out of all themes"),
    }
    if row.kind == ThemeDecision.Kind.UNDO and row.undoes:
        return _("Undid: %(words)s") % {"words": describe_decision(row.undoes)}
    return words[ThemeDecision.Kind(row.kind)]
