"""Refusals and a machine that fails us become pages that help; every change says who made it and on which page."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from alongside.apps.base.rules import PUBLIC, Refused, acting, change_acting
from alongside.apps.base.rules.faults import Fault, find_fault
from alongside.apps.base.views import SAFE_METHODS, bad_request, refused, unavailable

logger = logging.getLogger("alongside.faults")


class ActingMiddleware:
    """Let every row that changes during a request know who asked for it, and on which page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(getattr(request, "viewer", PUBLIC), why=request.method or ""):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _arguments: Any, _named: Any
    ) -> None:
        """Name the page, once its address has been understood."""
        if request.resolver_match:
            change_acting(why=request.resolver_match.view_name)


class RefusalMiddleware:
    """Turn Refused into a page with its reason; nothing was written, because writes are atomic."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its reason, and a NUL that a database cannot take; leave the rest to Django."""
        if isinstance(exception, Refused):
            return refused(request, exception.reason)
        if isinstance(exception, (DataError, ValueError)) and _holds_nul(request):
            return bad_request(request)
        return None


def _holds_nul(request: HttpRequest) -> bool:
    """Return whether a NUL was sent: SQLite keeps it, PostgreSQL refuses it, and no person types it."""
    sent = [*request.GET.lists(), *request.POST.lists()]
    return any("\x00" in value for _name, values in sent for value in values)


class FaultMiddleware:
    """Turn a database that is away, held or full into a page to wait with.

    What was only being read is tried once more where two transactions crossed; what was being written is not,
    because only the person knows whether it should be sent again. Faults outside every view reach the same page
    by `base.views.broken`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _fault_of(request) is Fault.CLASHED and request.method in SAFE_METHODS:
            request.fault = None  # type: ignore[attr-defined]
            response = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a fault of the machine with its page; leave our own mistakes to Django."""
        fault = find_fault(exception)
        if fault is None:
            return None
        request.fault = fault  # type: ignore[attr-defined]
        logger.warning("the machine failed us (%s): %s", fault.value, type(exception).__name__)
        return unavailable(request, fault)


def _fault_of(request: HttpRequest) -> Fault | None:
    return getattr(request, "fault", None)
