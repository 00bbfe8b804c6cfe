"""Values in, accessible SVG out."""

from alongside.charts.bars import draw_bars
from alongside.charts.values import Bar, Chart

__all__ = ["Bar", "Chart", "draw_bars"]
