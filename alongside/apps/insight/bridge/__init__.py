"""The one crossing from rows to science and adapters, and back to values this room can keep."""

from alongside.apps.insight.bridge.disclosure import ProtectedPeople, protect_people, protect_words
from alongside.apps.insight.bridge.files import DocumentRefused, make_printed, make_table
from alongside.apps.insight.bridge.themes import hash_input, propose_themes

__all__ = [
    "DocumentRefused",
    "ProtectedPeople",
    "hash_input",
    "make_printed",
    "make_table",
    "propose_themes",
    "protect_people",
    "protect_words",
]
