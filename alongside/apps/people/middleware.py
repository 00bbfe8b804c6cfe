"""Every request carries its viewer; sessions end in time; nobody goes on without a second factor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from alongside.apps.base.rules import PUBLIC, Viewer, change_acting, get_acting
from alongside.apps.people.models import Person
from alongside.apps.people.operations import end_sign_in, note_sign_in
from alongside.apps.people.queries import get_factors, get_viewer, list_methods
from alongside.apps.people.rules import (
    ASK_AGAIN_AFTER,
    ASKED,
    BEGAN,
    DEMO,
    SECOND_FACTOR,
    SEEN,
    MustAskAgain,
    describe_device,
    is_session_over,
)

SEEN_EVERY_SECONDS = (
    60  # how often a session notes that somebody is there; a page that is only read writes nothing
)

Answer = Callable[[HttpRequest], HttpResponse]


def begin_session(sender: object, request: HttpRequest, user: Person, **rest: object) -> None:
    """Note when a session began, with what and where; called whenever somebody signs in, however they do."""
    now = timezone.now()
    session = request.session
    session[BEGAN] = session[SEEN] = session[ASKED] = int(now.timestamp())
    methods = list_methods(get_authentication_records(request, user))
    second = next((method for method in methods if method != "password"), "")
    if second:
        session[SECOND_FACTOR] = second
    if session.session_key is None:
        session.save()
    if get_acting().work_id is not None:
        change_acting(by=Viewer(person_id=user.id, name=""))  # until here nobody was known
    note_sign_in(
        person_id=user.id,
        session_key=session.session_key or "",
        device=describe_device(request.META.get("HTTP_USER_AGENT", "")),
        methods=methods,
        at=now,
    )


def forget_session(sender: object, request: HttpRequest, user: Person | None, **rest: object) -> None:
    """Forget where somebody was signed in when they sign out."""
    if request.session.session_key:
        end_sign_in(session_key=request.session.session_key)


class SessionLimitsMiddleware:
    """End a session that was left alone for an hour, or is half a day old."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._check(request, timezone.now())
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: datetime) -> None:
        session = request.session
        began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
        is_over = is_session_over(
            began_at=_as_time(began),
            seen_at=_as_time(seen),
            at=now,
            idle=timedelta(seconds=settings.SESSION_IDLE_SECONDS),
            longest=timedelta(seconds=settings.SESSION_COOKIE_AGE),
        )
        if is_over or (session.get(DEMO) and not settings.DEMO):
            logout(request)
            request.session["signed_out_because"] = "time"
            return
        if now.timestamp() - seen > SEEN_EVERY_SECONDS:
            session[SEEN] = int(now.timestamp())
        request.was_asked_lately = now - _as_time(session.get(ASKED, 0)) <= ASK_AGAIN_AFTER  # type: ignore[attr-defined]


class ViewerMiddleware:
    """Put `request.viewer` on each request: the signed-in person with their roles, or the public."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = get_viewer(request.user) if request.user.is_authenticated else PUBLIC  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.viewer.is_known:  # type: ignore[attr-defined]
            add_never_cache_headers(response)
        return response


class SecondFactorMiddleware:
    """Let nobody past the page that sets up a second factor until they have one; ask again where a view wants it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Lead somebody with a password alone to the set-up; until then they hold no role."""
        if not request.user.is_authenticated or _has_second_factor(request):
            return None
        if get_factors(request.viewer).has_second:  # type: ignore[attr-defined]
            logout(
                request
            )  # a session that never took the second step its person has: nobody honest holds one
            return _lead(request, reverse("people:login"))
        request.viewer = replace(request.viewer, permissions=frozenset(), roles=frozenset())  # type: ignore[attr-defined]
        is_open = not getattr(view, "login_required", True) or not getattr(view, "needs_second_factor", True)
        return None if is_open else _lead(request, reverse("people:set_up"))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask who is there before a sensitive act, and come back to where they were."""
        if not isinstance(exception, MustAskAgain):
            return None
        return _lead(request, f"{reverse('people:ask_again')}?{urlencode({'next': _find_way_back(request)})}")


def _has_second_factor(request: HttpRequest) -> bool:
    return bool(request.session.get(SECOND_FACTOR)) or bool(settings.DEMO and request.session.get(DEMO))


def _lead(request: HttpRequest, url: str) -> HttpResponse:
    """Return a redirect, in the form htmx understands where htmx asked."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _find_way_back(request: HttpRequest) -> str:
    """Return the page somebody was on: this one, or the one with the form that led here."""
    if request.method == "GET" and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return reverse("home:start")
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _as_time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
