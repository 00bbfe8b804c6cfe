"""Where voices have gone from this room: quoted in insights, in reports about them, in files of their evidence."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Min

from alongside.apps.base.queries import list_exports
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.insight.models import Evidence, Insight

STOOD = (Insight.State.STANDS, Insight.State.RETIRED)


def find_published(voice_ids: Collection[UUID]) -> list[PublishedUse]:
    """Return the insights that quote these voices and that somebody stood behind, and what was handed out of them."""
    quotes = Evidence.objects.filter(
        voice_id__in=list(voice_ids), voice__basis__may_quote_inside=True, kind=Evidence.Kind.QUOTE
    )
    rows = quotes.order_by().values_list("insight_id", "insight__statement", "insight__state")
    found = []
    for insight_id, statement, state, since in rows.annotate(Min("added_at")).order_by("insight_id"):
        if state in STOOD:
            on = since.date()
            found.append(PublishedUse("insight", "quote_inside", statement, on, True, insight_id))
        files = list_exports(what=["report", "evidence"], about=[insight_id], since=since)
        if files:
            last = files[-1].at.date()
            found.append(
                PublishedUse("report", "quote_inside", statement, last, False, insight_id, len(files))
            )
    return found
