"""The partner's own side, phone first: what needs you, what we hold about you, every shared record, to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_export
from alongside.apps.base.queries.day import get_day
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.bridge.takeaway import TakenKind, make_archive
from alongside.apps.partnership.forms.contacts import AskChangeForm
from alongside.apps.partnership.operations.contacts.changes import ask_for_change
from alongside.apps.partnership.presenters.contacts import make_readme
from alongside.apps.partnership.presenters.ours import list_places
from alongside.apps.partnership.queries.contacts.changes import list_changes, view_changes
from alongside.apps.partnership.queries.contacts.ours import get_own_id, get_shared, list_shared
from alongside.apps.partnership.queries.contacts.people import list_contacts_of
from alongside.apps.people.queries import get_organisation


def start(request: ViewerRequest) -> HttpResponse:
    """Show a partner what needs it, and where its records are."""
    check_may(request.viewer, "see_own_organisation")
    if request.viewer.partner_id is None:
        return render(request, "partnership/ours/nowhere.html")
    organisation = get_organisation(request.viewer, get_own_id(request.viewer))
    today = timezone.localdate()
    context = {
        "organisation": organisation,
        "day": get_day(request.viewer, today),
        "places": list_places(list_shared(request.viewer)),
    }
    return render(request, "partnership/ours/start.html", context)


def organisation(request: ViewerRequest) -> HttpResponse:
    """Show a partner what we hold about it, and what it asked us to change."""
    check_may(request.viewer, "see_own_organisation")
    own_id = get_own_id(request.viewer)
    page = get_page(request, list_changes(request.viewer), 20)
    context = {
        "organisation": get_organisation(request.viewer, own_id),
        "contacts": [one for one in list_contacts_of(request.viewer, own_id) if not one.ended_on],
        "page": page,
        "changes": view_changes(request.viewer, list(page.object_list)),
        "may_ask": request.viewer.may("speak_for_organisation"),
    }
    return render(request, "partnership/ours/organisation.html", context)


def ask(request: ViewerRequest) -> HttpResponse:
    """Ask for a change in what we hold."""
    check_may(request.viewer, "speak_for_organisation")
    get_own_id(request.viewer)
    form = AskChangeForm(request.POST or None, initial={"about": request.GET.get("about") or None})
    if form.is_valid():
        made = try_to(form, lambda: ask_for_change(by=request.viewer, at=timezone.now(), **form.cleaned_data))
        if made is not None:
            messages.success(request, _("Sent. You will see the answer on this page."))
            return redirect("ours:organisation")
    return render(request, "partnership/ours/ask.html", {"form": form})


def records(request: ViewerRequest) -> HttpResponse:
    """List every kind of record that is shared with a partner."""
    check_may(request.viewer, "see_own_organisation")
    return render(request, "partnership/ours/records.html", {"kinds": list(list_shared(request.viewer))})


def kind(request: ViewerRequest, record: str) -> HttpResponse:
    """Show the shared records of one kind."""
    check_may(request.viewer, "see_own_organisation")
    found = get_shared(request.viewer, record)
    if found is None:
        raise Http404
    page = get_page(request, found.table.rows, 50)
    rows = [list(zip(found.table.columns, row, strict=True)) for row in page.object_list]
    return render(request, "partnership/ours/kind.html", {"found": found, "page": page, "rows": rows})


def export(request: ViewerRequest) -> HttpResponse:
    """Give a partner every shared record as one archive."""
    check_may(request.viewer, "see_own_organisation")
    own_id = get_own_id(request.viewer)
    found = get_organisation(request.viewer, own_id)
    name = found.name if found else ""
    kinds = [TakenKind(one.name, one.label, one.table) for one in list_shared(request.viewer)]
    day = timezone.localdate().isoformat()
    record_export(
        what="shared_records",
        object_type="people.organisation",
        object_ids=[own_id],
        rows=sum(len(one.table.rows) for one in kinds),
        ending="zip",
        by=request.viewer,
        at=timezone.now(),
    )
    listed = [(f"{one.name}.csv", one.label, len(one.table.rows), one.table.note) for one in kinds]
    archive = make_archive(kinds, readme=make_readme(name, day, listed), organisation=name, day=day)
    answer = HttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="our-records-{day}.zip"'
    return answer
