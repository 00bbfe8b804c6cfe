"""What pages about events and projects share: refusals beside their field, a page of a list, ids in an address."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.paginator import Page
from django.http import HttpRequest

from alongside.apps.base.forms import add_refusal
from alongside.apps.base.rules import Refused
from alongside.apps.base.views import pages
from alongside.apps.people.queries.parties import get_own_organisation_name

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
    return pages.get_page(request, rows, ROWS_A_PAGE)


def read_id(text: str) -> UUID | None:
    """Return the id a query string holds, or nothing where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def own_name() -> str:
    """Return what our own side is called."""
    return get_own_organisation_name()
