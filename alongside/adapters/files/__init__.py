"""Files in and out: CSV, XLSX, transcripts. What a bridge needs, and no more.

Reading a table, never held whole::

    reader = open_table(path, name)          # the ending of `name` tells the kind; FileRefused if it cannot be
    text = reader.column("text")             # 0-based place; FileRefused names the nearest column
    for row in reader.rows():                # TableRow(row, line, cells): row 1 is the first under the header,
        row.cells[text]                      #   line is where it begins in the file; cells are unchanged
    reader.deviations                        # plain sentences: encoding guessed, short rows, other sheets

Reading a transcript, held whole (at most 64 MiB)::

    transcript = read_transcript(path, name, moderators=None)
    for turn in transcript.turns:            # Turn(number, speaker, text, start, end, is_moderator, start_ms, …)
        transcript.text[turn.start:turn.end] == turn.text

Writing, row by row, with a guard against formulas (a text cell that begins with = + - @ tab or a line
break gets an apostrophe before it)::

    write_csv(binary_file, columns, rows)
    write_xlsx(binary_file, columns, rows, sheet="Voices")
    iterate_csv(columns, rows)               # str by str, for a streaming answer

FileRefused carries a FileProblem(place, value, cure, row, column); str() of it is a sentence for the
reader. The values live in `alongside.science.values.sources`, so that any room may name them.
"""

from pathlib import Path

from alongside.adapters.files.delimited import open_csv
from alongside.adapters.files.office import open_xlsx
from alongside.adapters.files.tables import TableReader
from alongside.adapters.files.transcripts import read_transcript
from alongside.adapters.files.writing import guard, iterate_csv, write_csv, write_xlsx
from alongside.science.values.sources import FileProblem, FileRefused, TableRow, Transcript, Turn, shorten

TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
TRANSCRIPT_ENDINGS = (".vtt", ".srt", ".docx", ".txt", ".text", ".md")

__all__ = [
    "TABLE_ENDINGS",
    "TRANSCRIPT_ENDINGS",
    "FileProblem",
    "FileRefused",
    "TableReader",
    "TableRow",
    "Transcript",
    "Turn",
    "guard",
    "is_transcript",
    "iterate_csv",
    "open_table",
    "read_transcript",
    "shorten",
    "write_csv",
    "write_xlsx",
]


def is_transcript(name: str) -> bool:
    """Say whether a file name ends as a transcript does."""
    return Path(name).suffix.lower() in TRANSCRIPT_ENDINGS


def open_table(
    path: Path, name: str, *, sheet: str | None = None, encoding: str | None = None
) -> TableReader:
    """Return a reader of a CSV or XLSX file; its kind is told by the ending of `name`. Raises FileRefused."""
    ending = Path(name).suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        return open_xlsx(path, name, sheet=sheet)
    if ending in (".csv", ".tsv", ".txt", ".text", ""):
        return open_csv(path, name, encoding=encoding)
    raise FileRefused(
        "the file name",
        f"“{shorten(name)}” does not end as a table does",
        f"Accepted endings: {', '.join(TABLE_ENDINGS)}.",
    )
