"""What the views of accounts share: the way back, the session that stays, what a passkey needs."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.apps.people.operations import move_sign_in


def find_next(request: HttpRequest, otherwise: str = "home:start") -> str:
    """Return where somebody wanted to go, when it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(otherwise)


def keep_session(request: HttpRequest, person: Any) -> None:
    """Renew the session somebody is in, after all others of theirs ended; it gets a new key."""
    old = request.session.session_key or ""
    update_session_auth_hash(request, person)
    move_sign_in(person_id=person.pk, old_key=old, new_key=request.session.session_key or "")


def reload_and_keep_session(request: HttpRequest) -> None:
    """Renew the session after a change that was stored past the person in memory."""
    request.user.refresh_from_db()  # type: ignore[union-attr]
    keep_session(request, request.user)


def wants_options(request: HttpRequest) -> bool:
    """Return whether the script asks what the browser needs to know, before it asks the person."""
    return request.method == "POST" and "options" in request.POST


def answer_options(options: dict[str, Any]) -> HttpResponse:
    """Return what the browser needs to know to ask for a passkey or to make one."""
    return JsonResponse(options)


def options_to_use(person: Any = None) -> HttpResponse:
    """Return what is needed to use a passkey: of this person, or whichever lies in the device."""
    return answer_options(passkeys.begin_authentication(person))


def options_to_make(person: Any) -> HttpResponse:
    """Return what is needed to make a passkey, which always asks for a finger, a face or a PIN."""
    return answer_options(passkeys.begin_registration(person, True))


def can_use_passkeys(request: HttpRequest) -> bool:
    """Return whether a browser will use passkeys at this address: over https, or on this machine by its name."""
    return request.is_secure() or request.get_host().partition(":")[0] == "localhost"
