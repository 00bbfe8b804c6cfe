"""Themes as files: JSON by a published schema, one CSV line for each voice, and nothing half-written."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from alongside.adapters.files import write_csv
from alongside.cli.numbers import (
    BLANK,
    PLACED,
    UNPLACED,
    VOICES,
    Disclosure,
    Key,
    Numbers,
    cell_key,
    theme_key,
)
from alongside.cli.sources import Source
from alongside.science.values.themes import GroupCount, Theme, ThemeResult

SCHEMA_VERSION = "1.1"
VOICE_COLUMNS = ("voice_id", "theme_id", "score", "status")
NOTES: Mapping[Disclosure, str] = {
    "safe": (
        'Counts of 1 to 7 are written "1 to 7"; all others, totals too, are rounded to 5, or "8 or more" where a '
        "total would give a part away."
    ),
    "none": (
        "Not for release: these counts are exact and may point to a person. Make a file to hand on with "
        "--disclosure safe."
    ),
}


def make_document(
    source: Source, result: ThemeResult, by: tuple[GroupCount, ...], numbers: Numbers
) -> dict[str, Any]:
    """Return what themes.json holds; its form is alongside/content/schemas/themes-1.json."""
    people = count_people(source)
    return {
        "schema_version": SCHEMA_VERSION,
        "disclosure": numbers.disclosure,
        "engine": {"name": result.engine, "version": result.engine_version, "seed": result.seed},
        "source": {
            "file": source.file,
            "sha256": source.sha256,
            "kind": source.kind,
            "encoding": source.encoding,
            "sheet": source.sheet,
            "text": source.columns.text,
            "id": source.columns.id_,
            "person": source.columns.person,
            "by": list(source.columns.by),
        },
        "input_sha256": result.input_sha256,
        "counts": {
            "voices": numbers.value(len(result.placements), VOICES),
            "placed": numbers.value(result.count("placed"), PLACED),
            "unplaced": numbers.value(result.count("unplaced"), UNPLACED),
            "blank": numbers.value(result.count("blank"), BLANK),
            "people": _people(people, numbers),
        },
        "themes": [_theme(theme, numbers) for theme in result.themes],
        "by": [
            {
                "column": cell.column,
                "group": cell.group,
                "theme_id": str(cell.theme_id),
                "voices": numbers.value(cell.voices, cell_key(cell, "voices")),
                "people": _people(cell.people, numbers, cell_key(cell, "people")),
            }
            for cell in by
        ],
        "by_note": NOTES[numbers.disclosure],
        "deviations": [*source.deviations, *result.deviations],
    }


def count_people(source: Source) -> int | None:
    """Return how many different people speak in the file; None when nobody is named."""
    people = {voice.person for voice in source.voices} - {None}
    return len(people) or None


def _people(people: int | None, numbers: Numbers, key: Key = ()) -> int | str | None:
    return None if people is None else numbers.value(people, key)


def _theme(theme: Theme, numbers: Numbers) -> dict[str, Any]:
    return {
        "id": str(theme.id),
        "name": theme.name,
        "keywords": list(theme.keywords),
        "voices": numbers.value(theme.voices, theme_key(theme.id, "voices")),
        "people": _people(theme.people, numbers, theme_key(theme.id, "people")),
        "quotes": [
            {"voice_id": quote.voice_id, "start": quote.start, "end": quote.end, "text": quote.text}
            for quote in theme.quotes
        ],
    }


def as_json(document: Mapping[str, Any]) -> str:
    """Return a document as text, the same every time."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_voices(file: IO[bytes], result: ThemeResult) -> None:
    """Write voices.csv: one line for each voice, in the order of the file."""

    def rows() -> Iterator[tuple[str, str, str, str]]:
        for placement in result.placements:
            theme = "" if placement.theme_id is None else str(placement.theme_id)
            score = "" if placement.score is None else f"{placement.score:.4f}"
            yield placement.voice_id, theme, score, placement.status

    write_csv(file, VOICE_COLUMNS, rows(), bom=False)  # programs read it, and the header is its first word


def write_together(out: Path, files: Mapping[str, Callable[[IO[bytes]], None]]) -> None:
    """Write several files so that a reader finds all of them whole, or what was there before."""
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name, write in files.items():
            with (waiting / name).open("wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
        if out.exists():
            for name in files:
                (waiting / name).replace(out / name)
        else:
            waiting.chmod(0o755)
            waiting.rename(out)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
