"""Words and shapes for the pages of the engagement room."""

from alongside.apps.engagement.presenters.lists import SelectItem, make_items
from alongside.apps.engagement.presenters.places import (
    FACT_LABELS,
    describe_facts,
    describe_place,
    describe_uses,
    list_covered,
)
from alongside.apps.engagement.presenters.rows import list_voice_columns, make_voice_rows
from alongside.apps.engagement.presenters.texts import draw_plain_markdown, list_text_choices

__all__ = [
    "FACT_LABELS",
    "SelectItem",
    "describe_facts",
    "describe_place",
    "describe_uses",
    "draw_plain_markdown",
    "list_covered",
    "list_text_choices",
    "list_voice_columns",
    "make_items",
    "make_voice_rows",
]
