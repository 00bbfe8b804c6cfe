"""The one crossing from rows to science and adapters, and back to values this room can keep."""

from alongside.apps.insight.bridge.themes import hash_input, propose_themes

__all__ = ["hash_input", "propose_themes"]
