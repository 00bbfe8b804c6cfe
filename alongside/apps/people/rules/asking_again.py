"""Some acts ask again who is there: a computer left open must not erase people or give itself rights.

Any room may put `@ask_again` on a view; nothing else is needed:

    @ask_again
    def erase_person(request, person_id): ...

Whoever signed in or confirmed who they are within the last ten minutes passes. Anybody else is led to a page that
asks for a password, a passkey or a code, and comes back to the page they were on. Nothing has happened by then, so
put it on the page that shows the form as well as on the one that takes it: nobody should type a form twice.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseBase

ASK_AGAIN_AFTER = timedelta(minutes=10)

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


class MustAskAgain(Exception):
    """The viewer has to say again who they are; the middleware turns it into the page that asks."""


def was_asked_lately(request: HttpRequest) -> bool:
    """Return whether this viewer said who they are within the last ten minutes; the middleware knows."""
    return bool(getattr(request, "was_asked_lately", False))


def check_asked_lately(request: HttpRequest) -> None:
    """Raise MustAskAgain unless this viewer said who they are within the last ten minutes."""
    if not was_asked_lately(request):
        raise MustAskAgain


def ask_again(view: View[R, P]) -> View[R, P]:
    """Ask who is there before this view, whatever the method, unless they said so within ten minutes."""

    @wraps(view)
    def asked(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        check_asked_lately(request)
        return view(request, *args, **kwargs)

    return asked


def ask_again_to_change(view: View[R, P]) -> View[R, P]:
    """Ask who is there only before this view changes something; looking stays free."""

    @wraps(view)
    def asked(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            check_asked_lately(request)
        return view(request, *args, **kwargs)

    return asked


def without_second_factor(view: View[R, P]) -> View[R, P]:
    """Let somebody open this view who has no second factor yet: to set one up, and to sign out."""
    view.needs_second_factor = False  # type: ignore[attr-defined]
    return view
