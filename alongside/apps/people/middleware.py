"""Every request carries its viewer, and no shared computer keeps what a viewer saw."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from alongside.apps.base.rules import PUBLIC
from alongside.apps.people.queries import get_viewer


class ViewerMiddleware:
    """Put `request.viewer` on each request: the signed-in person with their roles, or the public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = get_viewer(request.user) if request.user.is_authenticated else PUBLIC  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.viewer.is_known:  # type: ignore[attr-defined]
            add_never_cache_headers(response)
        return response
