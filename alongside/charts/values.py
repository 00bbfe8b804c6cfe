"""What a picture is made of: the picture, what it says, and the table behind it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """An accessible picture. `svg` is safe markup; everything else is plain text to escape.

    `columns` and `rows` are the table behind the picture, to stand in a <details> and in a CSV.
    """

    svg: str
    headline: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar. `shown` is the words at its end; when None the value itself is shown."""

    label: str
    value: float
    shown: str | None = None
    emphasised: bool = False


@dataclass(frozen=True)
class Said:
    """What a picture says beside itself: headline, sentence, and the table behind it."""

    headline: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Level:
    """A line that should not be passed, at a share from 0 to 1, and its words."""

    share: float
    words: str


@dataclass(frozen=True)
class SharePart:
    """One share of a whole, from 0 to 1, under a name that keeps its colour in every row.

    `words` stand in it where there is room. `is_rest`: nobody is named.
    """

    name: str
    share: float
    words: str = ""
    emphasised: bool = False
    is_rest: bool = False


@dataclass(frozen=True)
class ShareRow:
    """One whole and its shares in their order. `note` stands at its end; without shares it says why there are none."""

    label: str
    parts: tuple[SharePart, ...]
    note: str


@dataclass(frozen=True)
class ShareDot:
    """One share on a scale, from 0 to 1, with its name and the words at its end."""

    label: str
    share: float
    shown: str
