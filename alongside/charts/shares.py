"""Shares of a whole: stacked bars by year, and one dot for each of many against a line that should not be passed."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.charts.svg import ACCENT, INK, PALE, SOFT, TEAL, clean, fit, number, picture, rectangle, words
from alongside.charts.values import Chart, Level, Said, ShareDot, ShareRow

# Named funders after the emphasised one, each lighter than the one before; the last stands for all that follow.
TINTS = ("#4f9aa0", "#86b8bb", "#b3d2d3")
REST = "#e9e4da"
EDGE = "#fbf8f3"
AXES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Layout:
    """Where the pieces of one row stand, in the units of the picture."""

    width: float
    row: float
    label_room: float
    left: float
    room: float
    text_y: float
    bar_y: float
    bar_height: float
    size: float


BESIDE = Layout(760, 46, 178, 190, 500, 25, 8, 26, 14.5)
ABOVE = Layout(480, 66, 400, 0, 408, 18, 27, 28, 16)
DOTS_BESIDE = Layout(760, 32, 256, 270, 400, 20, 16, 0, 14.5)
DOTS_ABOVE = Layout(480, 50, 400, 8, 390, 17, 34, 0, 16)


def draw_share_bars(
    rows: Sequence[ShareRow], *, key: str, said: Said, level: Level | None = None, narrow: bool = False
) -> Chart:
    """Return a bar for each row, from nought to the whole, cut into its shares; a row without shares says why.

    Shares are 0 to 1 and may add up to more than the whole: then the bar is as long as they are, and all others shrink.
    `key` makes the picture's ids unique on a page. Raises ValueError for a share below nought.
    """
    if any(one.share < 0 for row in rows for one in row.parts):
        raise ValueError("A share cannot be below nought.")
    layout = ABOVE if narrow else BESIDE
    whole = max([1.0, *(sum(one.share for one in row.parts) for row in rows)])
    top = 26.0 if level is not None else 4.0
    bottom = top + layout.row * max(len(rows), 1)
    body = "".join(_bar(top + place * layout.row, row, whole, layout) for place, row in enumerate(rows))
    body += _axis(bottom, whole, layout)
    if level is not None:
        body += _level(top - 8, bottom, level, whole, layout)
    return _whole(key, layout.width, bottom + 26, said, body)


def draw_share_dots(
    dots: Sequence[ShareDot], *, key: str, said: Said, level: Level, narrow: bool = False
) -> Chart:
    """Return a dot for each, on one scale from nought, with a line at `level`; from there on it is a square.

    Raises ValueError for a share below nought.
    """
    if any(one.share < 0 for one in dots):
        raise ValueError("A share cannot be below nought.")
    layout = DOTS_ABOVE if narrow else DOTS_BESIDE
    most = max([level.share * 1.2, *(one.share for one in dots)])
    whole = next((one for one in AXES if one >= most), most)
    top = 26.0
    bottom = top + layout.row * max(len(dots), 1)
    body = _axis(bottom, whole, layout) + _level(top - 8, bottom, level, whole, layout)
    body += "".join(
        _dot(top + place * layout.row, one, whole, level.share, layout) for place, one in enumerate(dots)
    )
    return _whole(key, layout.width, bottom + 26, said, body)


def _whole(key: str, width: float, height: float, said: Said, body: str) -> Chart:
    svg = picture(key, width, height, said.headline, said.summary, body)
    return Chart(svg, said.headline, said.summary, said.columns, said.rows)


def _bar(top: float, row: ShareRow, whole: float, layout: Layout) -> str:
    y = top + layout.bar_y
    pieces = [words(0, top + layout.text_y, fit(row.label, layout.label_room, layout.size), size=layout.size)]
    if not row.parts:
        width = layout.room / whole
        dashed = f'stroke="{SOFT}" stroke-width="1" stroke-dasharray="4 4"'
        place = f'x="{number(layout.left + 0.5)}" y="{number(y)}" width="{number(width - 1)}"'
        pieces.append(f'<rect {place} height="{number(layout.bar_height)}" fill="none" {dashed}/>')
        note = fit(row.note, width - 20, layout.size)
        pieces.append(
            words(layout.left + 10, y + layout.bar_height * 0.68, note, size=layout.size, fill=SOFT)
        )
        return "".join(pieces)
    left, tint = layout.left, 0
    for part in row.parts:
        length = layout.room * part.share / whole
        fill = TEAL if part.emphasised else REST if part.is_rest else TINTS[min(tint, len(TINTS) - 1)]
        tint += 0 if part.emphasised or part.is_rest else 1
        pieces.append(_segment(left, y, length, fill, part.words, layout))
        left += length
    return "".join([*pieces, _end(top, row, layout)])


def _segment(left: float, y: float, length: float, fill: str, said: str, layout: Layout) -> str:
    if length <= 0:
        return ""
    drawn = rectangle(left, y, max(length, 1.5), layout.bar_height, fill)
    edge = f'<rect x="{number(left)}" y="{number(y)}" width="1" height="{number(layout.bar_height)}" fill="{EDGE}"/>'
    room = length - 12
    shown = said if said and len(said) * layout.size * 0.56 <= room else ""
    ink = "#ffffff" if fill == TEAL else INK
    label = (
        words(left + 7, y + layout.bar_height * 0.68, shown, size=layout.size - 1, fill=ink) if shown else ""
    )
    return drawn + edge + label


def _end(top: float, row: ShareRow, layout: Layout) -> str:
    return words(
        layout.width,
        top + layout.bar_y + layout.bar_height * 0.7,
        row.note,
        size=layout.size,
        fill=TEAL,
        bold=True,
        end=True,
    )


def _dot(top: float, one: ShareDot, whole: float, level: float, layout: Layout) -> str:
    y, x = top + layout.bar_y, layout.left + layout.room * one.share / whole
    is_above = one.share >= level
    thread = f'<rect x="{number(layout.left)}" y="{number(y - 1)}" width="{number(max(x - layout.left, 0))}"'
    pieces = [
        words(0, top + layout.text_y, fit(one.label, layout.label_room, layout.size), size=layout.size),
        f'{thread} height="2" fill="{ACCENT if is_above else PALE}"/>',
        rectangle(x - 6, y - 6, 12, 12, ACCENT)
        if is_above
        else f'<circle cx="{number(x)}" cy="{number(y)}" r="6" fill="{TEAL}"/>',
        words(
            layout.width,
            y + 5,
            one.shown,
            size=layout.size,
            fill=ACCENT if is_above else SOFT,
            bold=is_above,
            end=True,
        ),
    ]
    return "".join(pieces)


def _axis(bottom: float, whole: float, layout: Layout) -> str:
    pieces = []
    for quarter in range(5):
        x = layout.left + layout.room * quarter / 4
        share = 100 * whole * quarter / 4
        pieces.append(rectangle(x - 0.5 if quarter else x, bottom, 1, 5, SOFT))
        pieces.append(
            f'<text x="{number(x)}" y="{number(bottom + 19)}" font-size="12.5" fill="{SOFT}" '
            f'text-anchor="{"middle" if quarter else "start"}">{number(round(share, 1))} %</text>'
        )
    return "".join(pieces)


def _level(top: float, bottom: float, level: Level, whole: float, layout: Layout) -> str:
    """Return the dashed line that should not be passed, its words beside its top, on the side with more room."""
    x = layout.left + layout.room * level.share / whole
    line = (
        f'<line x1="{number(x)}" y1="{number(top)}" x2="{number(x)}" y2="{number(bottom)}" stroke="{ACCENT}" '
        'stroke-width="1.5" stroke-dasharray="5 4"/>'
    )
    to_left = x > layout.left + layout.room / 2
    anchor, place = ("end", x - 6) if to_left else ("start", x + 6)
    label = (
        f'<text x="{number(place)}" y="{number(top + 4)}" font-size="12.5" fill="{ACCENT}" font-weight="600" '
        f'text-anchor="{anchor}">{clean(level.words)}</text>'
    )
    return line + label
