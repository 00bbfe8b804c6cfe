"""What pages about events and projects share: refusals beside their field, a page of a list, files to download."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused
from alongside.apps.partnership.bridge.events import make_xlsx, stream_csv

ROWS_A_PAGE = 50
Result = TypeVar("Result")


def try_to(form: forms.BaseForm, do: Callable[[], Result]) -> tuple[bool, Result | None]:
    """Return whether an operation was done, and what it returned; else show why it refused beside its field."""
    try:
        return True, do()
    except Refused as refusal:
        add_refusal(form, refusal.field, refusal.reason)
        return False, None


def get_page(request: HttpRequest, rows: Any) -> Page[Any]:
    """Return the page of a list that the address names, the nearest there is."""
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))


def read_id(text: str) -> UUID | None:
    """Return the id a query string holds, or nothing where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def download(
    ending: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponseBase:
    """Answer with rows as CSV or XLSX, safe to open in a spreadsheet."""
    if ending == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            stream_csv(columns, rows), content_type="text/csv; charset=utf-8"
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


def own_name() -> str:
    """Return what our own side is called."""
    return str(settings.BRAND["organisation"] or settings.BRAND["name"])
