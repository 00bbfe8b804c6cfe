"""What several pages share: refusals beside their field, a page of a list, files to download."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from alongside.apps.base.bridge.tables import make_xlsx, stream_csv
from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused

PAGE_ROWS = 25
FAR = 1_000  # rows down a list
Result = TypeVar("Result")


def try_to(form: forms.BaseForm, do: Callable[[], Result]) -> Result | None:
    """Return what an operation returns, or show why it refused beside the field it is about."""
    try:
        return do()
    except Refused as refusal:
        add_refusal(form, refusal.field, refusal.reason)
        return None


class FarPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list; those far down are found by their ids, so that no skipped row is joined or read."""

    def page(self, number: int | str) -> Page[Any]:
        """Return one page with its rows in the list's order."""
        place = (self.validate_number(number) - 1) * self.per_page
        if place < FAR or not isinstance(self.object_list, QuerySet):
            return super().page(number)
        ids = list(self.object_list.values_list("pk", flat=True)[place : place + self.per_page])
        return Page(self.object_list.filter(pk__in=ids), self.validate_number(number), self)


def get_page(request: HttpRequest, rows: Any, number: int = PAGE_ROWS) -> Page[Any]:
    """Return the page of a list that the address names, the nearest there is."""
    return FarPaginator(rows, number).get_page(request.GET.get("page"))


def download(
    ending: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponseBase:
    """Answer with rows as CSV or XLSX, safe to open in a spreadsheet."""
    if ending == "csv":
        lines = (line.encode() for line in stream_csv(columns, rows))
        answer: HttpResponseBase = StreamingHttpResponse(
            _with_mark(lines), content_type="text/csv; charset=utf-8"
        )
    elif ending == "xlsx":
        answer = HttpResponse(
            make_xlsx(columns, rows, name[:30]),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _with_mark(lines: Iterable[bytes]) -> Iterable[bytes]:
    yield "\ufeff".encode()
    yield from lines
