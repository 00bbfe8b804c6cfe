"""A refusal anywhere becomes a page that says why and what would help."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.apps.base.rules import Refused
from alongside.apps.base.views import refused


class RefusalMiddleware:
    """Turn Refused into a page with its reason; nothing was written, because writes are atomic."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its reason; leave every other fault to Django."""
        return refused(request, exception.reason) if isinstance(exception, Refused) else None
