"""Tables out, as CSV or XLSX, such that no cell can run as a formula in the reader's spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import openpyxl
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
XLSX_CELL_CHARACTERS = 32_767
XLSX_ROWS = 1_048_576
WIDTHS = (10, 60)


def guard(value: Value) -> Value:
    """Return a cell that is never a formula: a text that begins like one gets an apostrophe before it.

    Numbers stay numbers, None becomes "".
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def iterate_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield a CSV line by line: header first, CRLF, formula guard. For a streaming answer."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(column) for column in columns])
    for row in rows:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([guard(value) for value in row])
    yield buffer.getvalue()


def write_csv(
    file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Value]], *, bom: bool = True
) -> None:
    """Write a CSV in UTF-8, row by row, with the formula guard; the BOM makes spreadsheets read it right."""
    if bom:
        file.write("\ufeff".encode())
    for line in iterate_csv(columns, rows):
        file.write(line.encode("utf-8", "replace"))


def write_xlsx(
    file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "Rows"
) -> None:
    """Write one sheet with a bold, frozen header, row by row, with the formula guard.

    A cell keeps its first 32,767 characters, as spreadsheets do. Raises ValueError when a sheet is full.
    """
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for number, column in enumerate(columns):
        letter = get_column_letter(number + 1)
        page.column_dimensions[letter].width = min(max(len(column) + 2, WIDTHS[0]), WIDTHS[1])
    try:
        page.append([_cell(page, column, bold=True) for column in columns])
        for number, row in enumerate(rows, start=2):
            if number > XLSX_ROWS:
                raise ValueError(f"A sheet holds {XLSX_ROWS:,} rows; write a CSV.")
            page.append([_cell(page, value) for value in row])
    finally:
        page.close()  # or a sheet left half-way leaves its temporary file open
    book.save(file)


def _cell(page: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    guarded = guard(value)
    if isinstance(guarded, str):
        guarded = NOT_IN_XML.sub("\ufffd", guarded)[:XLSX_CELL_CHARACTERS]
    cell = WriteOnlyCell(page, value=guarded)
    if isinstance(guarded, str):
        cell.data_type = "s"  # a text stays a text, whatever it looks like
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    return cell
