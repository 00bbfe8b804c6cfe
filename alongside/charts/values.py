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
