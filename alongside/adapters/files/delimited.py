"""CSV: separators, quotes and encodings as spreadsheets write them, read row by row."""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from alongside.adapters.files.encodings import WORDS, find_encoding
from alongside.adapters.files.limits import CELL_CHARACTERS
from alongside.adapters.files.tables import TableReader, check_columns, check_width, fit_row
from alongside.science.values.sources import FileRefused, TableRow, shorten

DELIMITERS = (",", ";", "\t")
DELIMITER_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs"}
SNIFFED_ROWS = 20
LINES_PER_COUNT = 100  # asking where a file stands costs a little, so it is not asked at every line
LINE_CHARACTERS = 16 * CELL_CHARACTERS  # a line longer than this is refused before it is held
csv.field_size_limit(2 * LINE_CHARACTERS)  # so that our own limit, which names row and column, comes first


def open_csv(path: Path, name: str, *, encoding: str | None = None) -> TableReader:
    """Return a reader of a CSV file. Raises FileRefused when it is not one."""
    found = encoding or find_encoding(path)
    delimiter = _find_delimiter(path, found)
    line, header = next(_records(path, found, delimiter), (1, ()))
    columns = check_columns(header, f"the header (line {line})")
    reader = TableReader(path, name, "csv", columns, _read, encoding=found, delimiter=delimiter)
    reader.amount_in_all = path.stat().st_size
    if found == "cp1252":
        reader.note(f"The file is not UTF-8; it was read as {WORDS[found]}.")
    if delimiter != ",":
        reader.note(f"The cells are separated by {DELIMITER_WORDS[delimiter]}.")
    return reader


def _read(reader: TableReader) -> Iterator[TableRow]:
    def keep_count(bytes_read: int) -> None:
        reader.amount_read = bytes_read

    records = _records(reader.path, reader.encoding or "utf-8", reader.delimiter or ",", keep_count)
    next(records, None)
    for row, (line, cells) in enumerate(records, start=1):
        yield fit_row(reader, row, line, cells)


def _records(
    path: Path, encoding: str, delimiter: str, keep_count: Callable[[int], None] | None = None
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield every record that is not an empty line, with the line it begins on."""
    reader = csv.reader(_lines(path, encoding, keep_count), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refusal(error, line) from error
        if cells:
            check_width(len(cells), f"line {line}")
            yield line, tuple(cells)


def _refusal(error: csv.Error, line: int) -> FileRefused:
    if "unexpected end" in str(error) or "field limit" in str(error):
        return FileRefused(
            f"line {line}",
            "a quote opens here and is never closed",
            'Close it, or write a quote inside a cell twice ("").',
        )
    return FileRefused(
        f"line {line}",
        "a quoted cell goes on after its closing quote",
        'Write a quote inside a cell twice (""), and put nothing between a closing quote and the separator.',
    )


def _lines(path: Path, encoding: str, keep_count: Callable[[int], None] | None) -> Iterator[str]:
    try:
        with path.open("rb") as source, io.TextIOWrapper(source, encoding, newline="") as file:
            for number in itertools.count(1):
                text = file.readline(LINE_CHARACTERS + 1)
                if keep_count is not None and number % LINES_PER_COUNT == 0:
                    keep_count(source.tell())
                if not text:
                    return
                if len(text) > LINE_CHARACTERS:
                    raise FileRefused(
                        f"line {number}",
                        f"it is longer than {LINE_CHARACTERS:,} characters: “{shorten(text)}”",
                        "Save the table again with one row on each line.",
                    )
                yield text
    except (UnicodeError, LookupError) as error:
        raise FileRefused(
            "the file", f"it is not {WORDS.get(encoding, encoding)}", "Save it as UTF-8 and try again."
        ) from error


def _find_delimiter(path: Path, encoding: str) -> str:
    """Return the separator that gives the widest header; of equals, the one the next rows agree with best."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(path, encoding, delimiter))


def _agreement(path: Path, encoding: str, delimiter: str) -> tuple[int, int]:
    try:
        records = itertools.islice(_records(path, encoding, delimiter), SNIFFED_ROWS)
        widths = [len(cells) for _, cells in records]
    except FileRefused:
        widths = [1]
        with path.open(encoding=encoding, newline="", errors="replace") as file:
            widths = [file.readline(LINE_CHARACTERS).count(delimiter) + 1]
    if not widths or widths[0] == 1:
        return (0, 0)
    return (sum(width == widths[0] for width in widths), widths[0])
