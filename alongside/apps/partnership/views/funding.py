"""Requests for funding as the team sees them: the list, writing one down, one whole."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.agreements.queries import get_agreement_line
from alongside.apps.base.operations import record_export
from alongside.apps.base.queries import list_saved_views
from alongside.apps.base.rules import ViewerRequest, check_may
from alongside.apps.base.views.pages import download, get_page, try_to
from alongside.apps.partnership.forms.funding import ChangeRequestForm, RecordRequestForm, WordsForm
from alongside.apps.partnership.operations.funding.requests import (
    ask_for_funding,
    change_request,
    withdraw_request,
)
from alongside.apps.partnership.presenters.funding.lists import COLUMNS, draw_filters, export_rows, state_tone
from alongside.apps.partnership.presenters.funding.pictures import write_share
from alongside.apps.partnership.presenters.funding.steps import Standing, get_next_step, list_steps
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off
from alongside.apps.partnership.queries.funding.independence import foresee
from alongside.apps.partnership.queries.funding.money import list_payments
from alongside.apps.partnership.queries.funding.requests import (
    FundingFilters,
    get_own_review,
    list_history,
    list_partners_in_use,
    list_requests,
    list_reviews,
    must_declare_first,
    read_id,
)
from alongside.apps.partnership.queries.funding.telling import write_given
from alongside.apps.partnership.rules.funding import NEVER_FUNDED, OPEN, list_next_states
from alongside.apps.partnership.views.funding_parts import did, find_or_404
from alongside.apps.people.queries import get_names, get_organisation_line, list_organisations

ROWS_A_PAGE = 50
MOST_FOUND = 20


def _read_filters(request: ViewerRequest) -> FundingFilters:
    get = request.GET.get
    return FundingFilters(
        words=get("words", "").strip()[:100],
        scope=get("scope", ""),
        state=get("state", ""),
        kind=get("kind", ""),
        partner=get("partner", ""),
    )


def requests(request: ViewerRequest) -> HttpResponse:
    """List the requests for funding."""
    viewer = request.viewer
    check_may(viewer, "see_funding")
    today = timezone.localdate()
    page = get_page(request, list_requests(viewer, _read_filters(request), today), ROWS_A_PAGE)
    context = {
        "page": page,
        "lines": [(one, write_given(one), state_tone(one.state)) for one in page],
        "filters": draw_filters(request.GET, list_partners_in_use(viewer, request.GET.get("partner", ""))),
        "saved_views": list_saved_views(viewer, "funding:list"),
        "query": request.GET.urlencode(),
        "today": today,
        "may_write": viewer.may("keep_relations"),
    }
    return render(request, "partnership/funding/list.html", context)


def export(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """Give the list as it is filtered to a spreadsheet."""
    check_may(request.viewer, "see_funding")
    now = timezone.now()
    found = list_requests(request.viewer, _read_filters(request), timezone.localdate())
    ids = [] if kind not in ("csv", "xlsx") else list(found.values_list("id", flat=True)[:1])
    record_export(
        what="funding",
        object_type="partnership.fundingrequest",
        object_ids=ids if len(ids) == 1 and found.count() == 1 else [],
        ending=kind[:4],
        by=request.viewer,
        at=now,
        rows=found.count(),
    )
    return download(kind, "funding", COLUMNS, export_rows(found.iterator(chunk_size=500)))


def new(request: ViewerRequest) -> HttpResponse:
    """Write down a request that came by letter, mail or talk: first whose it is, then what it asks."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    organisation_id = read_id(request.GET.get("organisation", ""))
    if organisation_id is None:
        words = request.GET.get("words", "").strip()[:100]
        found = list_organisations(viewer, words=words) if words else []
        groups = [one for one in found if one.kind not in NEVER_FUNDED]
        context = {"words": words, "groups": groups[:MOST_FOUND], "more": len(groups) > MOST_FOUND}
        return render(request, "partnership/funding/choose.html", context)
    group = get_organisation_line(viewer, organisation_id)
    form = RecordRequestForm(
        request.POST if request.method == "POST" else None,
        initial={"request_key": uuid4(), "received_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        request_id = try_to(
            form,
            lambda: ask_for_funding(
                organisation_id=group.id,
                plan=form.plan(),
                way=data["way"],
                received_on=data["received_on"],
                request_key=data["request_key"],
                by=viewer,
                at=timezone.now(),
            ),
        )
        if request_id is not None:
            return redirect("funding:request", request_id)
    return render(request, "partnership/funding/new.html", {"form": form, "group": group})


def request_page(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Show one request whole: where it stands, what to do next, what is asked, what was judged and decided."""
    viewer, today = request.viewer, timezone.localdate()
    check_may(viewer, "see_funding")
    found = find_or_404(viewer, request_id)
    own = get_own_review(viewer, found)
    reviews = list_reviews(viewer, found)
    hands_off = get_hands_off(found)
    payments = list_payments(viewer, found)
    agreement = get_agreement_line(viewer, found.agreement_id) if found.agreement_id else None
    standing = Standing(
        own,
        reviews,
        hands_off is not None,
        agreement is not None and agreement.is_in_force,
        bool(payments),
        today,
    )
    outlook = foresee(viewer, found, today)
    decided_by = found.decided_by_id
    context = {
        "found": found,
        "given": write_given(found),
        "tone": state_tone(found.state),
        "steps": list_steps(found),
        "next_step": get_next_step(viewer, found, standing),
        "is_closed_to_me": must_declare_first(viewer, found, own),
        "reviews": reviews,
        "hands_off": hands_off,
        "payments": payments,
        "agreement": agreement,
        "is_open": found.state in OPEN,
        "outlook": outlook,
        "outlook_share": write_share(outlook.share),
        "decided_by": get_names(viewer, {decided_by}).get(decided_by, "") if decided_by else "",
        "history": list_history(viewer, found),
        "report": getattr(found, "report", None),
        "next_states": list_next_states(found.state),
        "today": today,
        "is_late": found.state == "funded" and found.report_due_on and found.report_due_on < today,
        "may_keep": viewer.may("keep_relations"),
    }
    return render(request, "partnership/funding/request.html", context)


def change(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Change what is asked for, before its review begins."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = find_or_404(viewer, request_id)
    form = ChangeRequestForm(
        request.POST if request.method == "POST" else None,
        initial={
            "title": found.title,
            "kind": found.kind,
            "purpose": found.purpose,
            "benefit": found.benefit,
            "gift": "in_kind" if found.is_in_kind else "money",
            "amount": f"{found.amount_pence / 100:.2f}" if found.amount_pence else "",
            "in_kind_description": found.in_kind_description,
            "in_kind_value": f"{found.in_kind_value_pence / 100:.2f}" if found.in_kind_value_pence else "",
            "starts_on": found.starts_on,
            "ends_on": found.ends_on,
            "other_funders": found.other_funders,
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: change_request(
                request_id=request_id,
                plan=form.plan(),
                why=form.cleaned_data["why"],
                by=viewer,
                at=timezone.now(),
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Change this request"),
        "button": _("Keep the changes"),
    }
    return render(request, "partnership/funding/form.html", context)


def withdraw(request: ViewerRequest, request_id: UUID) -> HttpResponse:
    """Take a request back because the group said so."""
    viewer = request.viewer
    check_may(viewer, "keep_relations")
    found = find_or_404(viewer, request_id)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        label=_("What did the group say?"),
        hint=_("A request is withdrawn only because its group wants that."),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and did(
            form,
            lambda: withdraw_request(
                request_id=request_id, why=form.cleaned_data["words"], by=viewer, at=timezone.now()
            ),
        )
    ):
        return redirect("funding:request", request_id)
    context = {
        "form": form,
        "found": found,
        "heading": _("Withdraw this request"),
        "button": _("Withdraw it"),
    }
    return render(request, "partnership/funding/form.html", context)
