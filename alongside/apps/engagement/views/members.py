"""The Patient Partnership Programme: who is in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.operations import record_export, record_read
from alongside.apps.base.presenters import make_chips
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.engagement.forms import LeaveForm, MemberForm
from alongside.apps.engagement.forms.consents import NewMemberForm
from alongside.apps.engagement.operations import add_member, change_member, end_membership
from alongside.apps.engagement.presenters import make_items
from alongside.apps.engagement.queries import get_member, list_members

COLUMNS = ("name", "email", "joined_on", "left_on", "conditions", "wants")


def members(request: ViewerRequest) -> HttpResponse:
    """List the members with search and filters."""
    check_may(request.viewer, "see_members")
    words, state = request.GET.get("q", ""), request.GET.get("state", "")
    states = {"current": _("Members now"), "past": _("Those who left")}
    context = {
        "page": get_page(request, list_members(request.viewer, words=words, state=state)),
        "words": words,
        "states": make_items(states.items(), state, _("Everybody")),
        "chips": make_chips(request.GET, {"q": (_("Words"), {}), "state": (_("Showing"), states)}),
        "query": request.GET.urlencode(),
        "saved_views": list_saved_views(request.viewer, "engagement:members"),
    }
    return render(request, "engagement/members.html", context)


def export(request: ViewerRequest, ending: str) -> HttpResponseBase:
    """Download the members that the filters leave."""
    check_may(request.viewer, "see_members")
    check_may(request.viewer, "export_rows")
    found = list_members(request.viewer, words=request.GET.get("q", ""), state=request.GET.get("state", ""))
    record_export(
        what="members",
        object_type="engagement.member",
        object_ids=list(found.values_list("id", flat=True)),
        rows=found.count(),
        ending=ending,
        by=request.viewer,
        at=timezone.now(),
    )
    rows = ([str(getattr(one, name) or "") for name in COLUMNS] for one in found)
    return download(ending, "members", COLUMNS, rows)


def new(request: ViewerRequest) -> HttpResponse:
    """Add a member."""
    check_may(request.viewer, "see_members")
    form = NewMemberForm(
        request.POST or None, initial={"joined_on": timezone.localdate(), "answer": "", "how": ""}
    )
    by, at = request.viewer, timezone.now()
    if form.is_valid():
        added = try_to(form, lambda: add_member(terms=form.terms, consent=form.consent, by=by, at=at))
        if added is not None:
            messages.success(request, _("Added to the programme."))
            return redirect("engagement:members")
    return render(request, "engagement/member_edit.html", {"form": form, "member": None})


def member(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Show and change one member."""
    found = _get(request, member_id)
    if request.method == "GET":
        record_read(by=request.viewer, at=timezone.now(), what="see_member", on=found)
    start = {name: getattr(found, name) for name in MemberForm.base_fields}
    form = MemberForm(request.POST or None, initial=start)
    if form.is_valid():

        def keep() -> bool:
            change_member(member_id=member_id, terms=form.terms, by=request.viewer, at=timezone.now())
            return True

        if try_to(form, keep):
            messages.success(request, _("Changed."))
            return redirect("engagement:members")
    return render(request, "engagement/member_edit.html", {"form": form, "member": found})


def _get(request: ViewerRequest, member_id: UUID) -> Any:
    check_may(request.viewer, "see_members")
    found = get_member(request.viewer, member_id)
    if found is None:
        raise Http404
    return found


def leave(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Record that a member left."""
    found = _get(request, member_id)
    form = LeaveForm(request.POST or None, initial={"left_on": timezone.localdate()})
    if form.is_valid():

        def end() -> bool:
            left_on = form.cleaned_data["left_on"]
            end_membership(member_id=member_id, left_on=left_on, by=request.viewer, at=timezone.now())
            return True

        if try_to(form, end):
            messages.success(request, _("Recorded. They can come back at any time."))
            return redirect("engagement:members")
    return render(request, "engagement/member_leave.html", {"form": form, "member": found})


@require_POST
def come_back(request: ViewerRequest, member_id: UUID) -> HttpResponse:
    """Record that somebody is a member still, or again."""
    end_membership(member_id=member_id, left_on=None, by=request.viewer, at=timezone.now())
    messages.success(request, _("A member again."))
    return redirect("engagement:members")
