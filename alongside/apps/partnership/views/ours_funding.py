"""Funding on a group's own side: what it asked for and why it was decided so, asking, reporting, its other funders."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import get_page, try_to
from alongside.apps.partnership.forms.funding import (
    AskForm,
    GroupWordForm,
    OtherFunderForm,
    ReportForm,
    WordsForm,
)
from alongside.apps.partnership.operations.funding.hands_off import (
    add_other_funder,
    answer_hands_off,
    remove_other_funder,
)
from alongside.apps.partnership.operations.funding.reports import send_report
from alongside.apps.partnership.operations.funding.requests import ask_for_funding, withdraw_request
from alongside.apps.partnership.presenters.funding.lists import state_tone
from alongside.apps.partnership.presenters.funding.pictures import describe_lean, draw_group
from alongside.apps.partnership.presenters.funding.steps import list_steps
from alongside.apps.partnership.queries.funding.criteria import as_page, get_warning_level
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off
from alongside.apps.partnership.queries.funding.independence import (
    get_own_name,
    list_group_years,
    select_other_funders,
)
from alongside.apps.partnership.queries.funding.money import list_payments
from alongside.apps.partnership.queries.funding.requests import FundingFilters, list_history, list_requests
from alongside.apps.partnership.queries.funding.telling import write_given
from alongside.apps.partnership.rules.funding import OPEN, list_next_states
from alongside.apps.partnership.views.funding_parts import did, find_or_404
from alongside.apps.people.queries import get_organisation_line

ROWS_A_PAGE = 50


def _own_id(request: ViewerRequest, permission: str = "see_own_organisation") -> UUID:
    check_may(request.viewer, permission)
    if request.viewer.partner_id is None:
        raise Http404
    return request.viewer.partner_id


def requests(request: ViewerRequest) -> HttpResponse:
    """List what the group asked for and where each request stands."""
    _own_id(request)
    viewer, today = request.viewer, timezone.localdate()
    page = get_page(request, list_requests(viewer, FundingFilters(), today), ROWS_A_PAGE)
    context = {
        "page": page,
        "lines": [(one, write_given(one), state_tone(one.state)) for one in page],
        "today": today,
        "us": get_own_name(),
    }
    return render(request, "partnership/ours/funding.html", context)


def new(request: ViewerRequest) -> HttpResponse:
    """Ask for funding: one short page."""
    own_id = _own_id(request, "speak_for_organisation")
    form = AskForm(request.POST if request.method == "POST" else None, initial={"request_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        request_id = try_to(
            form,
            lambda: ask_for_funding(
                organisation_id=own_id,
                plan=form.plan(),
                way="own_side",
                received_on=now.date(),
                request_key=form.cleaned_data["request_key"],
                by=request.viewer,
                at=now,
            ),
        )
        if request_id is not None:
            return redirect("ours:funding_request", request_id)
    context = {"form": form, "level": get_warning_level(timezone.localdate()), "us": get_own_name()}
    return render(request, "partnership/ours/new_funding.html", context)


def request_page(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Show one request to its group: where it stands, the decision and why, our hands-off word."""
    _own_id(request)
    viewer, today = request.viewer, timezone.localdate()
    found = find_or_404(viewer, request_id)
    hands_off = get_hands_off(found)
    form = GroupWordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_may(viewer, "speak_for_organisation")
        if form.is_valid() and did(
            form,
            lambda: answer_hands_off(
                request_id=request_id,
                agrees=form.cleaned_data["agrees"] == "yes",
                words=form.cleaned_data["words"],
                by=viewer,
                at=timezone.now(),
            ),
        ):
            return redirect("ours:funding_request", request_id)
    context = {
        "found": found,
        "given": write_given(found),
        "tone": state_tone(found.state),
        "steps": list_steps(found),
        "criteria": as_page(found.criteria),
        "hands_off": hands_off,
        "form": form,
        "payments": list_payments(viewer, found),
        "report": getattr(found, "report", None),
        "history": [one for one in list_history(viewer, found) if one.state or one.is_from_group],
        "may_report": "reported" in list_next_states(found.state),
        "may_withdraw": found.state in OPEN,
        "is_late": found.state == "funded" and found.report_due_on and found.report_due_on < today,
        "us": get_own_name(),
    }
    return render(request, "partnership/ours/funding_request.html", context)


def withdraw(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    _own_id(request, "speak_for_organisation")
    found = find_or_404(request.viewer, request_id)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("Why do you take it back?"),
        hint=_("A few words do. You can ask again at any time."),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: withdraw_request(
                request_id=request_id, why=form.cleaned_data["words"], by=request.viewer, at=timezone.now()
            ),
        )
    ):
        return redirect("ours:funding_request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Take this request back"),
        "button": _("Take it back"),
    }
    return render(request, "partnership/ours/funding_form.html", context)


def report(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Send the light report."""
    _own_id(request, "speak_for_organisation")
    found = find_or_404(request.viewer, request_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if did(
            form,
            lambda: send_report(
                request_id=request_id, report=form.report(), received_on=now.date(), by=request.viewer, at=now
            ),
        ):
            return redirect("ours:funding_request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Your report"),
        "lead": _("One page, in your own words. What did not work is as welcome as what did."),
        "button": _("Send the report"),
    }
    return render(request, "partnership/ours/funding_form.html", context)


def funders(request: ViewerRequest) -> HttpResponse:
    """Show a group what we think it lives on, and let it put that right."""
    own_id = _own_id(request)
    viewer, today = request.viewer, timezone.localdate()
    form = OtherFunderForm(request.POST if request.method == "POST" else None, initial={"year": today.year})
    if request.method == "POST":
        check_may(viewer, "speak_for_organisation")
        if form.is_valid() and did(
            form,
            lambda: add_other_funder(
                organisation_id=own_id, terms=form.terms(), by=viewer, at=timezone.now()
            ),
        ):
            return redirect("ours:funders")
    years = list_group_years(viewer, own_id, today)
    level = get_warning_level(today)
    context = {
        "form": form,
        "level": level,
        "picture": draw_group(get_organisation_line(viewer, own_id).name, years, level),
        "lean": describe_lean(years),
        "funders": select_other_funders(viewer),
        "us": get_own_name(),
    }
    return render(request, "partnership/ours/funders.html", context)


@require_POST
def remove_funder(request: ViewerRequest, funder_id: UUID) -> HttpResponse:
    """Take away a line the group wrote about another funder."""
    _own_id(request, "speak_for_organisation")
    remove_other_funder(funder_id=funder_id, by=request.viewer, at=timezone.now())
    return redirect("ours:funders")
