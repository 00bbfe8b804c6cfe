"""Shares of a whole: stacked bars by year, and one dot for each of many against a line that should not be passed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.charts.svg import ACCENT, INK, PALE, SOFT, TEAL, clean, fit, number, picture, rectangle, words
from alongside.charts.values import Chart, Level, Said, ShareDot, SharePart, ShareRow

# Named funders after the emphasised one, each lighter than the one before; the last stands for all that follow.
TINTS = ("#4f9aa0", "#86b8bb", "#b3d2d3")
REST = "#e9e4da"
EDGE = "#fbf8f3"
AXES = (0.2, 0.4, 0.6, 0.8, 1.0)  # a quarter of each is a whole number of per cent
SMALL = 12.5  # the size of words beside the picture itself


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
    is_narrow: bool = False


BESIDE = Layout(760, 46, 196, 205, 485, 25, 8, 26, 14.5)
ABOVE = Layout(360, 66, 350, 0, 298, 18, 27, 28, 15, is_narrow=True)
DOTS_BESIDE = Layout(760, 32, 256, 270, 400, 20, 16, 0, 14.5)
DOTS_ABOVE = Layout(360, 50, 350, 8, 285, 17, 34, 0, 15, is_narrow=True)


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
    fills = _choose_fills(rows)
    body = "".join(
        _bar(top + place * layout.row, row, whole, layout, fills, level) for place, row in enumerate(rows)
    )
    body += _axis(bottom, whole, layout)
    if level is not None:
        body += _level(top, len(rows), level, whole, layout)
    key_to_colours, height = _key(bottom + 46, fills, layout)
    return _whole(key, layout.width, height, said, body + key_to_colours)


def _choose_fills(rows: Sequence[ShareRow]) -> dict[str, str]:
    """Return a colour for each name in order: the emphasised one, the largest over all rows, the rest."""
    totals: dict[str, float] = {}
    kinds: dict[str, SharePart] = {}
    for part in (one for row in rows for one in row.parts):
        totals[part.name] = totals.get(part.name, 0) + part.share
        kinds[part.name] = part
    order = sorted(
        totals, key=lambda name: (not kinds[name].emphasised, kinds[name].is_rest, -totals[name], name)
    )
    tints = iter(range(len(order)))
    return {
        name: TEAL
        if kinds[name].emphasised
        else REST
        if kinds[name].is_rest
        else TINTS[min(next(tints), len(TINTS) - 1)]
        for name in order
    }


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
    body = _axis(bottom, whole, layout) + _level(top, max(len(dots), 1), level, whole, layout)
    body += "".join(
        _dot(top + place * layout.row, one, whole, level.share, layout) for place, one in enumerate(dots)
    )
    return _whole(key, layout.width, bottom + 26, said, body)


def _whole(key: str, width: float, height: float, said: Said, body: str) -> Chart:
    svg = picture(key, width, height, said.headline, said.summary, body)
    return Chart(svg, said.headline, said.summary, said.columns, said.rows)


def _bar(
    top: float, row: ShareRow, whole: float, layout: Layout, fills: Mapping[str, str], level: Level | None
) -> str:
    y = top + layout.bar_y
    label = words(0, top + layout.text_y, fit(row.label, layout.label_room, layout.size), size=layout.size)
    if not row.parts:
        return label + _empty(y, row.note, whole, layout, level)
    pieces, left = [label], layout.left
    # What stands in every row in the same order can be followed from year to year.
    for part in sorted(row.parts, key=lambda one: list(fills).index(one.name)):
        length = layout.room * part.share / whole
        pieces.append(_segment(left, y, length, fills[part.name], part.words, layout))
        left += length
    return "".join([*pieces, _end(top, row, layout)])


def _empty(y: float, note: str, whole: float, layout: Layout, level: Level | None) -> str:
    """Return a dashed bar with the reason why there are no shares, its words clear of the line."""
    width = layout.room / whole
    line = layout.left + layout.room * level.share / whole if level is not None else layout.left
    start = line + 10 if line < layout.left + width / 2 else layout.left + 10
    place = f'x="{number(layout.left + 0.5)}" y="{number(y)}" width="{number(width - 1)}"'
    dashed = f'stroke="{SOFT}" stroke-width="1" stroke-dasharray="4 4"'
    said = fit(note, layout.left + width - start, layout.size)
    return (
        f'<rect {place} height="{number(layout.bar_height)}" fill="none" {dashed}/>'
        f"{words(start, y + layout.bar_height * 0.68, said, size=layout.size, fill=SOFT)}"
    )


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
            f'<text x="{number(x)}" y="{number(bottom + 19)}" font-size="{SMALL}" fill="{SOFT}" '
            f'text-anchor="{"middle" if quarter else "start"}">{number(round(share))} %</text>'
        )
    return "".join(pieces)


def _level(top: float, rows: int, level: Level, whole: float, layout: Layout) -> str:
    """Return the dashed line that should not be passed, its words at its top, on the side with more room.

    On a phone the line stands beside each bar only, so that it crosses no label.
    """
    x = layout.left + layout.room * level.share / whole
    spans = [(top - 8, top + layout.row * rows)]
    if layout.is_narrow:
        starts = [top + place * layout.row + layout.bar_y for place in range(rows)]
        spans = [(start - 5, start + layout.bar_height + 6) for start in starts]
    lines = "".join(
        f'<line x1="{number(x)}" y1="{number(start)}" x2="{number(x)}" y2="{number(end)}" stroke="{ACCENT}" '
        'stroke-width="1.5" stroke-dasharray="5 4"/>'
        for start, end in spans
    )
    to_left = x > layout.left + layout.room / 2
    anchor, place = ("end", x - 6) if to_left else ("start", x + 6)
    label = (
        f'<text x="{number(place)}" y="{number(top - 8 if layout.is_narrow else top - 4)}" font-size="{SMALL}" '
        f'fill="{ACCENT}" font-weight="600" text-anchor="{anchor}">{clean(level.words)}</text>'
    )
    return lines + label


def _key(top: float, fills: Mapping[str, str], layout: Layout) -> tuple[str, float]:
    """Return squares with the names of the colours, as many a line as fit, and where they end."""
    pieces, left, y = [], 0.0, top
    for name, fill in fills.items():
        shown = fit(name, layout.width - 22, SMALL)
        width = 22 + len(shown) * SMALL * 0.56 + 16
        if left and left + width > layout.width:
            left, y = 0.0, y + 20
        pieces.append(rectangle(left, y - 10, 12, 12, fill, round_=2))
        pieces.append(words(left + 18, y, shown, size=SMALL, fill=SOFT))
        left += width
    return "".join(pieces), (y + 10 if fills else top - 20)
