"""Shapes for the pages of the insight room."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, overload
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.apps.insight.queries import InsightPage, QuoteView, Review, VoicesToRead

TONES = {"draft": "neutral", "stands": "good", "retired": "warning"}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
        return self.listed.page(index.start or 0, self.readable if index.stop is None else index.stop)


def get_next_after(review: Review, item_id: UUID) -> UUID | None:
    """Return the next proposal to decide after this one, going round to the first; None when all are decided."""
    ids = [item.id for item in review.to_decide]
    if item_id not in ids:
        return ids[0] if ids else None
    rest = ids[ids.index(item_id) + 1 :] + ids[: ids.index(item_id)]
    return rest[0] if rest else None


def select_items(choices: Iterable[tuple[str, str | Promise]], chosen: str) -> list[dict[str, Any]]:
    """Return the options of a filter, "all" first, as the select component wants them."""
    first: dict[str, Any] = {"value": "", "text": _("All")}
    rest = ({"value": value, "text": str(label), "selected": value == chosen} for value, label in choices)
    return [first, *rest]


def state_tone(state: str) -> str:
    """Return the tone an insight's state is drawn in."""
    return TONES[state]


def answer_with_table(data: bytes, name: str, ending: str) -> HttpResponse:
    """Return a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(data, content_type=CONTENT_TYPES[ending], headers=headers)


def read_stylesheet() -> str:
    """Return the stylesheet of printed pages, for a PDF that may fetch nothing."""
    found = finders.find("built/print.css")
    return Path(found).read_text() if isinstance(found, str) else ""


def suggest_limits(page: InsightPage) -> str:
    """Return the limits as they are, with those the facts suggest below them, for a person to edit."""
    new = [words for words in page.strength.limits if words not in page.line.limits]
    return "\n".join(part for part in (page.line.limits, *new) if part)
