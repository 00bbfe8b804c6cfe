"""The one crossing from rows to science and adapters, and back to values this room can keep."""

from alongside.apps.insight.bridge.themes import (
    FoundQuote,
    FoundTheme,
    FoundVoice,
    ThemesFound,
    VoiceIn,
    hash_input,
    propose_themes,
)

__all__ = [
    "FoundQuote",
    "FoundTheme",
    "FoundVoice",
    "ThemesFound",
    "VoiceIn",
    "hash_input",
    "propose_themes",
]
