"""Themes and insights, found by words."""

from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.queries.insights import InsightFilter, list_insights
from alongside.apps.insight.queries.themes import ThemeFilter, list_themes
from alongside.science.values.trail import SearchHit


def search_themes(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return the standing themes in which every word stands."""
    if not words.split():
        return []
    found = list_themes(viewer, ThemeFilter(words=words)).select_related("engagement")
    return [
        SearchHit("theme", theme.name, reverse("insight:theme", args=[theme.id]), theme.engagement.title)
        for theme in found[:limit]
    ]


def search_insights(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return the insights in which every word stands."""
    if not words.split():
        return []
    found = list_insights(viewer, InsightFilter(words=words))
    return [
        SearchHit(
            kind=insight.kind,
            title=insight.statement,
            url=reverse("insight:insight", args=[insight.id]),
            excerpt=insight.limits[:160],
            on=insight.changed_at.date(),
        )
        for insight in found[:limit]
    ]
