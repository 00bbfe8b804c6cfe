"""Values in, accessible SVG out."""

from alongside.charts.bars import draw_bars
from alongside.charts.shares import draw_share_bars, draw_share_dots
from alongside.charts.values import Bar, Chart, Level, Said, ShareDot, SharePart, ShareRow

__all__ = [
    "Bar",
    "Chart",
    "Level",
    "Said",
    "ShareDot",
    "SharePart",
    "ShareRow",
    "draw_bars",
    "draw_share_bars",
    "draw_share_dots",
]
