"""Letters to people who spoke: neutral words, safe headers, no health detail."""

from alongside.adapters.messages.letters import (
    Letter,
    compose_code,
    compose_news,
    compose_reminder,
    load_words,
)

__all__ = ["Letter", "compose_code", "compose_news", "compose_reminder", "load_words"]
