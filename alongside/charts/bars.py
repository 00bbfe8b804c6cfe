"""Bars, longest meaning most: a label above each, its number at the end, readable on a phone and in print."""

from collections.abc import Sequence

from alongside.charts.svg import ACCENT, PALE, SOFT, TEAL, fit, number, picture, rectangle, words
from alongside.charts.values import Bar, Chart

WIDTH = 480.0
ROW = 40.0
BAR = 12.0
LABEL_SIZE = 15.0
NUMBER_SIZE = 14.0
NUMBER_ROOM = 86.0


def draw_bars(
    bars: Sequence[Bar], *, key: str, headline: str, summary: str, label_title: str, value_title: str
) -> Chart:
    """Return a bar for each value, on one scale from nought. `key` makes the picture's ids unique on a page.

    Raises ValueError for a value below nought.
    """
    if any(bar.value < 0 for bar in bars):
        raise ValueError("A bar cannot be shorter than nought.")
    longest = max((bar.value for bar in bars), default=0) or 1
    body = "".join(_draw(place, bar, longest) for place, bar in enumerate(bars))
    svg = picture(key, WIDTH, ROW * max(len(bars), 1) + 4, headline, summary, body)
    rows = tuple((bar.label, _shown(bar)) for bar in bars)
    return Chart(svg, headline, summary, (label_title, value_title), rows)


def _draw(place: int, bar: Bar, longest: float) -> str:
    top = place * ROW
    room = WIDTH - NUMBER_ROOM
    length = room * bar.value / longest
    colour = ACCENT if bar.emphasised else TEAL
    pieces = [
        words(0, top + 17, fit(bar.label, WIDTH, LABEL_SIZE), size=LABEL_SIZE),
        rectangle(0, top + 23, room, BAR, PALE, round_=2),
    ]
    if bar.value:
        pieces.append(rectangle(0, top + 23, max(length, 1.5), BAR, colour, round_=2))
    pieces.append(words(WIDTH, top + 34, _shown(bar), size=NUMBER_SIZE, fill=SOFT, bold=True, end=True))
    return "".join(pieces)


def _shown(bar: Bar) -> str:
    if bar.shown is not None:
        return bar.shown
    return f"{bar.value:,.0f}" if float(bar.value).is_integer() else number(bar.value)
