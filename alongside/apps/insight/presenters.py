"""Shapes for the pages of the insight room."""

from collections.abc import Sequence
from typing import overload
from uuid import UUID

from alongside.apps.insight.queries import QuoteView, Review, VoicesToRead


class ListPages(Sequence[QuoteView]):
    """Voices that a paginator can cut into pages without fetching them all."""

    def __init__(self, listed: VoicesToRead) -> None:
        self.listed = listed
        self.readable = listed.count - listed.hidden

    def __len__(self) -> int:
        return self.readable

    @overload
    def __getitem__(self, index: int) -> QuoteView: ...
    @overload
    def __getitem__(self, index: slice) -> list[QuoteView]: ...
    def __getitem__(self, index: int | slice) -> QuoteView | list[QuoteView]:
        if isinstance(index, int):
            return self.listed.page(index, index + 1)[0]
        return self.listed.page(index.start or 0, index.stop or self.readable)


def get_next_after(review: Review, item_id: UUID) -> UUID | None:
    """Return the next proposal to decide after this one, going round to the first; None when all are decided."""
    ids = [item.id for item in review.to_decide]
    if item_id not in ids:
        return ids[0] if ids else None
    rest = ids[ids.index(item_id) + 1 :] + ids[: ids.index(item_id)]
    return rest[0] if rest else None
