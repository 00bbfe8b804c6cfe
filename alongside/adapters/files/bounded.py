"""The process that opens an Office file, with its memory and processor time bounded; it writes JSON lines.

`python -m alongside.adapters.files.bounded xlsx|docx PATH MEMORY_BYTES PROCESSOR_SECONDS [SHEET]`
A line is a JSON list: ["sheets", chosen, [names]], ["row", number, [cells]], ["paragraph", text] or
["refused", place, value, cure]; the last is ["end"].
"""

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.table import Table

from alongside.adapters.files.limits import CELL_CHARACTERS, COLUMNS

Line = list[Any]
COVER_ROWS = 50


def main(arguments: list[str]) -> None:
    """Read one file and write what is in it."""
    kind, path, memory_bytes, processor_seconds, *sheet = arguments
    for limit, amount in (
        (resource.RLIMIT_AS, int(memory_bytes)),
        (resource.RLIMIT_CPU, int(processor_seconds)),
    ):
        resource.setrlimit(limit, (amount, amount))
    try:
        lines = (
            _workbook(Path(path), sheet[0] if sheet else None) if kind == "xlsx" else _document(Path(path))
        )
        for line in lines:
            _write(line)
    except MemoryError:
        _write(
            ["refused", "the file", "it needs more memory than a file may", "Save it as CSV or plain text."]
        )
    except Exception as error:  # whatever a hostile file provokes, the reader hears one plain sentence
        _write(["refused", "the file", f"it is damaged ({type(error).__name__})", "Open it, save it again."])
    _write(["end"])


def shut_network() -> None:
    """Let this process open no connection: an Office file may name templates and pictures elsewhere."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(("socket.", "subprocess.", "os.system", "os.exec")):
            raise PermissionError(f"reading a file reaches nothing ({event})")

    sys.addaudithook(refuse)


def _write(line: Line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


def _workbook(path: Path, wanted: str | None) -> Iterator[Line]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    names = [sheet.title for sheet in book.worksheets]
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if wanted is not None and wanted not in names:
        yield ["refused", "the file", f"there is no sheet “{wanted}”", f"The sheets are: {', '.join(names)}."]
        return
    if not names:
        yield ["refused", "the file", "it has no sheet", "Choose a file with a table in it."]
        return
    chosen = wanted or next((name for name in shown if _has_rows(book[name])), (shown or names)[0])
    yield ["sheets", chosen, names, book[chosen].max_row or 0]  # as the sheet says: good enough for a bar
    for number, cells in enumerate(_rows(book[chosen]), start=1):
        if len(cells) > COLUMNS and any(cell is not None for cell in cells[COLUMNS:]):
            value = f"it has {len(cells):,} columns"
            yield ["refused", f"row {number} of the sheet", value, f"Keep at most {COLUMNS:,} columns."]
            return
        texts = [_text(cell) for cell in cells[:COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        yield ["row", number, texts]


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # a sheet may lie about its size
    return sheet.iter_rows(values_only=True)  # type: ignore[no-any-return]


def _has_rows(sheet: Any) -> bool:
    """Say whether anything stands in the first rows: many workbooks open with a cover of pictures."""
    return any(cell is not None for cells in islice(_rows(sheet), COVER_ROWS) for cell in cells)


def _text(value: object) -> str:
    """Return a cell as a reader sees it; a formula is its own text and is never worked out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(getattr(value, "text", value) or "")


def _document(path: Path) -> Iterator[Line]:
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                cells = [cell.text.strip() for cell in row.cells]
                yield _paragraph(": ".join(dict.fromkeys(cell for cell in cells if cell)))
        else:
            yield _paragraph(part.text)


def _paragraph(text: str) -> Line:
    if len(text) > CELL_CHARACTERS:
        value = f"one paragraph holds {len(text):,} characters"
        return ["refused", f"the paragraph “{text[:40]}…”", value, "Begin a new paragraph at every turn."]
    return ["paragraph", text]


if __name__ == "__main__":
    shut_network()
    main(sys.argv[1:])
