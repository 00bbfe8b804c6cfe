"""Signing in and out, and the password."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.people.forms import NewPasswordForm, SignInForm
from alongside.apps.people.queries import (
    get_demo_person,
    is_empty_installation,
    list_demo_people,
)
from alongside.apps.people.rules import check_demo


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign in with e-mail and password; in the demonstration also by choosing a person."""

    template_name = "people/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        context["demo_people"] = list_demo_people() if settings.DEMO else []
        context["nobody_yet"] = is_empty_installation()
        return context


@login_not_required
@require_POST
def sign_in_to_demo(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Sign in as one of the made-up people; refused anywhere but in the demonstration."""
    check_demo(settings.DEMO)
    person = get_demo_person(person_id)
    if person is None:
        raise Http404
    start_session(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home:start")


@login_not_required
@require_POST
def sign_out(request: ViewerRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("people:login")


class ChangePassword(PasswordChangeView):
    """Choose a new password."""

    template_name = "people/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("home:start")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your new password is kept. Use it from now on."))
        return super().form_valid(form)
