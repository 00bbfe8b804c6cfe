"""Voices into the theme engine, proposals out."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

SEED = 7


@dataclass(frozen=True, slots=True)
class VoiceIn:
    """One voice as the engine needs it. `speaker_id` is None where nobody knows who spoke."""

    id: UUID
    text: str
    speaker_id: UUID | None
    is_blank: bool


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A telling place: code points of the unchanged text, half open."""

    voice_id: UUID
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """One proposed theme with its size and quotes; `position` counts from 1."""

    position: int
    name: str
    keywords: tuple[str, ...]
    voices: int
    people: int
    quotes: tuple[FoundQuote, ...]


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """Where one voice would lie: `status` is placed, unplaced or blank; `theme` is a position or None."""

    voice_id: UUID
    status: str
    theme: int | None
    score: float | None


@dataclass(frozen=True, slots=True)
class ThemesFound:
    """Everything one run of the engine proposes."""

    engine: str
    version: str
    seed: int
    themes: tuple[FoundTheme, ...]
    voices: tuple[FoundVoice, ...]


def hash_input(voices: Iterable[VoiceIn], *, themes_asked: int | None, only_new: bool) -> str:
    """Return a SHA-256 over everything that decides the answer, whatever order the voices come in."""
    digest = hashlib.sha256(f"{SEED}|{themes_asked}|{only_new}".encode())
    for voice in sorted(voices, key=lambda voice: voice.id):
        words = hashlib.sha256(voice.text.encode("utf-8", "surrogatepass")).digest()
        digest.update(voice.id.bytes + words + bytes([voice.is_blank]))
    return digest.hexdigest()


def propose_themes(
    voices: Sequence[VoiceIn], *, themes_asked: int | None, on_progress: Callable[[float, str], None]
) -> ThemesFound:
    """Return the themes the engine proposes for these voices: same voices and seed, same answer."""
    raise NotImplementedError
