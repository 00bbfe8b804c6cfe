"""Reads of the insight room."""

from alongside.apps.insight.queries.decisions import DecisionLine, DissentLine, list_decisions
from alongside.apps.insight.queries.overview import OverviewLine, list_overview
from alongside.apps.insight.queries.quotes import QuoteView
from alongside.apps.insight.queries.reviews import OpenItem, Review, ReviewItem, get_open_item, get_review
from alongside.apps.insight.queries.runs import get_latest_run
from alongside.apps.insight.queries.voices import VoicesToRead, list_item_voices, list_unplaced

__all__ = [
    "DecisionLine",
    "DissentLine",
    "OpenItem",
    "OverviewLine",
    "QuoteView",
    "Review",
    "ReviewItem",
    "VoicesToRead",
    "get_latest_run",
    "get_open_item",
    "get_review",
    "list_decisions",
    "list_item_voices",
    "list_overview",
    "list_unplaced",
]
