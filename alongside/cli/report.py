"""The report a team can hand on: one self-contained page, counts by group protected, quotes with their place."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from alongside import __version__
from alongside.charts import Bar, Chart, draw_bars
from alongside.cli.output import count_people
from alongside.cli.sources import Source
from alongside.science.disclosure import protect_count
from alongside.science.values.themes import GroupCount, Quote, Theme, ThemeResult, VoiceText

QUOTES_SHOWN = 3
UNPLACED_SHOWN = 12
GROUPS_SHOWN = 10
HIDDEN_NAMED = 12
NAMED_FIRST = 3
UNPLACED_CHARACTERS = 280
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class QuoteLine:
    """A quote as it is set: the words, and where they stand."""

    text: str
    place: str
    more_before: bool
    more_after: bool


@dataclass(frozen=True)
class GroupLine:
    """One group's protected count within one theme; `width` is per cent of the longest bar."""

    group: str
    words: str
    width: float


@dataclass(frozen=True)
class GroupBlock:
    """One column of groups within one theme: counts that may be shown, then groups whose count is hidden."""

    column: str
    lines: tuple[GroupLine, ...]
    hidden: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class ThemeBlock:
    """One theme on the page."""

    number: int
    name: str
    keywords: tuple[str, ...]
    voices: str
    people: str | None
    share: str | None
    quotes: tuple[QuoteLine, ...]
    groups: tuple[GroupBlock, ...]


@dataclass(frozen=True)
class ReportPage:
    """Everything the page shows."""

    title: str
    lead: str
    source: Source
    result: ThemeResult
    made_on: str
    version: str
    counts: tuple[tuple[str, str, str], ...]
    chart: Chart | None
    narrow_chart: Chart | None
    themes: tuple[ThemeBlock, ...]
    unplaced: tuple[QuoteLine, ...]
    unplaced_count: int
    protected: bool
    deviations: tuple[str, ...]


