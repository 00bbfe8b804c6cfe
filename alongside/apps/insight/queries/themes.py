"""Themes that stand, across engagements, and one theme with all that belongs beside it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import get_engagement
from alongside.apps.insight.models import Theme, counting
from alongside.apps.insight.queries.decisions import (
    DecisionLine,
    DissentLine,
    list_dissents,
    list_theme_decisions,
)
from alongside.apps.insight.queries.insights import InsightLine, list_insights, make_lines
from alongside.apps.insight.queries.quotes import QuoteView
from alongside.apps.insight.queries.reviews import list_theme_quotes
from alongside.apps.insight.queries.strength import Strength, get_theme_strength


@dataclass(frozen=True)
class ThemeFilter:
    """Which themes somebody wants to see; "" and None mean all."""

    words: str = ""
    engagement_id: UUID | None = None
    used: str = ""


@dataclass(frozen=True)
class ThemeLine:
    """A theme in a list. `people` is 0 where nobody knows who spoke."""

    id: UUID
    name: str
    engagement_id: UUID
    engagement: str
    keywords: tuple[str, ...]
    voices: int
    people: int
    insights: int
    created_at: datetime

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("insight:theme", args=[self.id])


@dataclass(frozen=True)
class ThemePage:
    """One theme with its words, its decisions, its dissent and what rests on it."""

    line: ThemeLine
    description: str
    state: str
    merged_into: ThemeLine | None
    quotes: tuple[QuoteView, ...]
    strength: Strength
    history: tuple[DecisionLine, ...]
    dissents: tuple[DissentLine, ...]
    insights: tuple[InsightLine, ...]


def list_themes(viewer: Viewer, wanted: ThemeFilter | None = None) -> "QuerySet[Theme, Theme]":
    """Return the standing themes a viewer may see that match a filter, largest first, as a query to be paged."""
    wanted = wanted or ThemeFilter()
    found = Theme.objects.for_viewer(viewer).filter(state=Theme.State.STANDS)
    for word in wanted.words.split():
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    if wanted.engagement_id:
        found = found.filter(engagement_id=wanted.engagement_id)
    if wanted.used:
        found = found.filter(insights__isnull=wanted.used == "no").distinct()
    return _with_sizes(found).order_by(F("lying").desc(), "name", "id")


def make_theme_lines(found: "QuerySet[Theme, Theme]") -> list[ThemeLine]:
    """Return lines for themes that carry their sizes."""
    return [_as_line(theme) for theme in found.select_related("engagement")]


def get_theme_page(viewer: Viewer, theme_id: UUID) -> ThemePage | None:
    """Return one theme with everything beside it; None where it is not the viewer's to see."""
    found = _with_sizes(Theme.objects.for_viewer(viewer).filter(id=theme_id))
    theme = found.select_related("engagement", "proposed_theme", "merged_into").first()
    if theme is None:
        return None
    into = Theme.objects.for_viewer(viewer).filter(merged_from=theme).select_related("engagement").first()
    return ThemePage(
        line=_as_line(theme),
        description=theme.description,
        state=theme.state,
        merged_into=_as_line(into) if into else None,
        quotes=list_theme_quotes(viewer, theme),
        strength=get_theme_strength(theme.id),
        history=tuple(list_theme_decisions(viewer, theme)),
        dissents=tuple(list_dissents(viewer, theme_id=theme.id)),
        insights=tuple(make_lines(list_insights(viewer).filter(themes=theme))),
    )


def list_theme_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Return every standing theme with its engagement, to choose from."""
    found = Theme.objects.for_viewer(viewer).filter(state=Theme.State.STANDS).select_related("engagement")
    return [(str(theme.id), f"{theme.name} ({theme.engagement.title})") for theme in found]


def get_engagement_title(viewer: Viewer, engagement_id: UUID) -> str:
    """Return an engagement's title, or nothing where it is not the viewer's to see."""
    engagement = get_engagement(viewer, engagement_id)
    return engagement.title if engagement else ""


def _with_sizes(found: "QuerySet[Theme, Theme]") -> "QuerySet[Theme, Theme]":
    counts = counting("placements__voice")
    return found.annotate(
        lying=Count("placements", filter=counts, distinct=True),
        persons=Count("placements__voice__speaker", filter=counts, distinct=True),
        resting=Count("insights", distinct=True),
    )


def _as_line(theme: Theme) -> ThemeLine:
    return ThemeLine(
        id=theme.id,
        name=theme.name,
        engagement_id=theme.engagement_id,
        engagement=theme.engagement.title,
        keywords=tuple(theme.keywords),
        voices=getattr(theme, "lying", 0),
        people=getattr(theme, "persons", 0),
        insights=getattr(theme, "resting", 0),
        created_at=theme.created_at,
    )
