"""Counts as a file may show them: protected for handing on, or exact for the team alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from alongside.science.disclosure import ProtectedCount, Sum, protect_count, protect_sums
from alongside.science.values.themes import GroupCount, ThemeResult

Disclosure = Literal["safe", "none"]
Key = tuple[str, ...]
NOT_FOR_RELEASE = "Not for release: exact counts, for the team that heard these words."
UNKNOWN: Key = ()


@dataclass(frozen=True)
class Numbers:
    """How counts are written. Under "safe" 1 to 7 is hidden and everything else, totals too, is rounded to 5.

    `shown` holds the counts that add up to each other, protected together; a count that stands alone needs no key.
    """

    disclosure: Disclosure
    shown: Mapping[Key, ProtectedCount] = field(default_factory=dict)

    @property
    def protected(self) -> bool:
        """Return whether small counts are hidden."""
        return self.disclosure == "safe"

    def _show(self, count: int, key: Key) -> ProtectedCount:
        return self.shown.get(key) or protect_count(count)

    def words(self, count: int, key: Key = UNKNOWN) -> str:
        """Return a count for a reader's eye."""
        return self._show(count, key).words if self.protected else f"{count:,}"

    def about(self, count: int, key: Key = UNKNOWN) -> str:
        """Return a count in a sentence, saying where it was rounded."""
        words = self.words(count, key)
        return f"about {words}" if self.protected and self._show(count, key).rounded else words

    def value(self, count: int, key: Key = UNKNOWN) -> int | str:
        """Return a count for a program: a number, or the words "1 to 7" or "8 or more"."""
        if not self.protected:
            return count
        shown = self._show(count, key)
        return shown.words if shown.rounded is None else shown.rounded

    def share(self, count: int, total: int, key: Key = UNKNOWN) -> str | None:
        """Return a share in per cent, of the counts as shown, so that it tells no more than they do."""
        if self.protected:
            part, whole = self._show(count, key).rounded, self._show(total, PLACED).rounded
            if part is None or not whole:
                return None
            count, total = min(part, whole), whole
        share = 100 * count / max(total, 1)
        return "under 1%" if share < 1 else f"{share:.0f}%"


VOICES, PLACED, UNPLACED, BLANK = ("voices",), ("placed",), ("unplaced",), ("blank",)


def theme_key(theme_id: object, kind: str) -> Key:
    """Return the key of a theme's size; `kind` is voices or people."""
    return ("theme", kind, str(theme_id))


def cell_key(cell: GroupCount, kind: str) -> Key:
    """Return the key of a group's count within a theme."""
    return ("cell", kind, str(cell.theme_id), cell.column, cell.group)


def make_numbers(disclosure: Disclosure, result: ThemeResult, by: tuple[GroupCount, ...]) -> Numbers:
    """Return how the counts of one result are written, those that add up protected together."""
    if disclosure == "none":
        return Numbers(disclosure)
    counts: dict[Key, int] = {
        VOICES: len(result.placements),
        PLACED: result.count("placed"),
        UNPLACED: result.count("unplaced"),
        BLANK: result.count("blank"),
    }
    for theme in result.themes:
        counts[theme_key(theme.id, "voices")] = theme.voices
        if theme.people is not None:
            counts[theme_key(theme.id, "people")] = theme.people
    for cell in by:
        counts[cell_key(cell, "voices")] = cell.voices
        if cell.people is not None:
            counts[cell_key(cell, "people")] = cell.people
    sums = [one for one in _sums(result, by) if counts[one.total] == sum(counts[part] for part in one.parts)]
    return Numbers(disclosure, protect_sums(counts, sums))


def _sums(result: ThemeResult, by: tuple[GroupCount, ...]) -> Iterator[Sum[Key]]:
    """Yield what adds up to what: groups to their theme, themes to what was placed, all to the file."""
    yield Sum(VOICES, (PLACED, UNPLACED, BLANK))
    if result.themes:
        yield Sum(PLACED, tuple(theme_key(theme.id, "voices") for theme in result.themes))
    parts: dict[tuple[Key, str], list[Key]] = {}
    for cell in by:
        parts.setdefault((theme_key(cell.theme_id, "voices"), cell.column), []).append(
            cell_key(cell, "voices")
        )
        if cell.people is not None:
            parts.setdefault((theme_key(cell.theme_id, "people"), cell.column), []).append(
                cell_key(cell, "people")
            )
    for (total, _column), keys in parts.items():
        yield Sum(total, tuple(keys))
