"""What a query string says, as values."""

from uuid import UUID


def read_id(words: str) -> UUID | None:
    """Return an id somebody chose, or None for anything else."""
    try:
        return UUID(words)
    except ValueError:
        return None
