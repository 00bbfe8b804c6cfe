"""Every request carries its viewer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.apps.base.rules import PUBLIC
from alongside.apps.people.queries import get_viewer


class ViewerMiddleware:
    """Put `request.viewer` on each request: the signed-in person with their roles, or the public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = get_viewer(request.user) if request.user.is_authenticated else PUBLIC  # type: ignore[attr-defined]
        return self.get_response(request)
