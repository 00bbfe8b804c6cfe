"""Values read from a file, each with its place, and the one way a file is refused."""

from dataclasses import dataclass

SHOWN_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong in a file: where, the value found, what would do. Row and column when they are known.

    `row` is the 1-based data row: the first row under the header is row 1.
    """

    place: str
    value: str
    cure: str
    row: int | None = None
    column: str | None = None

    @property
    def sentence(self) -> str:
        """Return the problem as words for a reader."""
        start = f"{self.place[:1].upper()}{self.place[1:]}"
        return f"{start}: {self.value.rstrip('.')}. {self.cure}"


class FileRefused(Exception):
    """A file, or a row of it, that cannot be read; the message names the place, the value and the cure."""

    def __init__(
        self, place: str, value: str, cure: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        self.problem = FileProblem(place, value, cure, row, column)
        super().__init__(self.problem.sentence)


def shorten(value: str) -> str:
    """Return a value short enough to stand in a message, on one line, without characters that steer a terminal."""
    line = " ".join(value[: 4 * SHOWN_CHARACTERS].split())
    line = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row of a table.

    `row` is the 1-based data row (the first row under the header is 1). `line` is where it begins in
    the file: the line of text in a CSV, the row number at the left edge of a spreadsheet. `cells` are
    unchanged, one for each column, "" where the cell is empty.
    """

    row: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one speaker. `start` and `end` count code points in the transcript's `text`.

    `text` equals `transcript.text[start:end]`. `start_ms` and `end_ms` are None where a file has no times.
    """

    number: int
    speaker: str
    text: str
    start: int
    end: int
    is_moderator: bool
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation: its whole text, its turns in order, and what a reader should know about the reading."""

    name: str
    format: str
    text: str
    turns: tuple[Turn, ...]
    deviations: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return every speaker once, in order of first speaking; "" where nobody is named."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))
