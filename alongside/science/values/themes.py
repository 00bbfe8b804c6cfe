"""What goes into the theme engine and what comes out: voices, themes with their quotes, a place for each voice."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Status = Literal["placed", "unplaced", "blank"]


@dataclass(frozen=True, slots=True)
class VoiceText:
    """One voice as the engine reads it. `person` is whoever said it, under any pseudonym, or None."""

    id: str
    text: str
    person: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class ThemeSettings:
    """How to look for themes. `themes` is the number wanted; None lets the documented rule choose."""

    themes: int | None = None
    seed: int = 20261122
    quotes: int = 5
    keywords: int = 8


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of one voice, in code points: text == voice.text[start:end]."""

    voice_id: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True)
class Theme:
    """A proposed theme. `people` is None when no voice says who spoke.

    The id follows from what went into the run: the same run twice gives the same id. A store that keeps
    several runs of the same voices gives each its own.
    """

    id: UUID
    name: str
    keywords: tuple[str, ...]
    voices: int
    people: int | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one voice went. `score` is its closeness to its nearest theme, 0 to 1; None when it is blank."""

    voice_id: str
    theme_id: UUID | None
    score: float | None
    status: Status


@dataclass(frozen=True)
class ThemeResult:
    """One run of the engine: themes by size, one placement for each voice in the order they came."""

    engine: str
    engine_version: str
    seed: int
    input_sha256: str
    themes: tuple[Theme, ...]
    placements: tuple[Placement, ...]
    deviations: tuple[str, ...] = ()

    def count(self, status: Status) -> int:
        """Return how many voices were placed, left unplaced, or blank."""
        return sum(placement.status == status for placement in self.placements)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How often one group speaks of one theme. `people` is None when nobody is named."""

    column: str
    group: str
    theme_id: UUID
    voices: int
    people: int | None
