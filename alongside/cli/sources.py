"""The file a person names becomes voices, in order, each with its id, its person and its groups."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alongside.adapters.files import (
    FileRefused,
    TableReader,
    is_transcript,
    open_table,
    read_transcript,
    shorten,
)
from alongside.science.values.themes import VoiceText

NO_GROUP = "Not stated"
SPEAKER = "speaker"
TEXT_TABLES = (
    ".txt",
    ".text",
)  # with --text such a file is a table, often with tabs; without, a conversation


@dataclass(frozen=True)
class Columns:
    """Which columns hold what. `id_` and `person` are None when the file has no such column."""

    text: str | None = None
    id_: str | None = None
    person: str | None = None
    by: tuple[str, ...] = ()


@dataclass
class Source:
    """The voices of one file, where they came from, and what was not as expected."""

    file: str
    sha256: str
    kind: str
    columns: Columns
    voices: list[VoiceText] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    deviations: list[str] = field(default_factory=list)
    encoding: str | None = None
    sheet: str | None = None


def read_source(
    path: Path, columns: Columns, *, sheet: str | None = None, moderators: Sequence[str] | None = None
) -> Source:
    """Return the voices in a file: a transcript's participants, or the rows of a table. Raises FileRefused."""
    digest = _fingerprint(path)
    if is_transcript(path.name) and (columns.text is None or path.suffix.lower() not in TEXT_TABLES):
        return _read_conversation(path, digest, columns, moderators)
    return _read_rows(path, digest, columns, sheet)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_conversation(path: Path, digest: str, columns: Columns, moderators: Sequence[str] | None) -> Source:
    transcript = read_transcript(path, path.name, moderators=moderators)
    spoken = [turn for turn in transcript.turns if not turn.is_moderator]
    if not spoken:
        raise FileRefused(
            "the file", "only moderators speak in it", "Name the moderators yourself with --moderator NAME."
        )
    source = Source(path.name, digest, "transcript", columns, deviations=list(transcript.deviations))
    if columns.text or columns.id_ or columns.person:
        source.deviations.append(
            "--text, --id and --person were left aside: a transcript has turns, not columns."
        )
    source.voices = [VoiceText(str(turn.number), turn.text, turn.speaker or None) for turn in spoken]
    for column in columns.by:
        if column.casefold() != SPEAKER:
            raise FileRefused(
                "the transcript",
                f"it has no column “{shorten(column)}”",
                "Use --by speaker, or leave --by out.",
            )
        source.groups[column] = [turn.speaker or NO_GROUP for turn in spoken]
    left_out = len(transcript.turns) - len(spoken)
    if left_out:
        turns = "1 turn of a moderator was" if left_out == 1 else f"{left_out} turns of moderators were"
        source.deviations.append(f"{turns} kept out of every count.")
    return source


def _read_rows(path: Path, digest: str, columns: Columns, sheet: str | None) -> Source:
    reader = open_table(path, path.name, sheet=sheet)
    if columns.text is None:
        raise MissingText(reader.columns)
    source = Source(path.name, digest, reader.format, columns, encoding=reader.encoding, sheet=reader.sheet)
    _collect(reader, source)
    if not source.voices:
        raise FileRefused(
            "the file", "there are no rows under the header", "Choose a file with at least one row."
        )
    source.deviations[:0] = reader.deviations
    return source


class MissingText(Exception):
    """A table was given without saying which column holds people's words."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        super().__init__("Say which column holds people's words.")


def _collect(reader: TableReader, source: Source) -> None:
    columns = source.columns
    text = reader.column(columns.text or "")
    id_ = None if columns.id_ is None else reader.column(columns.id_)
    person = None if columns.person is None else reader.column(columns.person)
    groups = [(source.groups.setdefault(name, []), reader.column(name)) for name in columns.by]
    known = KnownIds(columns.id_ or "")
    for row in reader.rows():
        name = str(row.row) if id_ is None else known.check(row.cells[id_], row.cells[text], row.row)
        speaker = None if person is None else row.cells[person].strip() or None
        source.voices.append(VoiceText(name, row.cells[text], speaker))
        for group, place in groups:
            group.append(" ".join(row.cells[place].split()) or NO_GROUP)
    source.deviations.extend(known.deviations())


class KnownIds:
    """Ids seen so far: the same id may come again with the same words, never with others."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.rows: dict[str, tuple[int, bytes]] = {}
        self.repeated: list[int] = []

    def check(self, name: str, text: str, row: int) -> str:
        """Return the id. Raises FileRefused, naming both rows, when it is empty or means two things."""
        if not name.strip():
            raise FileRefused(
                f"row {row}, column “{shorten(self.column)}”",
                "the id is empty",
                "Give every row an id, or leave --id out.",
                row=row,
                column=self.column,
            )
        words = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        first, said = self.rows.setdefault(name, (row, words))
        if said != words:
            raise FileRefused(
                f"rows {first} and {row}, column “{shorten(self.column)}”",
                f"both have the id “{shorten(name)}”, with different words",
                "Give each its own id, or leave --id out.",
                row=row,
                column=self.column,
            )
        if first != row:
            self.repeated.append(row)
        return name

    def deviations(self) -> Iterator[str]:
        """Yield what a reader should know."""
        if self.repeated:
            count = len(self.repeated)
            rows = ", ".join(str(row) for row in self.repeated[:5]) + ("…" if count > 5 else "")
            said = f"1 row repeats an earlier id with the same words (row {rows}); it"
            if count > 1:
                said = f"{count:,} rows repeat an earlier id with the same words (rows {rows}); each"
            yield f"{said} is counted as it stands."
