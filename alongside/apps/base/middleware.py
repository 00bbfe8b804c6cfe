"""A refusal anywhere becomes a page that says why and what would help; browsers hear what an answer may do."""

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from alongside.apps.base.rules import Refused
from alongside.apps.base.views import bad_request, refused

# What no page of ours needs, whoever wrote its words.
PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"


class BrowserRulesMiddleware:
    """Tell browsers what an answer may do: outermost, so that no page, file or fault leaves without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        headers = answer.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        if headers.get("Content-Disposition", "").startswith("attachment"):
            headers["Content-Security-Policy"] = NOTHING_RUNS
        headers.setdefault("Content-Security-Policy", NOTHING_RUNS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            headers.setdefault("Cache-Control", "no-store, private")
        return answer


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
