"""The list of partners, adding one, and one partner whole: its page and what we say it is."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.relations import (
    DetailsForm,
    IdentifiersForm,
    IncomeForm,
    NewPartnerForm,
)
from alongside.apps.partnership.presenters.relations import (
    COLUMNS,
    HEALTH_TONES,
    HEALTH_WORDS,
    PRIORITY_TONES,
    draw_partner_choices,
    draw_timeline_choices,
    export_rows,
)
from alongside.apps.partnership.queries.contacts.people import list_contacts_of
from alongside.apps.partnership.queries.relations.health import list_health
from alongside.apps.partnership.queries.relations.partners import (
    PartnerFilters,
    find_partners,
    get_relationship,
    list_partner_lines,
    list_priorities,
    list_promises,
)
from alongside.apps.partnership.queries.relations.timeline import list_timeline
from alongside.apps.people.operations import (
    add_organisation,
    assure_organisation,
    change_organisation,
    remove_income,
    set_identifiers,
    set_income,
)
from alongside.apps.people.queries import (
    OrganisationPage,
    get_organisation,
    list_identifier_warnings,
    list_nations,
    list_organisation_kinds,
    list_people_of,
    sees_names,
)

ROWS_A_PAGE, ENTRIES_A_PAGE, SHOWN, CONTACTS = 50, 25, 5, 8
TIMELINE_BACK = timedelta(days=730)
CHECK_AGAIN_AFTER = timedelta(days=365)


def partners(request: ViewerRequest) -> HttpResponse:
    """List the partners: names for everybody who may know them, how things stand for those who see relations."""
    viewer, on = request.viewer, timezone.localdate()
    if not sees_names(viewer):
        check_may(viewer, "see_partners")
    page = get_page(request, find_partners(viewer, _read_filters(request)), ROWS_A_PAGE)
    context = {
        "page": page,
        "lines": list_partner_lines(viewer, list(page.object_list), on),
        "choices": draw_partner_choices(request.GET, list_organisation_kinds(), list_nations(viewer)),
        "health_words": HEALTH_WORDS,
        "health_tones": HEALTH_TONES,
        "saved_views": list_saved_views(viewer, "relations:list"),
        "query": request.GET.urlencode(),
        "sees_all": viewer.may("see_relations"),
        "may_manage": viewer.may("manage_partners"),
        "may_export": viewer.may("see_relations") and viewer.may("export_rows"),
        "may_invite": viewer.may("invite_partners"),
    }
    return render(request, "partnership/relations/list.html", context)


def _read_filters(request: ViewerRequest) -> PartnerFilters:
    get = request.GET.get
    return PartnerFilters(
        words=get("q", "").strip()[:100],
        kind=get("kind", ""),
        nation=get("nation", ""),
        health=get("health", ""),
    )


def export(request: ViewerRequest, ending: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    viewer, on = request.viewer, timezone.localdate()
    check_may(viewer, "see_relations")
    check_may(viewer, "export_rows")
    ids = list(find_partners(viewer, _read_filters(request)))
    record_export(
        what="partners",
        object_type="people.organisation",
        object_ids=[],
        rows=len(ids),
        ending=ending,
        by=viewer,
        at=timezone.now(),
    )
    return download(ending, "partners", COLUMNS, export_rows(list_partner_lines(viewer, ids, on)))


def new(request: ViewerRequest) -> HttpResponse:
    """Add a partner."""
    viewer = request.viewer
    check_may(viewer, "manage_partners")
    form = NewPartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        terms = form.cleaned_data
        added = try_to(form, lambda: add_organisation(by=viewer, at=timezone.now(), **terms))
        if added:
            messages.success(request, _("Added."))
            return _to_page(request, added.id)
    return render(request, "partnership/relations/new.html", {"form": form})


def organisation(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Show one relationship whole: how it stands and why, what was said and done, what is promised and wanted."""
    viewer, on = request.viewer, timezone.localdate()
    check_may(viewer, "see_relations")
    found = _get(request, organisation_id)
    since = date.min if request.GET.get("since") == "all" else on - TIMELINE_BACK
    entries = list_timeline(viewer, organisation_id, since)
    kind = request.GET.get("kind", "")
    shown = [entry for entry in entries if entry.kind == kind] if kind else entries
    promises = list_promises(viewer, on, organisation_id=organisation_id)
    priorities = list_priorities(viewer, organisation_id=organisation_id)
    context = {
        "organisation": found,
        "relationship": get_relationship(viewer, organisation_id),
        "health": list_health(viewer, [organisation_id], on)[organisation_id],
        "health_words": HEALTH_WORDS,
        "health_tones": HEALTH_TONES,
        "priority_tones": PRIORITY_TONES,
        "page": get_page(request, shown, ENTRIES_A_PAGE),
        "choices": draw_timeline_choices(request.GET, entries),
        "promises": promises[:SHOWN],
        "more_promises": promises[SHOWN:],
        "priorities": priorities[:SHOWN],
        "more_priorities": priorities[SHOWN:],
        "people": list_people_of(viewer, organisation_id),
        "contacts": list_contacts_of(viewer, organisation_id)[:CONTACTS],
        "check_again": found.assured_on is None or found.assured_on < on - CHECK_AGAIN_AFTER,
        "may_keep": viewer.may("keep_relations"),
        "may_manage": viewer.may("manage_partners"),
        "today": on,
    }
    return render(request, "partnership/relations/organisation.html", context)


