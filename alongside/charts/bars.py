"""Bars, longest meaning most: label and number beside each, or, on a phone, the label above."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.charts.svg import ACCENT, PALE, SOFT, TEAL, fit, number, picture, rectangle, words
from alongside.charts.values import Bar, Chart


@dataclass(frozen=True)
class Layout:
    """Where the pieces of one row stand, in the units of the picture; `text_y`, `bar_y`, `number_y` from its top."""

    width: float
    row: float
    label_room: float
    bar_left: float
    bar_room: float
    bar_height: float
    text_y: float
    bar_y: float
    number_y: float
    size: float


BESIDE = Layout(760, 25, 330, 332, 348, 13, 17, 6, 17, 14.5)
ABOVE = Layout(480, 40, 480, 0, 394, 12, 17, 23, 34, 15)


def draw_bars(
    bars: Sequence[Bar],
    *,
    key: str,
    headline: str,
    summary: str,
    label_title: str,
    value_title: str,
    narrow: bool = False,
) -> Chart:
    """Return a bar for each value, on one scale from nought.

    `key` makes the picture's ids unique on a page. `narrow` is for a phone: labels stand above the bars.
    Raises ValueError for a value below nought.
    """
    if any(bar.value < 0 for bar in bars):
        raise ValueError("A bar cannot be shorter than nought.")
    layout = ABOVE if narrow else BESIDE
    longest = max((bar.value for bar in bars), default=0) or 1
    body = "".join(_draw(place * layout.row, bar, longest, layout) for place, bar in enumerate(bars))
    svg = picture(key, layout.width, layout.row * max(len(bars), 1) + 4, headline, summary, body)
    rows = tuple((bar.label, _shown(bar)) for bar in bars)
    return Chart(svg, headline, summary, (label_title, value_title), rows)


def _draw(top: float, bar: Bar, longest: float, layout: Layout) -> str:
    left, y = layout.bar_left, top + layout.bar_y
    pieces = [
        words(0, top + layout.text_y, fit(bar.label, layout.label_room, layout.size), size=layout.size),
        rectangle(left, y, layout.bar_room, layout.bar_height, PALE, round_=2),
    ]
    if bar.value:
        length = max(layout.bar_room * bar.value / longest, 1.5)
        colour = ACCENT if bar.emphasised else TEAL
        pieces.append(rectangle(left, y, length, layout.bar_height, colour, round_=2))
    end = top + layout.number_y
    pieces.append(words(layout.width, end, _shown(bar), size=layout.size, fill=SOFT, bold=True, end=True))
    return "".join(pieces)


def _shown(bar: Bar) -> str:
    if bar.shown is not None:
        return bar.shown
    return f"{bar.value:,.0f}" if float(bar.value).is_integer() else number(bar.value)
