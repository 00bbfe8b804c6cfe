"""Two links of the chain, themes and insights, as the trail asks for them; ids stay queries."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import Evidence, Insight, Placement, Theme, counting
from alongside.apps.insight.queries.strength import list_voice_ids_behind
from alongside.science.values.trail import TrailItem

MOST_ITEMS = 200
Ids = QuerySet[Any, Any]


def forward_to_themes(viewer: Viewer, ids: Any) -> Ids:
    """Return the themes these voices lie in."""
    lying = Placement.objects.filter(counting(), voice_id__in=ids).values("theme_id")
    return _themes(viewer).filter(id__in=lying).order_by().values_list("id", flat=True)


def back_from_themes(viewer: Viewer, ids: Any) -> Ids:
    """Return the voices that lie in these themes."""
    found = Placement.objects.filter(counting(), theme_id__in=ids, theme__in=_themes(viewer).values("id"))
    return found.order_by().values_list("voice_id", flat=True)


def describe_themes(viewer: Viewer, ids: Any) -> list[TrailItem]:
    """Return themes by name."""
    found = _themes(viewer).filter(id__in=ids).select_related("engagement").order_by("name")
    return [
        TrailItem(
            id=theme.id,
            title=theme.name,
            url=reverse("insight:theme", args=[theme.id]),
            at=theme.created_at,
            note=theme.engagement.title,
        )
        for theme in found[:MOST_ITEMS]
    ]


def forward_to_insights(viewer: Viewer, ids: Any) -> Ids:
    """Return the insights that rest on these themes."""
    found = _insights(viewer).filter(themes__in=ids)
    return found.order_by().values_list("id", flat=True).distinct()


def leap_to_insights(viewer: Viewer, theme_ids: Any, voice_ids: Any) -> Ids:
    """Return the insights that rest on these themes, or quote these voices whether or not they lie in a theme."""
    quoting = Evidence.objects.filter(counting(), voice_id__in=voice_ids).values("insight_id")
    found = _insights(viewer).filter(Q(themes__in=theme_ids) | Q(id__in=quoting))
    return found.order_by().values_list("id", flat=True).distinct()


def leap_back_to_voices(viewer: Viewer, _theme_ids: Any, insight_ids: Any) -> Ids:
    """Return the voices behind these insights: in their themes, or quoted by them."""
    return list_voice_ids(viewer, insight_ids)


def back_from_insights(viewer: Viewer, ids: Any) -> Ids:
    """Return the themes these insights rest on."""
    found = _themes(viewer).filter(insights__in=ids)
    return found.order_by().values_list("id", flat=True).distinct()


def describe_insights(viewer: Viewer, ids: Any) -> list[TrailItem]:
    """Return insights by their statement."""
    found = _insights(viewer).filter(id__in=ids).order_by("-changed_at")
    return [
        TrailItem(
            id=insight.id,
            title=insight.statement,
            url=reverse("insight:insight", args=[insight.id]),
            at=insight.changed_at,
            note=insight.get_kind_display(),
        )
        for insight in found[:MOST_ITEMS]
    ]


def list_voice_ids(viewer: Viewer, insight_ids: Any) -> Ids:
    """Return the voices behind insights the viewer may see, through their themes or as evidence."""
    seen = _insights(viewer).filter(id__in=insight_ids).order_by().values("id")
    return list_voice_ids_behind(seen)


def _themes(viewer: Viewer) -> "QuerySet[Theme, Theme]":
    return Theme.objects.for_viewer(viewer).filter(state=Theme.State.STANDS)


def _insights(viewer: Viewer) -> "QuerySet[Insight, Insight]":
    return Insight.objects.filter(id__in=Insight.objects.for_viewer(viewer).order_by().values("id"))
