"""One rule for every count that leaves the team. Method and source: docs/methods/disclosure.md."""

from dataclasses import dataclass

LARGEST_HIDDEN = 7
ROUNDED_TO = 5
HIDDEN = f"1 to {LARGEST_HIDDEN}"


@dataclass(frozen=True, slots=True)
class ProtectedCount:
    """A count as it may be shown. `rounded` is None when it is hidden; nought stays nought.

    `at_least` is above nought where only that much may be said, because more would give another count away.
    """

    rounded: int | None
    at_least: int = 0

    @property
    def is_hidden(self) -> bool:
        """Return whether it is said to be one of 1 to 7."""
        return self.rounded is None and not self.at_least

    @property
    def words(self) -> str:
        """Return the count for a reader."""
        if self.rounded is None:
            return f"{self.at_least} or more" if self.at_least else HIDDEN
        return f"{self.rounded:,}"


def protect_count(count: int) -> ProtectedCount:
    """Return a count hidden when it is 1 to 7, else rounded to the nearest 5. Raises ValueError below nought."""
    if count < 0:
        raise ValueError("A count cannot be below nought.")
    if 1 <= count <= LARGEST_HIDDEN:
        return ProtectedCount(None)
    return ProtectedCount((count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO)
