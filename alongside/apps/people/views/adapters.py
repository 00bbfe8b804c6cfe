"""What allauth asks this house: who is locked out, how secrets are kept, what a passkey is called."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.apps.people.bridge import draw_code, lock_secret, open_secret
from alongside.apps.people.operations import forget_wrong_tries, note_wrong_try
from alongside.apps.people.operations.sign_ins import ANYWHERE, digest_place
from alongside.apps.people.queries import is_locked
from alongside.apps.people.rules import was_asked_lately


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign in with our own locks and words; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "That e-mail address and password do not go together. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many wrong tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from: what our own proxies say, else who connected; a network for IPv6."""
        proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        is_passed_on = 0 < proxies <= len(passed) and bool(passed[-proxies])
        place = passed[-proxies] if is_passed_on else request.META.get("REMOTE_ADDR") or "unknown"
        return str(truncate_ip(place))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse even the right password while this account is locked, here or everywhere."""
        email, place = credentials.get("email", ""), self.get_client_ip(request)
        digests = [digest_place(email, place), digest_place(email, ANYWHERE)]
        if is_locked(digests=digests, at=timezone.now()):
            raise ImmediateHttpResponse(show_lock(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return who has this address and password; a closed account looks like a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is None:
            return None
        if not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        forget_wrong_tries(email=credentials.get("email", ""), place=self.get_client_ip(request))
        return user

    def _rollback_login_failed_rl_usage(self) -> None:
        """Keep allauth's own counter out: ours has counted."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong try."""
        note_wrong_try(
            email=credentials.get("email", ""), place=self.get_client_ip(request), at=timezone.now()
        )

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Lead a closed account with a passkey back to the page that says whom to ask."""
        messages.error(request, _("This account is closed. Ask an administrator."))
        return redirect("people:login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Our own page asks; it knows when it last did."""
        return not was_asked_lately(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Lead to our own page that asks again, whatever the method."""
        return [{"id": "reauthenticate", "description": "", "url": reverse("people:ask_again")}]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say only what went wrong; the page itself shows what went well."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: our operations tell people, within their own transaction."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keep the secrets of second factors locked under the installation's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code. Wait for the next one and type it again."),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it may lie in the database."""
        return lock_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that lay in the database."""
        return open_secret(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return the name under which an app lists this installation."""
        return str(settings.BRAND["organisation"] or settings.BRAND["name"])

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as the address of an image."""
        return draw_code(url)

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


def show_lock(request: HttpRequest) -> HttpResponse:
    """Say that signing in is locked for a while, and what to do; the same for every address."""
    return render(request, "people/locked.html", status=429)
