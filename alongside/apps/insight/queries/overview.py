"""Every engagement with where its themes stand."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import list_engagements
from alongside.apps.insight.models import ProposedTheme, Theme, ThemeDecision, ThemeRun
from alongside.apps.insight.queries.decisions import SETTLING
from alongside.science.values.trail import TrailItem


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


def list_onward(viewer: Viewer, engagement_id: UUID) -> list[TrailItem]:
    """Return where an engagement's voices lead: to finding themes, to the review, to the themes that stand."""
    line = next((one for one in list_overview(viewer) if one.engagement_id == engagement_id), None)
    if line is None:
        return []
    items = []
    if line.run_id is None and viewer.may("find_themes"):
        url = reverse("insight:find_themes", args=[engagement_id])
        items.append(
            TrailItem(engagement_id, _("Find themes"), url, note=_("The engine proposes, people decide"))
        )
    if line.run_id is not None:
        waiting = ngettext(
            "%(number)s proposed theme to decide", "%(number)s proposed themes to decide", line.to_decide
        )
        note = waiting % {"number": line.to_decide} if line.to_decide else _("Everything is decided")
        url = reverse("insight:review", args=[engagement_id])
        items.append(TrailItem(engagement_id, _("Review what was proposed"), url, note=note))
    if line.themes:
        standing = ngettext("%(number)s theme", "%(number)s themes", line.themes) % {"number": line.themes}
        url = f"{reverse('insight:themes')}?engagement={engagement_id}"
        items.append(TrailItem(engagement_id, standing, url, note=_("What people decided")))
    return items
