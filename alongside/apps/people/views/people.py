"""People and their roles."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.people.operations import end_role, give_role, reset_factors, set_active
from alongside.apps.people.presenters import get_roles_page, make_items
from alongside.apps.people.queries import (
    get_factors,
    get_person,
    list_people,
)
from alongside.apps.people.rules import ROLES, ask_again_to_change

PEOPLE_A_PAGE = 50


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


@ask_again_to_change
def person(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """Show one person with their roles; give or end a role, reset a lost second step, close the account."""
    check_may(request.viewer, "manage_people")
    found = get_person(request.viewer, person_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        _change_person(request, person_id)
        return redirect("people:person", person_id)
    context = {"person": found, "roles": ROLES, "factors": get_factors(request.viewer, person_id)}
    return render(request, "people/person.html", context)


def _change_person(request: ViewerRequest, person_id: UUID) -> None:
    by, at, data = request.viewer, timezone.now(), request.POST
    if "give" in data:
        give_role(person_id=person_id, role=data["give"], by=by, at=at)
        messages.success(request, _("Given: %(role)s.") % {"role": ROLES.get(data["give"], "")})
    elif "end" in data:
        end_role(person_id=person_id, role=data["end"], by=by, at=at)
        messages.success(request, _("Ended: %(role)s.") % {"role": ROLES.get(data["end"], "")})
    elif "reset" in data:
        reset_factors(person_id=person_id, by=by, at=at)
        messages.success(request, _("Their second step is taken away, and they are signed out everywhere."))
    elif "active" in data:
        is_active = data["active"] == "yes"
        set_active(person_id=person_id, is_active=is_active, by=by, at=at)
        messages.success(
            request, _("The account is open again.") if is_active else _("The account is closed.")
        )


def roles(request: ViewerRequest) -> HttpResponse:
    """Show who may do what, as one table."""
    return render(request, "people/roles.html", get_roles_page(request.viewer, request.GET.get("role", "")))
