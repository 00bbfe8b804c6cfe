"""A table in a file: its columns at once, its rows one after the other."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alongside.adapters.files.limits import CELL_CHARACTERS, COLUMNS
from alongside.science.values.sources import FileRefused, TableRow, shorten

COLUMNS_NAMED = 30
EXTRA_CELLS = {
    "csv": "Put quotes around a cell that holds the separator, or give the extra column a name.",
    "xlsx": "Give the extra column a name in the first row, or choose the sheet that holds the table.",
}


@dataclass
class TableReader:
    """An open table. `rows()` reads the file again each time, and never holds it whole.

    `columns` are the header cells, stripped. `encoding` is None for a spreadsheet, `sheet` None for a CSV.
    `deviations` says in plain words what was not as expected; it is complete once `rows()` has ended.
    """

    path: Path
    name: str
    format: str
    columns: tuple[str, ...]
    read: Callable[["TableReader"], Iterator[TableRow]] = field(repr=False)
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    deviations: list[str] = field(default_factory=list)
    amount_read: int = 0  # bytes of a CSV, rows of a spreadsheet
    amount_in_all: int = 0  # 0 where nobody knows; a spreadsheet may be wrong about itself

    @property
    def share_read(self) -> float | None:
        """Return how much of the file has been read, from 0 to 1, or None where its size is not known."""
        return min(self.amount_read / self.amount_in_all, 1.0) if self.amount_in_all else None

    def rows(self) -> Iterator[TableRow]:
        """Yield every data row in order. Raises FileRefused at the first row that cannot be read."""
        return self.read(self)

    def column(self, name: str) -> int:
        """Return the 0-based place of a column. Raises FileRefused, naming the nearest, if there is none."""
        if name in self.columns:
            return self.columns.index(name)
        folded = [column.casefold() for column in self.columns]
        if folded.count(name.strip().casefold()) == 1:
            return folded.index(name.strip().casefold())
        near = difflib.get_close_matches(name.strip().casefold(), folded, n=1, cutoff=0.5)
        nearest = f"Did you mean “{self.columns[folded.index(near[0])]}”? " if near else ""
        others = [sheet for sheet in self.sheets if sheet != self.sheet]
        elsewhere = f" This is the sheet “{self.sheet}”; the others are: {_listed(others)}." if others else ""
        raise FileRefused(
            "the header",
            f"there is no column “{shorten(name)}”",
            f"{nearest}The columns are: {_listed(self.columns)}.{elsewhere}",
            column=name,
        )

    def note(self, deviation: str) -> None:
        """Keep a deviation, once."""
        if deviation not in self.deviations:
            self.deviations.append(deviation)


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(f"“{shorten(column)}”" for column in columns[:COLUMNS_NAMED])
    more = len(columns) - COLUMNS_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def check_columns(cells: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Return the names in a header row. Raises FileRefused when a row of data could not be told by them."""
    check_width(len(cells), place)
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FileRefused(place, "there is no header", "Put the names of the columns in the first row.")
    for position, name in enumerate(names, start=1):
        if not name:
            raise FileRefused(
                f"{place}, column {position}",
                "the name of this column is empty",
                "Give it a name, or delete the column.",
            )
        first = names.index(name) + 1
        if first < position:
            raise FileRefused(
                place,
                f"columns {first} and {position} are both called “{shorten(name)}”",
                "Give each column its own name.",
                column=name,
            )
    return tuple(names)


def check_width(width: int, place: str) -> None:
    """Refuse a row that is wider than any honest survey."""
    if width > COLUMNS:
        raise FileRefused(
            place,
            f"it has {width:,} columns",
            f"Keep the columns you need (at most {COLUMNS:,}) and save again.",
        )


def fit_row(reader: TableReader, row: int, line: int, cells: tuple[str, ...]) -> TableRow:
    """Return a row with one cell for each column. Raises FileRefused for cells that have no column."""
    wanted = len(reader.columns)
    if len(cells) > wanted:
        if any(cell.strip() for cell in cells[wanted:]):
            raise FileRefused(
                f"row {row} (line {line})",
                f"it has {len(cells):,} cells, the header has {wanted:,}",
                EXTRA_CELLS[reader.format],
                row=row,
            )
        cells = cells[:wanted]
    elif len(cells) < wanted:
        reader.note("Some rows are shorter than the header; their missing cells were read as empty.")
        cells = cells + ("",) * (wanted - len(cells))
    for name, cell in zip(reader.columns, cells, strict=True):
        if len(cell) > CELL_CHARACTERS:
            raise FileRefused(
                f"row {row} (line {line}), column “{shorten(name)}”",
                f"this one cell holds {len(cell):,} characters",
                f"Keep a cell under {CELL_CHARACTERS:,} characters; look for a quote that was never closed.",
                row=row,
                column=name,
            )
    return TableRow(row, line, cells)