def change(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Change what we say an organisation is."""
    viewer = request.viewer
    check_may(viewer, "manage_partners")
    found = _get(request, organisation_id)
    form = DetailsForm(request.POST or None, initial=DetailsForm.initial_of(found))
    if request.method == "POST" and form.is_valid():

        def keep() -> bool:
            details = form.details()
            change_organisation(
                organisation_id=organisation_id, details=details, by=viewer, at=timezone.now()
            )
            return True

        if try_to(form, keep):
            return _to_page(request, organisation_id)
    return render(request, "partnership/relations/change.html", {"form": form, "organisation": found})


def identifiers(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Change an organisation's numbers on official lists; what looks wrong is said and kept."""
    viewer = request.viewer
    check_may(viewer, "manage_partners")
    found = _get(request, organisation_id)
    form = IdentifiersForm(request.POST or None, there=found.identifiers)
    if request.method == "POST" and form.is_valid():

        def keep() -> bool:
            set_identifiers(
                organisation_id=organisation_id, identifiers=form.identifiers(), by=viewer, at=timezone.now()
            )
            return True

        if try_to(form, keep):
            for words in list_identifier_warnings(organisation_id, form.identifiers()):
                messages.warning(request, words)
            return _to_page(request, organisation_id)
    return render(request, "partnership/relations/identifiers.html", {"form": form, "organisation": found})


def incomes(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Keep an organisation's whole income in a year, and take a wrong one away."""
    viewer = request.viewer
    check_may(viewer, "manage_partners")
    found = _get(request, organisation_id)
    form = IncomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def keep() -> bool:
            set_income(organisation_id=organisation_id, income=form.terms(), by=viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            return redirect("relations:incomes", organisation_id)
    return render(request, "partnership/relations/incomes.html", {"form": form, "organisation": found})


@require_POST
def drop_income(request: ViewerRequest, organisation_id: UUID, year_ends_on: str) -> HttpResponse:
    """Take a wrong income away."""
    check_may(request.viewer, "manage_partners")
    _get(request, organisation_id)
    try:
        day = date.fromisoformat(year_ends_on)
    except ValueError as wrong:
        raise Http404 from wrong
    remove_income(organisation_id=organisation_id, year_ends_on=day, by=request.viewer, at=timezone.now())
    return redirect("relations:incomes", organisation_id)


@require_POST
def assure(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    """Write down that everything about an organisation was checked today."""
    check_may(request.viewer, "manage_partners")
    _get(request, organisation_id)
    assure_organisation(organisation_id=organisation_id, by=request.viewer, at=timezone.now())
    messages.success(request, _("Checked today. We will ask again in a year."))
    return _to_page(request, organisation_id)


def _get(request: ViewerRequest, organisation_id: UUID) -> OrganisationPage:
    found = get_organisation(request.viewer, organisation_id)
    if found is None:
        raise Http404
    return found


def _to_page(request: ViewerRequest, organisation_id: UUID) -> HttpResponse:
    if request.viewer.may("see_relations"):
        return redirect("relations:organisation", organisation_id)
    return redirect("relations:list")
