"""Words, pictures and next steps for pages about actions."""

from alongside.apps.actions.presenters.lists import FILTER_NAMES, draw_filters, export_rows, state_tone
from alongside.apps.actions.presenters.picture import Segment, draw_progress
from alongside.apps.actions.presenters.reading import ReadingHint, get_reading_hints
from alongside.apps.actions.presenters.steps import NextStep, get_next_step

__all__ = [
    "FILTER_NAMES",
    "NextStep",
    "ReadingHint",
    "Segment",
    "draw_filters",
    "draw_progress",
    "export_rows",
    "get_next_step",
    "get_reading_hints",
    "state_tone",
]
