"""What every page's layout needs, and the small shapes its parts are drawn from."""

from alongside.apps.base.presenters.fields import list_errors, render_error_summary, render_field
from alongside.apps.base.presenters.frame import NavItem, find_url, layout
from alongside.apps.base.presenters.markup import keep_web_address, render_component
from alongside.apps.base.presenters.shapes import (
    Chip,
    DayGroup,
    Pager,
    group_day,
    make_chips,
    make_pager,
    tone_class,
)

__all__ = [
    "Chip",
    "DayGroup",
    "NavItem",
    "Pager",
    "find_url",
    "group_day",
    "keep_web_address",
    "layout",
    "list_errors",
    "make_chips",
    "make_pager",
    "render_component",
    "render_error_summary",
    "render_field",
    "tone_class",
]
