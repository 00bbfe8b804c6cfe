"""How a relationship is kept: who leads it, how often, that it ended; and being reminded later."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import try_to
from alongside.apps.partnership.forms.relations import LaterForm, RelationshipForm, WordsForm
from alongside.apps.partnership.operations.relations import (
    end_relationship,
    keep_relationship,
    remind_later,
    reopen_relationship,
)
from alongside.apps.partnership.queries.relations.partners import get_relationship
from alongside.apps.people.queries import OrganisationPage, get_organisation, list_people_with_permission

LATER = timedelta(days=30)


def get_partner(request: ViewerRequest, organisation_id: UUID) -> OrganisationPage:
    """Return a partner for those who keep relationships; refuse others before anything is looked up."""
    check_may(request.viewer, "keep_relations")
    found = get_organisation(request.viewer, organisation_id)
    if found is None:
        raise Http404
    return found


def keep(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Say who of us leads a relationship, what it is for, how often, and when it is looked at again."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    kept = get_relationship(viewer, organisation_id)
    leads = dict(list_people_with_permission(viewer, "keep_relations"))
    if kept and kept.lead_id:
        leads[kept.lead_id] = kept.lead
    initial = {"lead": viewer.person_id, "contact_every_days": 90}
    if kept:
        initial = {
            name: getattr(kept, f"{name}_id" if name == "lead" else name)
            for name in ("lead", "purpose", "contact_every_days", "review_on")
        }
    form = RelationshipForm(request.POST or None, leads=list(leads.items()), initial=initial)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        done = try_to(
            form,
            lambda: keep_relationship(organisation_id=organisation_id, plan=form.plan(), by=viewer, at=at),
        )
        if done:
            return redirect("relations:organisation", organisation_id)
    context = {"form": form, "organisation": found, "relationship": kept}
    return render(request, "partnership/relations/keep.html", context)


def end(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """End a relationship with its reason."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    form = WordsForm(
        request.POST or None,
        label=_("Why does it end?"),
        hint=_("Nothing is deleted, and it can be taken up again."),
    )
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["words"]

        def do() -> bool:
            end_relationship(organisation_id=organisation_id, because=because, by=viewer, at=timezone.now())
            return True

        if try_to(form, do):
            return redirect("relations:organisation", organisation_id)
    return render(request, "partnership/relations/end.html", {"form": form, "organisation": found})


@require_POST
def reopen(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Take a relationship up again."""
    get_partner(request, organisation_id)
    reopen_relationship(organisation_id=organisation_id, by=request.viewer, at=timezone.now())
    return redirect("relations:organisation", organisation_id)


def later(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Choose from when the start page speaks of a relationship again."""
    viewer, found = request.viewer, get_partner(request, organisation_id)
    form = LaterForm(request.POST or None, initial={"until": timezone.localdate() + LATER})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]

        def do() -> bool:
            remind_later(organisation_id=organisation_id, until=until, by=viewer, at=timezone.now())
            return True

        if try_to(form, do):
            messages.success(request, _("You will not be reminded before that day."))
            return redirect("relations:organisation", organisation_id)
    return render(request, "partnership/relations/later.html", {"form": form, "organisation": found})