def render_report(source: Source, result: ThemeResult, by: tuple[GroupCount, ...], *, on: date) -> str:
    """Return the whole page as HTML. Everything people wrote is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("report.html.jinja").render(page=make_page(source, result, by, on=on))


def make_page(source: Source, result: ThemeResult, by: tuple[GroupCount, ...], *, on: date) -> ReportPage:
    """Return what the page shows. With groups, sizes of themes are protected too: else subtraction reveals them."""
    protected = bool(source.columns.by)
    voices = {voice.id: voice for voice in source.voices}
    answered = result.count("placed") + result.count("unplaced")
    unplaced = [
        voice
        for voice, placement in zip(source.voices, result.placements, strict=True)
        if placement.status == "unplaced"
    ]
    return ReportPage(
        title=_title(result, answered),
        lead=_lead(result, protected),
        source=source,
        result=result,
        made_on=f"{on.day} {on:%B %Y}",
        version=__version__,
        counts=_counts(source, result),
        chart=_chart(result, protected, narrow=False),
        narrow_chart=_chart(result, protected, narrow=True),
        themes=tuple(
            _theme_block(number, theme, result, source, by, voices, protected)
            for number, theme in enumerate(result.themes, start=1)
        ),
        unplaced=tuple(_whole(voice, source) for voice in unplaced[:UNPLACED_SHOWN]),
        unplaced_count=len(unplaced),
        protected=protected,
        deviations=(*source.deviations, *result.deviations),
    )


def _title(result: ThemeResult, answered: int) -> str:
    if not answered:
        return "Nobody answered, so there are no themes"
    themes = len(result.themes)
    voices = "1 voice" if answered == 1 else f"{answered:,} voices"
    return f"{voices}, {themes} theme{'' if themes == 1 else 's'}"


def _lead(result: ThemeResult, protected: bool) -> str:
    if not result.themes:
        return "There is nothing to group in this file."
    named = [f"“{theme.name}” ({_size(theme.voices, protected)})" for theme in result.themes[:NAMED_FIRST]]
    return f"Most often: {', '.join(named)}."


def _size(count: int, protected: bool) -> str:
    if not protected:
        return f"{count:,}"
    shown = protect_count(count)
    return shown.words if shown.rounded is None else f"about {shown.words}"


def _counts(source: Source, result: ThemeResult) -> tuple[tuple[str, str, str], ...]:
    people = count_people(source)
    lines = [
        (f"{result.count('placed'):,}", "voices in a theme", "placed"),
        (f"{result.count('unplaced'):,}", "unplaced: please read", "unplaced"),
        (f"{result.count('blank'):,}", "did not answer", "blank"),
    ]
    if people is not None:
        lines.insert(0, (f"{people:,}", "people in the file", "people"))
    return tuple(lines)


def _chart(result: ThemeResult, protected: bool, *, narrow: bool) -> Chart | None:
    if not result.themes:
        return None
    bars = []
    for number, theme in enumerate(result.themes, start=1):
        value = float(theme.voices)
        if protected:
            value = float(protect_count(theme.voices).rounded or 0)
        shown = protect_count(theme.voices).words if protected else None
        bars.append(Bar(f"{number}. {theme.name}", value, shown))
    if not any(bar.value for bar in bars):
        return None  # every size is hidden: there is nothing to draw
    first = result.themes[0]
    return draw_bars(
        bars,
        key="sizes-narrow" if narrow else "sizes",
        headline=f"“{first.name}” is the largest of {len(bars)} theme{'' if len(bars) == 1 else 's'}",
        summary="How many voices stand in each theme, largest first.",
        label_title="Theme",
        value_title="Voices, rounded to 5" if protected else "Voices",
        narrow=narrow,
    )


def _theme_block(
    number: int,
    theme: Theme,
    result: ThemeResult,
    source: Source,
    by: tuple[GroupCount, ...],
    voices: dict[str, VoiceText],
    protected: bool,
) -> ThemeBlock:
    placed = max(result.count("placed"), 1)
    cells: dict[str, list[GroupCount]] = defaultdict(list)
    for cell in by:
        if cell.theme_id == theme.id:
            cells[cell.column].append(cell)
    return ThemeBlock(
        number=number,
        name=theme.name,
        keywords=theme.keywords,
        voices=_size(theme.voices, protected),
        people=None if theme.people is None else _size(theme.people, protected),
        share=_share(theme.voices, placed, protected),
        quotes=tuple(
            _quote_line(quote, voices[quote.voice_id], source) for quote in theme.quotes[:QUOTES_SHOWN]
        ),
        groups=tuple(_group_block(column, counts) for column, counts in cells.items()),
    )


def _share(count: int, total: int, protected: bool) -> str | None:
    """Return a share in per cent; of the protected count, so that it tells no more than the count does."""
    if protected:
        rounded = protect_count(count).rounded
        if rounded is None:
            return None
        count = min(rounded, total)
    share = 100 * count / total
    return "under 1%" if share < 1 else f"{share:.0f}%"


def _group_block(column: str, counts: list[GroupCount]) -> GroupBlock:
    protected = [(protect_count(cell.voices), cell.group) for cell in counts]
    shown = sorted(
        ((count.rounded, group) for count, group in protected if count.rounded), key=_largest_first
    )
    hidden = sorted(group for count, group in protected if count.rounded is None)
    longest = shown[0][0] if shown else 1
    lines = tuple(
        GroupLine(group, f"{rounded:,}", round(100 * rounded / longest, 1))
        for rounded, group in shown[:GROUPS_SHOWN]
    )
    more = max(len(shown) - GROUPS_SHOWN, 0) + max(len(hidden) - HIDDEN_NAMED, 0)
    return GroupBlock(column, lines, tuple(hidden[:HIDDEN_NAMED]), more)


def _largest_first(line: tuple[int, str]) -> tuple[int, str]:
    return -line[0], line[1]


def _quote_line(quote: Quote, voice: VoiceText, source: Source) -> QuoteLine:
    return QuoteLine(
        quote.text,
        _place(voice, source),
        more_before=bool(voice.text[: quote.start].strip()),
        more_after=bool(voice.text[quote.end :].strip()),
    )


def _whole(voice: VoiceText, source: Source) -> QuoteLine:
    text = voice.text.strip()
    return QuoteLine(
        text[:UNPLACED_CHARACTERS], _place(voice, source), False, len(text) > UNPLACED_CHARACTERS
    )


def _place(voice: VoiceText, source: Source) -> str:
    if source.kind == "transcript":
        return f"{voice.person or 'Speaker not named'}, turn {voice.id}"
    return voice.id if source.columns.id_ else f"row {voice.id}"
