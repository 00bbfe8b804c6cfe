"""A trigger as text: what makes it, what takes it away, and how to see that it is still the one we made."""

from collections.abc import Iterable
from dataclasses import dataclass

CHANGE_COLUMNS = (
    "at", "table_name", "row_id", "kind", "person_id", "work_id", "why", "subject_id", "scope", "old", "new",
    "before", "after", "seal",
)  # fmt: skip
# What may never change once a line is written, not even while it is being sealed.
KEPT_OF_CHANGE = (
    "id", "at", "table_name", "row_id", "kind", "person_id", "work_id", "why", "subject_id", "scope",
)  # fmt: skip
KEPT_OF_LINE = (
    "id", "at", "by_person_id", "kind", "operation", "object_type", "object_id", "reason", "detail", "work_id",
)  # fmt: skip
# What stays where an erasure empties the reason of a line: all of it but the words, their digest and seal too.
KEPT_OF_ERASED_LINE = (
    *(name for name in KEPT_OF_LINE if name != "reason"), "reason_digest", "seal_number", "seal",
)  # fmt: skip


@dataclass(frozen=True)
class Trigger:
    """One trigger of one table. `source` is what the database says of it while nobody has touched it."""

    name: str
    table: str
    source: str
    create: tuple[str, ...]
    drop: tuple[str, ...]


def quote(name: str) -> str:
    """Return a name of ours as SQL; it comes from the models, never from a person."""
    return '"' + name.replace('"', '""') + '"'


def words(texts: Iterable[str]) -> str:
    """Return names as SQL texts with commas between them."""
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
