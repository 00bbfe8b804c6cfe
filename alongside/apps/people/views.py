"""Signing in and out, people and their roles, partners."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.people.forms import NewPasswordForm, OrganisationForm, PersonForm, SignInForm
from alongside.apps.people.operations import add_organisation, add_person, end_role, give_role, set_active
from alongside.apps.people.presenters import get_permission_table, make_items
from alongside.apps.people.queries import (
    get_demo_person,
    get_person,
    is_empty_installation,
    list_demo_people,
    list_organisation_kinds,
    list_organisations,
    list_people,
)
from alongside.apps.people.rules import ROLES, check_demo

PEOPLE_A_PAGE = 50


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


def people(request: ViewerRequest) -> HttpResponse:
    """List everybody with an account."""
    check_may(request.viewer, "manage_people")
    words, role = request.GET.get("q", ""), request.GET.get("role", "")
    found = list_people(request.viewer, words=words, role=role)
    context = {
        "page": Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "role_items": make_items(ROLES.items(), role, _("All roles")),
        "chips": make_chips(request.GET, {"q": (_("Words"), {}), "role": (_("Role"), ROLES)}),
    }
    return render(request, "people/people.html", context)


def new_person(request: ViewerRequest) -> HttpResponse:
    """Add somebody."""
    check_may(request.viewer, "manage_people")
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            add_person(by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("Added. They can sign in with the password you chose."))
            return redirect("people:people")
    return render(request, "people/new_person.html", {"form": form})


def person(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Show one person with their roles; give or end a role, close or open the account."""
    check_may(request.viewer, "manage_people")
    found = get_person(request.viewer, person_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        _change_person(request, person_id)
        return redirect("people:person", person_id)
    return render(request, "people/person.html", {"person": found, "roles": ROLES})


def _change_person(request: ViewerRequest, person_id: UUID) -> None:
    by, at, data = request.viewer, timezone.now(), request.POST
    if "give" in data:
        give_role(person_id=person_id, role=data["give"], by=by, at=at)
        messages.success(request, _("Given: %(role)s.") % {"role": ROLES.get(data["give"], "")})
    elif "end" in data:
        end_role(person_id=person_id, role=data["end"], by=by, at=at)
        messages.success(request, _("Ended: %(role)s.") % {"role": ROLES.get(data["end"], "")})
    elif "active" in data:
        is_active = data["active"] == "yes"
        set_active(person_id=person_id, is_active=is_active, by=by, at=at)
        messages.success(
            request, _("The account is open again.") if is_active else _("The account is closed.")
        )


def roles(request: ViewerRequest) -> HttpResponse:
    """Show who may do what, as one table."""
    return render(request, "people/roles.html", {"table": get_permission_table(), "roles": ROLES})


def partners(request: ViewerRequest) -> HttpResponse:
    """List the organisations and add one."""
    if request.method == "POST" or not request.viewer.may("see_partners"):
        check_may(request.viewer, "manage_partners")
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        try:
            add_organisation(by=request.viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
        else:
            messages.success(request, _("Added."))
            return redirect("people:partners")
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    kinds = list_organisation_kinds()
    context = {
        "form": form,
        "organisations": list_organisations(request.viewer, words=words, kind=kind),
        "words": words,
        "kind_items": make_items(kinds.items(), kind, _("All kinds")),
        "chips": make_chips(request.GET, {"q": (_("Words"), {}), "kind": (_("Kind"), kinds)}),
        "may_manage": request.viewer.may("manage_partners"),
    }
    return render(request, "people/partners.html", context)
