"""Every engagement with where its themes stand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import list_engagements
from alongside.apps.insight.models import ProposedTheme, Theme, ThemeDecision, ThemeRun
from alongside.apps.insight.queries.decisions import SETTLING


@dataclass(frozen=True)
class OverviewLine:
    """An engagement, its latest run, and what waits there."""

    engagement_id: UUID
    title: str
    starts_on: date
    run_id: UUID | None
    finished_at: datetime | None
    to_decide: int
    themes: int
    unplaced: int
    placed: int


def list_overview(viewer: Viewer) -> list[OverviewLine]:
    """Return the engagements the viewer sees, newest first, with what waits for a decision."""
    if not viewer.may("see_themes"):
        return []
    runs = ThemeRun.objects.for_viewer(viewer).filter(finished_at__isnull=False).order_by("asked_at")
    latest = {run.engagement_id: run for run in runs}
    settled = ThemeDecision.objects.filter(
        kind__in=SETTLING, undone_by=None, proposed_theme__isnull=False
    ).values("proposed_theme_id")
    open_rows = (
        ProposedTheme.objects.filter(run__in=[run.id for run in latest.values()])
        .exclude(id__in=settled)
        .values_list("run_id")
        .annotate(number=Count("id"))
    )
    waiting = dict(open_rows)
    standing = dict(
        Theme.objects.for_viewer(viewer)
        .filter(state=Theme.State.STANDS)
        .order_by()
        .values_list("engagement_id")
        .annotate(number=Count("id"))
    )
    return [
        OverviewLine(
            engagement_id=one.id,
            title=one.title,
            starts_on=one.starts_on,
            run_id=run.id if run else None,
            finished_at=run.finished_at if run else None,
            to_decide=waiting.get(run.id, 0) if run else 0,
            themes=standing.get(one.id, 0),
            unplaced=run.voices_unplaced if run else 0,
            placed=run.voices_placed if run else 0,
        )
        for one in list_engagements(viewer)
        for run in [latest.get(one.id)]
    ]
