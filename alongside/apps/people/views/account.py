"""Your account: password, second step, where you are signed in, and the link for a forgotten password."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from alongside.apps.base.rules import ViewerRequest
from alongside.apps.people.forms import ChoosePasswordForm, ForgottenForm
from alongside.apps.people.operations import (
    end_own_sessions,
    end_own_sign_in,
    send_password_link,
    set_password,
)
from alongside.apps.people.queries import (
    get_factors,
    get_person_by_id,
    get_person_to_reset,
    get_viewer,
    list_sign_ins,
)
from alongside.apps.people.rules import ask_again
from alongside.apps.people.views.parts import keep_session, reload_and_keep_session

RESET_TOKEN = "password_token"  # noqa: S105  (the name of a place in the session)


def account(request: ViewerRequest) -> HttpResponse:
    """Show everything about one's own account, each with what can be done."""
    at = timezone.now()
    context = {
        "factors": get_factors(request.viewer),
        "signed_in": len(list_sign_ins(request.viewer, session_key=_key(request), at=at)),
        "email": request.user.email,  # type: ignore[union-attr]
    }
    return render(request, "people/account.html", context)


def sessions(request: ViewerRequest) -> HttpResponse:
    """Show where somebody is signed in; end one, or all others."""
    at = timezone.now()
    if "end" in request.POST:
        end_own_sign_in(sign_in_id=_as_id(request.POST["end"]), by=request.viewer, at=at)
        messages.success(request, _("Signed out there."))
        return redirect("people:sessions")
    if request.method == "POST":
        ended = end_own_sessions(by=request.viewer, at=at, keep=_key(request))
        reload_and_keep_session(request)
        words = ngettext(
            "Signed out in %(count)d other place.", "Signed out in %(count)d other places.", ended
        )
        messages.success(request, words % {"count": ended})
        return redirect("people:sessions")
    lines = list_sign_ins(request.viewer, session_key=_key(request), at=at)
    return render(request, "people/sessions.html", {"lines": lines})


@sensitive_post_parameters()
@ask_again
def password(request: ViewerRequest) -> HttpResponse:
    """Choose a new password, or a first one beside a passkey; all other sessions end."""
    form = ChoosePasswordForm(request.POST or None, person=request.user)  # type: ignore[arg-type]
    if form.is_valid():
        person = set_password(
            person_id=request.viewer.own_id,
            password=form.cleaned_data["new_password1"],
            by=request.viewer,
            at=timezone.now(),
            keep=_key(request),
        )
        keep_session(request, person)
        messages.success(request, _("Your new password is kept. Use it from now on."))
        return redirect("people:account")
    return render(request, "people/password.html", {"form": form, "factors": get_factors(request.viewer)})


@login_not_required
def forgotten(request: ViewerRequest) -> HttpResponse:
    """Send a link to choose a new password; the answer is the same whether there is such an account or not."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        too_many = ratelimit.consume_or_429(
            request, app="allauth.account", action="reset_password", key=email.lower()
        )
        if too_many:
            answer: HttpResponse = too_many
            return answer
        person = get_person_to_reset(email)
        if person is not None:
            path = reverse(
                "people:new_password", args=[person.id, default_token_generator.make_token(person)]
            )
            send_password_link(person_id=person.id, link=settings.PUBLIC_URL + path, at=timezone.now())
        return render(request, "people/forgotten_sent.html")
    return render(request, "people/forgotten.html", {"form": form})


@login_not_required
@sensitive_variables()
@sensitive_post_parameters()
def new_password(request: ViewerRequest, person_id: UUID, token: str) -> HttpResponse:
    """Choose a new password with the link from the letter; nobody is signed in by it."""
    person = get_person_by_id(person_id)
    if person is None or not default_token_generator.check_token(person, token):
        return render(request, "people/link_gone.html", {"what": "password"}, status=410)
    form = ChoosePasswordForm(request.POST or None, person=person)
    if form.is_valid():
        set_password(
            person_id=person.id,
            password=form.cleaned_data["new_password1"],
            by=get_viewer(person),
            at=timezone.now(),
        )
        messages.success(request, _("Your new password is kept. Sign in with it."))
        return redirect("people:login")
    return render(request, "people/new_password.html", {"form": form})


def _as_id(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError as strange:
        raise Http404 from strange


def _key(request: ViewerRequest) -> str:
    return request.session.session_key or ""
