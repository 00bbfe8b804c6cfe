"""What every page's layout needs, and the small shapes its parts are drawn from."""

from alongside.apps.base.presenters.frame import NavItem, layout
from alongside.apps.base.presenters.markup import render_component
from alongside.apps.base.presenters.shapes import (
    Chip,
    Pager,
    TrailStop,
    make_chips,
    make_pager,
    make_trail,
)

__all__ = [
    "Chip",
    "NavItem",
    "Pager",
    "TrailStop",
    "layout",
    "make_chips",
    "make_pager",
    "make_trail",
    "render_component",
]
