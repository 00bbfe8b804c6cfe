"""Signing in and out: password and second step, passkey, the demonstration's buttons, and asking again."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.core.internal import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import Viewer, ViewerRequest
from alongside.apps.people.forms import AskAgainForm, CodeForm, UsePasskeyForm
from alongside.apps.people.operations import note_confirmed, note_wrong_code
from alongside.apps.people.queries import (
    get_demo_person,
    get_factors,
    is_empty_installation,
    list_demo_people,
)
from alongside.apps.people.rules import ASKED, DEMO, check_demo, without_second_factor
from alongside.apps.people.views.parts import can_use_passkeys, find_next, options_to_use, wants_options


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """Sign in with e-mail and password; in the demonstration also by choosing a person."""

    template_name = "people/login.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        context["demo_people"] = list_demo_people() if settings.DEMO else []
        context["nobody_yet"] = is_empty_installation()
        context["next"] = self.request.POST.get("next") or self.request.GET.get("next", "")
        context["can_use_passkeys"] = can_use_passkeys(self.request)
        context["was_signed_out"] = self.request.session.get("signed_out_because")
        return context


@method_decorator(login_not_required, name="dispatch")
class SignInWithPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey alone: it is something held and something known."""

    http_method_names = ["post"]

    def post(self, request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if wants_options(request):
            return options_to_use()
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        post_authentication(self.request, authenticator, passwordless=True)
        answer: HttpResponse = perform_login(
            self.request, Login(user=authenticator.user, redirect_url=find_next(self.request))
        )
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here. Sign in with your password instead."))
        return redirect("people:login")


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The second step after the password: a passkey, a code from an app, or a recovery code."""

    template_name = "people/second_step.html"

    def post(self, request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_options(request):
            return options_to_use(self.stage.login.user)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        note_wrong_code(person_id=self.stage.login.user.pk, at=timezone.now())
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        person = self.stage.login.user
        return {
            "form": self.auth_form,
            "passkey_form": self.webauthn_form,
            "factors": get_factors(Viewer(person_id=person.pk, name="")),
            "can_use_passkeys": can_use_passkeys(self.request),
        }


@login_not_required
@require_POST
def sign_in_to_demo(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Sign in as one of the made-up people; refused anywhere but in the demonstration."""
    check_demo(settings.DEMO)
    person = get_demo_person(person_id)
    if person is None:
        raise Http404
    start_session(request, person)
    request.session[DEMO] = True
    return redirect("home:start")


@login_not_required
@without_second_factor
@require_POST
def sign_out(request: ViewerRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("people:login")


@method_decorator([sensitive_post_parameters(), without_second_factor], name="dispatch")
class AskAgain(View):
    """Ask who is there before a sensitive act: password, passkey or code; in the demonstration one button."""

    request: ViewerRequest

    def get(self, request: ViewerRequest) -> HttpResponse:
        return self._show()

    def post(self, request: ViewerRequest) -> HttpResponse:
        if wants_options(request):
            return options_to_use(request.user)
        too_many = ratelimit.consume_or_429(
            request, app="allauth.account", action="reauthenticate", user=request.user
        )
        if too_many:
            answer: HttpResponse = too_many
            return answer
        now = timezone.now()
        forms = self._check(request)
        if forms is not None:
            return self._show(**forms)
        request.session[ASKED] = int(now.timestamp())
        note_confirmed(by=request.viewer, at=now)
        return redirect(find_next(request, "people:account"))

    def _check(self, request: ViewerRequest) -> dict[str, Any] | None:
        """Return None where it is them, else what to show again."""
        if "demo" in request.POST:
            check_demo(_is_demo_session(request))
            return None
        if "code" in request.POST:
            code_form = CodeForm(request.POST, user=request.user)
            return self._refuse({"code_form": code_form}) if not code_form.is_valid() else None
        if "credential" in request.POST:
            passkey_form = UsePasskeyForm(request.POST, user=request.user)
            return self._refuse({"passkey_failed": True}) if not passkey_form.is_valid() else None
        password_form = AskAgainForm(request.POST)
        if password_form.is_valid() and not _is_own_password(request, password_form.cleaned_data["password"]):
            password_form.add_error("password", _("This is not your password. Check it and try again."))
        return None if password_form.is_valid() else {"password_form": password_form}

    def _refuse(self, forms: dict[str, Any]) -> dict[str, Any]:
        note_wrong_code(person_id=self.request.viewer.own_id, at=timezone.now())
        return forms

    def _show(self, **forms: Any) -> HttpResponse:
        context = {
            "factors": get_factors(self.request.viewer),
            "is_demo_session": _is_demo_session(self.request),
            "password_form": AskAgainForm(),
            "code_form": CodeForm(user=self.request.user),
            "next": find_next(self.request, "people:account"),
            "can_use_passkeys": can_use_passkeys(self.request),
            **forms,
        }
        return render(self.request, "people/ask_again.html", context)


def _is_demo_session(request: ViewerRequest) -> bool:
    return bool(settings.DEMO and request.session.get(DEMO))


def _is_own_password(request: ViewerRequest, password: str) -> bool:
    """Return whether it is; wrong tries are counted and locked as at the sign-in."""
    email = request.user.email  # type: ignore[union-attr]
    found = get_adapter().authenticate(request, email=email, password=password)
    return found is not None and found.pk == request.user.pk
