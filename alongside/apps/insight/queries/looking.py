"""Which insights lost a quote and wait for somebody to look again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Sum

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import Insight, LookAgain
from alongside.apps.insight.queries.strength import get_strength


@dataclass(frozen=True)
class LostQuote:
    """An insight that lost quotes, since when, and what it rests on now."""

    insight_id: UUID
    statement: str
    quotes: int
    since: date
    voices: int
    people: int


def list_lost_quotes(viewer: Viewer) -> list[LostQuote]:
    """Return the insights the viewer may see that lost a quote nobody has looked at since, oldest first."""
    seen = Insight.objects.for_viewer(viewer).order_by().values("id")
    rows = (
        LookAgain.objects.filter(insight__in=seen, looked_at=None)
        .order_by()
        .values_list("insight_id", "insight__statement")
        .annotate(Sum("quotes"), Max("since"))
    )
    found = []
    for insight_id, statement, quotes, since in rows:
        strength = get_strength(viewer, insight_id)
        found.append(LostQuote(insight_id, statement, quotes, since.date(), strength.voices, strength.people))
    return sorted(found, key=lambda one: (one.since, one.statement))


def get_lost_quote(viewer: Viewer, insight_id: UUID) -> LostQuote | None:
    """Return what one insight lost since somebody last looked; None where nothing."""
    return next((one for one in list_lost_quotes(viewer) if one.insight_id == insight_id), None)
