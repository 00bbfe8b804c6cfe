"""Tables that arrive as files and lie waiting under random names; tables that leave as CSV or XLSX."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from alongside.adapters.files import iterate_csv, open_table, write_xlsx
from alongside.apps.base.rules import Refused
from alongside.science.values.sources import FileRefused, TableRow

EXAMPLE_ROWS = 3


@dataclass(frozen=True)
class TablePeek:
    """The head of a table: its columns, with a few cells of each, and what was not as expected."""

    columns: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def stored_path(stored_name: str) -> Path:
    """Return where an uploaded file lies: under a random name, never at an address."""
    return Path(settings.MEDIA_ROOT) / "imports" / stored_name


def store_file(stored_name: str, parts: Iterable[bytes]) -> tuple[str, int]:
    """Write the parts of an uploaded file and return its digest and its size in bytes."""
    path = stored_path(stored_name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, written = hashlib.sha256(), 0
    with path.open("xb") as file:
        for part in parts:
            digest.update(part)
            written += file.write(part)
    path.chmod(0o600)
    return digest.hexdigest(), written


def file_names_somebody(stored_name: str, names: Sequence[str]) -> bool:
    """Return whether a file that waits holds one of these names; a workbook or document is looked into."""
    path = stored_path(stored_name)
    if not names or not path.exists():
        return False
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return any(
                _holds(parts.read(part), names) for part in parts.infolist() if part.filename.endswith(".xml")
            )
    return _holds(path.read_bytes(), names)


def _holds(content: bytes, names: Sequence[str]) -> bool:
    texts = (content.decode(encoding, "ignore").casefold() for encoding in ("utf-8", "utf-16", "cp1252"))
    folded = [name.casefold() for name in names]
    return any(name in text for text in texts for name in folded)


def peek_table(stored_name: str, file_name: str) -> TablePeek:
    """Return the head of an uploaded table. Raise Refused, with place and cure, where it cannot be read."""
    try:
        reader = open_table(stored_path(stored_name), file_name)
        rows = [row.cells for row, _ in zip(reader.rows(), range(EXAMPLE_ROWS), strict=False)]
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal
    return TablePeek(reader.columns, tuple(rows), tuple(reader.deviations))


@dataclass(frozen=True)
class OpenTable:
    """A table being read: its columns and its rows, one after the other."""

    columns: tuple[str, ...]
    rows: Iterator[TableRow]
    notes: list[str]
    tell_share: Callable[[], float | None]  # how much of the file has been read, from 0 to 1


def read_table(stored_name: str, file_name: str) -> OpenTable:
    """Open an uploaded table for reading to the end. Raise Refused; its rows raise FileRefused."""
    try:
        reader = open_table(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal
    return OpenTable(reader.columns, reader.rows(), reader.deviations, lambda: reader.share_read)


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet."""
    return iterate_csv(columns, rows)


def make_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> bytes:
    """Return an XLSX file, safe to open in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, sheet=sheet)
    return file.getvalue()
