"""The report a team can hand on: one self-contained page, counts by group protected, quotes with their place."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from alongside import __version__
from alongside.charts import Bar, Chart, draw_bars
from alongside.cli.numbers import BLANK, NOT_FOR_RELEASE, PLACED, UNPLACED, Numbers, cell_key, theme_key
from alongside.cli.output import count_people
from alongside.cli.sources import Source
from alongside.science.disclosure import HIDDEN
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
    """One group's count within one theme; `width` is per cent of the longest bar."""

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
    unplaced_words: str
    more_unplaced: bool
    banner: str
    deviations: tuple[str, ...]


def render_report(
    source: Source, result: ThemeResult, by: tuple[GroupCount, ...], numbers: Numbers, *, on: date
) -> str:
    """Return the whole page as HTML. Everything people wrote is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("report.html.jinja").render(
        page=make_page(source, result, by, numbers, on=on)
    )


def make_page(
    source: Source, result: ThemeResult, by: tuple[GroupCount, ...], numbers: Numbers, *, on: date
) -> ReportPage:
    """Return what the page shows. Totals are written as their parts are: else subtraction reveals the parts."""
    voices = {voice.id: voice for voice in source.voices}
    answered = result.count("placed") + result.count("unplaced")
    unplaced = [
        voice
        for voice, placement in zip(source.voices, result.placements, strict=True)
        if placement.status == "unplaced"
    ]
    return ReportPage(
        title=_title(result, answered, numbers),
        lead=_lead(result, numbers),
        source=source,
        result=result,
        made_on=f"{on.day} {on:%B %Y}",
        version=__version__,
        counts=_counts(source, result, numbers),
        chart=_chart(result, numbers, narrow=False),
        narrow_chart=_chart(result, numbers, narrow=True),
        themes=tuple(
            _theme_block(number, theme, result, source, by, voices, numbers)
            for number, theme in enumerate(result.themes, start=1)
        ),
        unplaced=tuple(_whole(voice, source) for voice in unplaced[:UNPLACED_SHOWN]),
        unplaced_words=_say_unplaced(len(unplaced), numbers),
        more_unplaced=len(unplaced) > UNPLACED_SHOWN,
        banner="" if numbers.protected else NOT_FOR_RELEASE,
        deviations=(*source.deviations, *result.deviations),
    )


def _title(result: ThemeResult, answered: int, numbers: Numbers) -> str:
    if not answered:
        return "Nobody answered, so there are no themes"
    themes = len(result.themes)
    voices = "1 voice" if numbers.words(answered) == "1" else f"{numbers.about(answered)} voices"
    return f"{voices[0].upper()}{voices[1:]}, {themes} theme{'' if themes == 1 else 's'}"


def _lead(result: ThemeResult, numbers: Numbers) -> str:
    if not result.themes:
        return "There is nothing to group in this file."
    named = [
        f"“{theme.name}” ({numbers.about(theme.voices, theme_key(theme.id, 'voices'))})"
        for theme in result.themes[:NAMED_FIRST]
    ]
    return f"Most often: {', '.join(named)}."


def _say_unplaced(count: int, numbers: Numbers) -> str:
    if not count:
        return ""
    one = numbers.words(count, UNPLACED) == "1"
    return f"{numbers.about(count, UNPLACED)} {'voice fits' if one else 'voices fit'} no theme well.".capitalize()


def _counts(source: Source, result: ThemeResult, numbers: Numbers) -> tuple[tuple[str, str, str], ...]:
    people = count_people(source)
    lines = [
        (numbers.words(result.count("placed"), PLACED), "voices in a theme", "placed"),
        (numbers.words(result.count("unplaced"), UNPLACED), "unplaced: please read", "unplaced"),
        (numbers.words(result.count("blank"), BLANK), "did not answer", "blank"),
    ]
    if people is not None:
        lines.insert(0, (numbers.words(people), "people in the file", "people"))
    return tuple(lines)


def _chart(result: ThemeResult, numbers: Numbers, *, narrow: bool) -> Chart | None:
    if not result.themes:
        return None
    bars = []
    for number, theme in enumerate(result.themes, start=1):
        shown = numbers.value(theme.voices, theme_key(theme.id, "voices"))
        length = float(shown) if isinstance(shown, int) else 0.0
        bars.append(
            Bar(f"{number}. {theme.name}", length, numbers.words(theme.voices, theme_key(theme.id, "voices")))
        )
    if not any(bar.value for bar in bars):
        return None  # every size is hidden: there is nothing to draw
    first = result.themes[0]
    return draw_bars(
        bars,
        key="sizes-narrow" if narrow else "sizes",
        headline=f"“{first.name}” is the largest of {len(bars)} theme{'' if len(bars) == 1 else 's'}",
        summary="How many voices stand in each theme, largest first.",
        label_title="Theme",
        value_title="Voices, rounded to 5" if numbers.protected else "Voices",
        narrow=narrow,
    )


def _theme_block(
    number: int,
    theme: Theme,
    result: ThemeResult,
    source: Source,
    by: tuple[GroupCount, ...],
    voices: dict[str, VoiceText],
    numbers: Numbers,
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
        voices=numbers.about(theme.voices, theme_key(theme.id, "voices")),
        people=None if theme.people is None else numbers.about(theme.people, theme_key(theme.id, "people")),
        share=numbers.share(theme.voices, placed, theme_key(theme.id, "voices")),
        quotes=tuple(
            _quote_line(quote, voices[quote.voice_id], source) for quote in theme.quotes[:QUOTES_SHOWN]
        ),
        groups=tuple(_group_block(column, counts, numbers) for column, counts in cells.items()),
    )


def _group_block(column: str, counts: list[GroupCount], numbers: Numbers) -> GroupBlock:
    cells = [(numbers.value(cell.voices, cell_key(cell, "voices")), cell.group) for cell in counts]
    counted = sorted(
        ((count, group) for count, group in cells if isinstance(count, int) and count), key=_largest_first
    )
    at_least = sorted((count, group) for count, group in cells if isinstance(count, str) and count != HIDDEN)
    hidden = sorted(group for count, group in cells if count == HIDDEN)
    longest = counted[0][0] if counted else 1
    shown = [
        *(GroupLine(group, f"{count:,}", round(100 * count / longest, 1)) for count, group in counted),
        *(GroupLine(group, words, 0.0) for words, group in at_least),
    ]
    lines = tuple(shown[:GROUPS_SHOWN])
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
