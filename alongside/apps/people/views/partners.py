"""Partners."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import make_chips
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.people.forms import OrganisationForm
from alongside.apps.people.operations import add_organisation
from alongside.apps.people.presenters import make_items
from alongside.apps.people.queries import (
    list_organisation_kinds,
    list_organisations,
)


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
