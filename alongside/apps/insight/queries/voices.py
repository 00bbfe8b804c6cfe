"""The voices of one proposal, of one theme, or in no theme, to read one by one."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import (
    Insight,
    Placement,
    ProposedPlacement,
    ProposedTheme,
    Theme,
    counting,
)
from alongside.apps.insight.queries.quotes import SPOKEN, QuoteView, list_invited_ids, make_quote
from alongside.apps.insight.queries.reviews import find_unplaced
from alongside.apps.insight.queries.runs import get_latest_run

Rows = QuerySet[Placement, Placement] | QuerySet[ProposedPlacement, ProposedPlacement]


@dataclass(frozen=True)
class VoicesToRead:
    """A list of voices, not yet fetched: `count` of them, of which the viewer may not read `hidden`.

    `page(start, end)` returns the words.
    """

    viewer: Viewer
    rows: Rows
    count: int
    hidden: int

    def page(self, start: int, end: int) -> list[QuoteView]:
        """Return the voices from start to end."""
        invited = list_invited_ids(self.viewer)
        found = self.rows.select_related(*SPOKEN)[start:end]
        quotes = [make_quote(self.viewer, row, invited=invited, names_engagement=False) for row in found]
        return [quote for quote in quotes if quote]


def list_unplaced(viewer: Viewer, engagement_id: UUID) -> VoicesToRead | None:
    """Return the voices that lie in no theme and wait for no decision; None without a run."""
    run = get_latest_run(viewer, engagement_id)
    if run is None:
        return None
    newer = ProposedPlacement.objects.filter(
        voice_id=OuterRef("voice_id"),
        run__engagement_id=engagement_id,
        run__finished_at__isnull=False,
        run_id__gt=OuterRef("run_id"),  # ids sort by time
    )
    once_each = find_unplaced(engagement_id, run).filter(~Exists(newer))
    return _readable(viewer, once_each.order_by("voice_id"))


def list_item_voices(viewer: Viewer, item_id: UUID) -> VoicesToRead | None:
    """Return the voices of a proposal (those nobody placed yet) or of a theme; None where there is none."""
    theme = Theme.objects.for_viewer(viewer).filter(id=item_id).first()
    if theme:
        lying = theme.placements.filter(counting()).order_by("-is_individual", "voice_id")
        return _readable(viewer, lying)
    proposal = ProposedTheme.objects.filter(id=item_id).select_related("run").first()
    latest = get_latest_run(viewer, proposal.run.engagement_id) if proposal else None
    if proposal is None or latest is None:
        return None
    free = proposal.placements.filter(counting(), voice__placement=None)
    return _readable(viewer, free.order_by("-score", "voice_id"))


def _readable(viewer: Viewer, rows: Rows) -> VoicesToRead:
    count = rows.count()
    if viewer.sees_only_invited or not viewer.may("see_voices"):
        rows = rows.filter(voice__basis__may_quote_inside=True)
    return VoicesToRead(viewer, rows, count, count - rows.count())


def list_insight_voices(viewer: Viewer, insight_id: UUID, words: str = "") -> VoicesToRead:
    """Return the voices in an insight's themes, those with all the words, that may be quoted inside."""
    seen = Insight.objects.for_viewer(viewer).filter(id=insight_id).order_by().values("id")
    rows = Placement.objects.filter(counting(), theme__insights__in=seen, voice__basis__may_quote_inside=True)
    for word in words.split():
        rows = rows.filter(voice__text__icontains=word)
    return _readable(viewer, rows.distinct().order_by("voice_id"))
