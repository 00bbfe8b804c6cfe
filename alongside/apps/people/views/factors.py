"""The second step of signing in: an app with codes, passkeys, recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.people.forms import AddAppForm, NewPasskeyForm, PasskeyForm, PasskeyNameForm
from alongside.apps.people.operations import change_factors
from alongside.apps.people.queries import get_factors
from alongside.apps.people.rules import (
    SECOND_FACTOR,
    ask_again,
    ask_again_to_change,
    describe_device,
    without_second_factor,
)
from alongside.apps.people.views.parts import (
    can_use_passkeys,
    options_to_make,
    reload_and_keep_session,
    wants_options,
)


@without_second_factor
def set_up(request: ViewerRequest) -> HttpResponse:
    """Explain the second step and offer both ways; what one lands on without a second factor."""
    context = {"factors": get_factors(request.viewer), "can_use_passkeys": can_use_passkeys(request)}
    return render(request, "people/set_up.html", context)


@without_second_factor
@ask_again
@sensitive_variables()
def add_app(request: ViewerRequest) -> HttpResponse:
    """Set up an app that shows codes: scan, type the first code."""
    if get_factors(request.viewer).has_app:
        return redirect("people:account")
    form = AddAppForm(request.POST or None, user=request.user)
    if form.is_valid():
        _change(
            request, "add_factor", Authenticator.Type.TOTP, lambda: TOTP.activate(request.user, form.secret)
        )
        clear_totp_secret(request)
        return _go_on_after_adding(request, Authenticator.Type.TOTP)
    adapter = get_adapter()
    secret = form.secret
    context = {
        "form": form,
        "picture": adapter.build_totp_svg(adapter.build_totp_url(request.user, secret)),
        "secret_in_fours": [secret[start : start + 4] for start in range(0, len(secret), 4)],
    }
    return render(request, "people/add_app.html", context)


@ask_again
def remove_app(request: ViewerRequest) -> HttpResponse:
    """Take away the app, when another second step is left."""
    app = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.TOTP)
    if request.method == "POST":
        _change(request, "remove_factor", app.type, app.delete)
        messages.success(request, _("Taken away. The app's codes no longer work here."))
        return redirect("people:account")
    return render(request, "people/remove_app.html", {"factors": get_factors(request.viewer)})


@without_second_factor
@ask_again
def add_passkey(request: ViewerRequest) -> HttpResponse:
    """Make a passkey in this device, with a finger, a face or a PIN."""
    if wants_options(request):
        return options_to_make(request.user)
    form = PasskeyForm(request.POST or None)
    failed = False
    if form.is_valid():
        credential = read_new_passkey(request, request.user)
        failed = credential is None
        if credential is not None:
            name = name_passkey(request, form)
            _change(
                request,
                "add_factor",
                Authenticator.Type.WEBAUTHN,
                lambda: WebAuthn.add(request.user, name, credential),
            )
            return _go_on_after_adding(request, Authenticator.Type.WEBAUTHN)
    context = {"form": form, "failed": failed, "can_use_passkeys": can_use_passkeys(request)}
    return render(request, "people/add_passkey.html", context)


@ask_again
def passkey(request: ViewerRequest, passkey_id: int) -> HttpResponse:
    """Give a passkey another name, or take it away when another second step is left."""
    found = get_object_or_404(
        Authenticator, id=passkey_id, user=request.user, type=Authenticator.Type.WEBAUTHN
    )
    if "remove" in request.POST:
        _change(request, "remove_factor", found.type, found.delete)
        messages.success(request, _("Taken away. This passkey no longer signs you in."))
        return redirect("people:account")
    form = PasskeyNameForm(request.POST or None, initial={"name": found.data.get("name", "")})
    if form.is_valid():
        found.data["name"] = form.cleaned_data["name"]
        found.save(update_fields=["data"])
        return redirect("people:account")
    context = {"form": form, "passkey": found, "factors": get_factors(request.viewer)}
    return render(request, "people/passkey.html", context)


@ask_again
@sensitive_variables()
def codes(request: ViewerRequest) -> HttpResponse:
    """Show the recovery codes until somebody says they have kept them; never again after that."""
    kept = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    unused = [] if kept.wrap().did_view else kept.wrap().get_unused_codes()
    if "as" in request.GET:
        return _as_file(unused)
    context = {"codes": unused, "factors": get_factors(request.viewer)}
    return render(request, "people/codes.html", context)


@ask_again_to_change
@require_POST
def change_codes(request: ViewerRequest) -> HttpResponse:
    """Note that the codes are kept, or make new ones in place of the old."""
    if "kept" in request.POST:
        found = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
        found.wrap().mark_as_viewed()
        return redirect("home:start")
    _change(request, "make_codes", Authenticator.Type.RECOVERY_CODES, lambda: _make_codes_anew(request.user))
    return redirect("people:codes")


def read_new_passkey(request: ViewerRequest, person: Any) -> dict[str, Any] | None:
    """Return what the browser made, checked against what it was asked; None where it is wrong."""
    form = NewPasskeyForm(request.POST, user=person)
    if not form.is_valid():
        return None
    credential: dict[str, Any] = form.cleaned_data["credential"]
    return credential


def name_passkey(request: ViewerRequest, form: PasskeyForm) -> str:
    """Return the name somebody gave, else roughly the device."""
    device = describe_device(request.headers.get("User-Agent", ""))
    return str(form.cleaned_data.get("name") or device or _("Passkey"))


def _make_codes_anew(person: Any) -> None:
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)


def _change(request: ViewerRequest, operation: str, kind: str, change: Any) -> None:
    """Change one's factors; this session stays, all others end."""
    change_factors(
        operation=operation,
        kind=str(kind),
        change=change,
        by=request.viewer,
        at=timezone.now(),
        keep=request.session.session_key or "",
    )
    reload_and_keep_session(request)


def _go_on_after_adding(request: ViewerRequest, kind: str) -> HttpResponse:
    """Let somebody in who set up their first second step, and give them codes for the day it is lost."""
    request.session[SECOND_FACTOR] = str(kind)
    RecoveryCodes.activate(request.user)
    if get_factors(request.viewer).codes_shown:
        messages.success(request, _("Your second step is set up."))
        return redirect("people:account")
    return redirect("people:codes")


def _as_file(unused: list[str]) -> HttpResponse:
    if not unused:
        raise Http404
    answer = HttpResponse("\n".join(unused) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer
