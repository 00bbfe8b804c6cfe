"""Tables and transcripts in, tables out, consent texts, QR codes."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import segno
import yaml
from django.conf import settings

from alongside.adapters.files import iterate_csv, open_table, read_transcript, write_xlsx
from alongside.apps.base.rules import Refused
from alongside.science.disclosure import protect_count
from alongside.science.values.sources import FileRefused, TableRow, Transcript

EXAMPLE_ROWS = 3


@dataclass(frozen=True)
class TablePeek:
    """The head of a table: its columns, with a few cells of each, and what was not as expected."""

    columns: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ConsentWording:
    """A consent text as it comes with Alongside."""

    key: str
    label: str
    version: int
    language: str
    body: str


def stored_path(stored_name: str) -> Path:
    """Return where an uploaded file lies: under a random name, never at an address."""
    return Path(settings.MEDIA_ROOT) / "imports" / stored_name


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


def read_turns(stored_name: str, file_name: str) -> Transcript:
    """Return an uploaded transcript. Raise Refused, with place and cure, where it cannot be read."""
    try:
        return read_transcript(stored_path(stored_name), file_name)
    except FileRefused as refusal:
        raise Refused(str(refusal), field="file") from refusal


def stream_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, safe to open in a spreadsheet."""
    return iterate_csv(columns, rows)


def make_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], sheet: str) -> bytes:
    """Return an XLSX file, safe to open in a spreadsheet."""
    file = io.BytesIO()
    write_xlsx(file, columns, rows, sheet=sheet)
    return file.getvalue()


def draw_qr_code(address: str) -> str:
    """Return a QR code of an address as SVG, with no style or script in it."""
    file = io.BytesIO()
    segno.make(address, error="m").save(
        file, kind="svg", scale=8, border=2, xmldecl=False, svgclass=None, lineclass=None
    )
    return file.getvalue().decode()


def protect_number(count: int) -> str:
    """Return a count of people as a page outside the team may show it: small ones hidden, the rest rounded."""
    return protect_count(count).words


def list_consent_wordings() -> list[ConsentWording]:
    """Return the consent texts that come with Alongside, in every language they have."""
    folder = files("alongside.content") / "consent"
    index = yaml.safe_load((folder / "index.yaml").read_text("utf-8"))
    return [
        ConsentWording(
            key=entry["key"],
            label=entry["label"],
            version=entry["version"],
            language=language,
            body=(folder / f"{entry['key']}.v{entry['version']}.{language}.md").read_text("utf-8").strip(),
        )
        for entry in index
        for language in entry["languages"]
    ]
