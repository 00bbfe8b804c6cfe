"""Themes as files: JSON by a published schema, one CSV line for each voice, and nothing half-written."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from alongside.adapters.files import write_csv
from alongside.cli.sources import Source
from alongside.science.values.themes import GroupCount, Theme, ThemeResult

SCHEMA_VERSION = "1.0"
VOICE_COLUMNS = ("voice_id", "theme_id", "score", "status")
BY_NOTE = (
    "Counts in by[] are exact and may point to a person. Before they leave the team, hide 1 to 7 and round "
    "the rest to 5, as report.html does."
)


def make_document(source: Source, result: ThemeResult, by: tuple[GroupCount, ...]) -> dict[str, Any]:
    """Return what themes.json holds; its form is alongside/content/schemas/themes-1.json."""
    return {
        "schema_version": SCHEMA_VERSION,
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
            "voices": len(result.placements),
            "placed": result.count("placed"),
            "unplaced": result.count("unplaced"),
            "blank": result.count("blank"),
            "people": count_people(source),
        },
        "themes": [_theme(theme) for theme in result.themes],
        "by": [
            {
                "column": cell.column,
                "group": cell.group,
                "theme_id": str(cell.theme_id),
                "voices": cell.voices,
                "people": cell.people,
            }
            for cell in by
        ],
        "by_note": BY_NOTE if by else None,
        "deviations": [*source.deviations, *result.deviations],
    }


def count_people(source: Source) -> int | None:
    """Return how many different people speak in the file; None when nobody is named."""
    people = {voice.person for voice in source.voices} - {None}
    return len(people) or None


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": str(theme.id),
        "name": theme.name,
        "keywords": list(theme.keywords),
        "voices": theme.voices,
        "people": theme.people,
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
