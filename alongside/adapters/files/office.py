"""Office files, read by a bounded process of their own and streamed back line by line."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from alongside.adapters.files.archives import check_archive
from alongside.adapters.files.limits import DOCX, XLSX, ArchiveLimits
from alongside.adapters.files.tables import TableReader, check_columns, fit_row
from alongside.science.values.sources import FileRefused, TableRow

READ_BYTES = 2**16
ROOT = Path(__file__).resolve().parents[3]
EMPTY_ROWS = 100_000  # of formatting below the last row; more is not a table


def open_xlsx(path: Path, name: str, *, sheet: str | None = None) -> TableReader:
    """Return a reader of one sheet: the one named, else the first that is shown. Raises FileRefused."""
    check_archive(path, XLSX, needs="xl/")
    with closing(_bounded("xlsx", path, XLSX, sheet)) as lines:
        _, chosen, sheets, rows = next(lines)
        _, number, cells = next((line for line in lines if line[2]), ("row", 1, []))
    columns = check_columns(tuple(cells), f"the header (row {number} of the sheet)")
    reader = TableReader(path, name, "xlsx", columns, _read, sheet=chosen, sheets=tuple(sheets))
    reader.amount_in_all = rows
    if len(sheets) > 1:
        reader.note(f"The file has {len(sheets)} sheets; “{chosen}” was read.")
    return reader


def _read(reader: TableReader) -> Iterator[TableRow]:
    with closing(_bounded("xlsx", reader.path, XLSX, reader.sheet)) as lines:
        next(lines)
        next((line for line in lines if line[2]), None)
        row = 0
        empty: list[int] = []  # rows inside the table are answers left empty; rows below it are nothing
        for _, number, cells in lines:
            reader.amount_read = number
            if not cells:
                empty.append(number)
                if len(empty) > EMPTY_ROWS:
                    raise FileRefused(
                        f"row {empty[0]} of the sheet",
                        f"{EMPTY_ROWS:,} empty rows follow",
                        "Delete them, or save the sheet as CSV.",
                    )
                continue
            for line in empty:
                row += 1
                yield TableRow(row, line, ("",) * len(reader.columns))
            empty.clear()
            row += 1
            yield fit_row(reader, row, number, tuple(cells))


def read_paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a DOCX in order, tables row by row. Raises FileRefused."""
    check_archive(path, DOCX, needs="word/")
    return [line[1] for line in _bounded("docx", path, DOCX)]


def _bounded(kind: str, path: Path, limits: ArchiveLimits, sheet: str | None = None) -> Generator[list[Any]]:
    """Yield the lines the bounded process writes. Raises FileRefused when it says so, is killed or stalls."""
    command = [sys.executable, "-m", "alongside.adapters.files.bounded", kind, str(path.resolve())]
    command += [str(limits.memory_bytes), str(limits.processor_seconds)] + ([sheet] if sheet else [])
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(str(place) for place in (ROOT, *sys.path) if str(place)),
        "PYTHONSAFEPATH": "1",  # nothing in the folder of the file is ever imported
        "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve memory that the limit counts
        "OPENPYXL_LXML": "False",
    }
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment
    )
    try:
        for text in _lines(process, limits):
            line = json.loads(text)
            if line[0] == "end":
                return
            if line[0] == "refused":
                raise FileRefused(*line[1:4])
            yield line
        raise FileRefused(
            "the file",
            "reading it took more time or memory than a file may",
            "Split it, or save it as CSV or plain text.",
        )
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _lines(process: "subprocess.Popen[bytes]", limits: ArchiveLimits) -> Iterator[bytes]:
    """Yield whole lines; stop when the process has ended, or has been silent for too long."""
    if process.stdout is None:
        return
    held: list[bytes] = []
    while select.select([process.stdout], [], [], limits.silent_seconds)[0]:
        chunk = os.read(process.stdout.fileno(), READ_BYTES)
        if not chunk:
            return
        *whole, rest = chunk.split(b"\n")
        for text in whole:
            yield b"".join([*held, text])
            held.clear()
        held.append(rest)
