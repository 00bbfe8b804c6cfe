"""The work behind `alongside themes`: the engine, the groups, the three files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from alongside.cli.numbers import Disclosure, Numbers, make_numbers
from alongside.cli.output import as_json, make_document, write_together, write_voices
from alongside.cli.report import render_report
from alongside.cli.sources import Source
from alongside.science.themes import count_by_group, find_themes
from alongside.science.values.themes import GroupCount, ThemeResult, ThemeSettings


@dataclass(frozen=True)
class Work:
    """What was found, ready to be shown or written."""

    source: Source
    result: ThemeResult
    by: tuple[GroupCount, ...]
    document: dict[str, Any]
    numbers: Numbers


def find(source: Source, *, themes: int | None, disclosure: Disclosure) -> Work:
    """Return the themes of a source with the counts of every group asked for, to be shown as `disclosure` says."""
    result = find_themes(source.voices, ThemeSettings(themes=themes))
    by = tuple(
        cell
        for column, groups in source.groups.items()
        for cell in count_by_group(column, groups, source.voices, result.placements)
    )
    numbers = make_numbers(disclosure, result, by)
    return Work(source, result, by, make_document(source, result, by, numbers), numbers)


def write(work: Work, out: Path, *, on: date) -> None:
    """Write report.html, themes.json and voices.csv, all of them whole."""
    report = render_report(work.source, work.result, work.by, work.numbers, on=on).encode("utf-8", "replace")
    document = as_json(work.document).encode("utf-8", "replace")
    files: dict[str, Callable[[Any], None]] = {
        "report.html": lambda file: file.write(report),
        "themes.json": lambda file: file.write(document),
        "voices.csv": lambda file: write_voices(file, work.result),
    }
    write_together(out, files)
