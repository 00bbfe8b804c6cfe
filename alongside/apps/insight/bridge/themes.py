"""Voices into the theme engine, proposals out."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from alongside.science import themes as engine
from alongside.science.values.redaction import blank_marks
from alongside.science.values.themes import ThemeResult, ThemeSettings, VoiceText


def hash_input(voices: Iterable[VoiceText], *, themes_asked: int | None) -> str:
    """Return a SHA-256 over everything that decides the answer, whatever order the voices come in."""
    settings = ThemeSettings(themes=themes_asked)
    digest = hashlib.sha256(f"{settings.seed}|{settings.themes}".encode())
    for voice in sorted(voices, key=lambda voice: voice.id):
        words = hashlib.sha256(voice.text.encode("utf-8", "surrogatepass")).digest()
        digest.update(voice.id.encode() + words)
    return digest.hexdigest()


def propose_themes(voices: Sequence[VoiceText], *, themes_asked: int | None) -> ThemeResult:
    """Return the themes the engine proposes for these voices: same voices and seed, same answer.

    Marks of what is covered are read as blanks, so that they become no theme's words; places stay where they were.
    """
    read = [replace(voice, text=blank_marks(voice.text)) for voice in voices]
    return engine.find_themes(read, ThemeSettings(themes=themes_asked))
