"""Reads of the insight room; rooms above get frozen values from here."""

from alongside.apps.insight.queries.decisions import DecisionLine, DissentLine, list_decisions
from alongside.apps.insight.queries.exports import (
    count_evidence,
    export_evidence,
    export_insights,
    export_themes,
    make_report_pdf,
)
from alongside.apps.insight.queries.insights import (
    ANSWERS,
    CONFIRMED,
    KINDS,
    STATES,
    InsightFilter,
    InsightLine,
    InsightPage,
    get_insight,
    get_insight_page,
    list_evidence,
    list_insights,
    list_insights_by_ids,
    make_lines,
)
from alongside.apps.insight.queries.looking import LostQuote, get_lost_quote, list_lost_quotes
from alongside.apps.insight.queries.overview import OverviewLine, list_overview
from alongside.apps.insight.queries.quotes import QuoteView
from alongside.apps.insight.queries.reviews import OpenItem, Review, ReviewItem, get_open_item, get_review
from alongside.apps.insight.queries.runs import get_latest_run
from alongside.apps.insight.queries.strength import (
    Strength,
    get_strength,
    list_engagements_behind,
    list_speaker_ids_behind,
)
from alongside.apps.insight.queries.themes import (
    ThemeFilter,
    ThemeLine,
    ThemePage,
    get_theme_page,
    list_theme_choices,
    list_themes,
    make_theme_lines,
)
from alongside.apps.insight.queries.trail import list_voice_ids
from alongside.apps.insight.queries.voices import (
    VoicesToRead,
    list_insight_voices,
    list_item_voices,
    list_unplaced,
)

__all__ = [
    "ANSWERS",
    "CONFIRMED",
    "KINDS",
    "STATES",
    "DecisionLine",
    "DissentLine",
    "InsightFilter",
    "InsightLine",
    "InsightPage",
    "LostQuote",
    "OpenItem",
    "OverviewLine",
    "QuoteView",
    "Review",
    "ReviewItem",
    "Strength",
    "ThemeFilter",
    "ThemeLine",
    "ThemePage",
    "VoicesToRead",
    "count_evidence",
    "export_evidence",
    "export_insights",
    "export_themes",
    "get_insight",
    "get_insight_page",
    "get_latest_run",
    "get_lost_quote",
    "get_open_item",
    "get_review",
    "get_strength",
    "get_theme_page",
    "list_decisions",
    "list_engagements_behind",
    "list_evidence",
    "list_insight_voices",
    "list_insights",
    "list_insights_by_ids",
    "list_item_voices",
    "list_lost_quotes",
    "list_overview",
    "list_speaker_ids_behind",
    "list_theme_choices",
    "list_themes",
    "list_unplaced",
    "list_voice_ids",
    "make_lines",
    "make_report_pdf",
    "make_theme_lines",
]
