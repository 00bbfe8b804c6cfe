"""Writing an agreement, and another version of it."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.agreements.forms.papers import PaperForm, PartyForm, RevisedPaperForm
from alongside.apps.agreements.operations import draft_agreement, give_paper, revise_agreement
from alongside.apps.agreements.queries.listing import read_id
from alongside.apps.agreements.queries.papers import list_paper_fields, list_paper_groups
from alongside.apps.agreements.queries.reading import get_answers
from alongside.apps.agreements.views.reading import find_page
from alongside.apps.base.rules import Refused, ViewerRequest, check_may
from alongside.apps.base.rules.money import write_money
from alongside.apps.people.queries.parties import (
    Party,
    find_partner,
    find_person,
    list_invited_people,
    search_partners,
)

# What a link into this page may carry besides kind and parties.
KEPT = ("for_kind", "for_id", "replaces", "title")


@dataclass(frozen=True)
class _Parties:
    """What was chosen on the first page: kind, capacity, and who; `is_ready` where nothing is left to choose."""

    kind: str
    capacity: str
    organisation: Party | None
    person: Party | None

    @property
    def is_ready(self) -> bool:
        if not self.kind or not self.capacity:
            return False
        needs_organisation, needs_person = self.capacity != "themselves", self.capacity != "organisation"
        return (self.organisation is not None) == needs_organisation and (
            self.person is not None
        ) == needs_person


def new(request: ViewerRequest) -> HttpResponse:
    """Write an agreement: first its kind and the other side, then its words."""
    check_may(request.viewer, "write_agreements")
    parties = _read_parties(request)
    if parties.is_ready:
        return _write(request, parties)
    return _choose(request, parties)


def _read_parties(request: ViewerRequest) -> _Parties:
    get, viewer = request.GET.get, request.viewer
    organisation_id, person_id = read_id(get("organisation", "")), read_id(get("person", ""))
    capacity = get("capacity", "")
    return _Parties(
        kind=get("kind", ""),
        capacity=capacity,
        organisation=find_partner(viewer, organisation_id)
        if organisation_id and capacity != "themselves"
        else None,
        person=find_person(viewer, person_id) if person_id and capacity != "organisation" else None,
    )


def _choose(request: ViewerRequest, parties: _Parties) -> HttpResponse:
    """Ask for what is missing: kind and capacity, then the organisation by a part of its name, then the person."""
    viewer, asked = request.viewer, "kind" in request.GET and "capacity" in request.GET
    form = PartyForm(request.GET if asked else None, initial=request.GET.dict())
    is_valid = asked and form.is_valid()
    words = request.GET.get("partner", "").strip()
    needs_organisation = is_valid and parties.capacity != "themselves" and parties.organisation is None
    if needs_organisation and not words:
        form.add_error("partner", _("Write a part of the organisation's name, then choose it from the list."))
    found = search_partners(viewer, words) if needs_organisation and words else []
    needs_person = is_valid and not needs_organisation and parties.capacity != "organisation"
    if needs_organisation and words and not found:
        form.add_error(
            "partner",
            _("No partner has this in its name. Write another part, or add the partner."),
        )
    context = {
        "form": form,
        "found": [(one, _link(request, organisation=str(one.id))) for one in found],
        "people": [(one, _link(request, person=str(one.id))) for one in list_invited_people(viewer)]
        if needs_person
        else None,
        "kept": {name: request.GET[name] for name in KEPT if name in request.GET},
    }
    return render(request, "agreements/new.html", context)


def _link(request: ViewerRequest, **more: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in more}
    return f"?{urlencode({**kept, **more})}"


def _write(request: ViewerRequest, parties: _Parties) -> HttpResponse:
    """Ask for the words, and draft the agreement of them."""
    today = timezone.localdate()
    replaces = read_id(request.GET.get("replaces", ""))
    answers = get_answers(request.viewer, replaces) if replaces else {}
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        asked=list_paper_fields(parties.kind, parties.capacity, today),
        groups=list_paper_groups(today),
        answers=answers,
        initial={"title": request.GET.get("title", "")[:200]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_agreement(
                plan=form.plan(
                    kind=parties.kind,
                    capacity=parties.capacity,
                    organisation_id=parties.organisation.id if parties.organisation else None,
                    person_id=parties.person.id if parties.person else None,
                ),
                by=request.viewer,
                at=timezone.now(),
                replaces_id=replaces,
            )
            _give(request, made)
        except Refused as refusal:
            form.show_refusal(refusal)
        else:
            return redirect("agreements:agreement", made)
    context = {"form": form, "parties": parties, "change_url": _back_to_choice(request)}
    return render(request, "agreements/write.html", context)


def _back_to_choice(request: ViewerRequest) -> str:
    kept = {
        name: value
        for name, value in request.GET.items()
        if name not in ("organisation", "person", "partner")
    }
    return f"{reverse('agreements:new')}?{urlencode(kept)}"


def _give(request: ViewerRequest, made: UUID) -> None:
    """Name the new agreement as the paper that something else needed, where somebody came from there."""
    subject_kind, subject_id = request.GET.get("for_kind", ""), read_id(request.GET.get("for_id", ""))
    if subject_kind and subject_id:
        give_paper(
            subject_kind=subject_kind,
            subject_id=subject_id,
            agreement_id=made,
            by=request.viewer,
            at=timezone.now(),
        )


def edit(request: ViewerRequest, agreement_id: UUID) -> HttpResponse:
    """Write another version of an agreement that is not certified yet."""
    viewer = request.viewer
    check_may(viewer, "write_agreements")
    page = find_page(request, agreement_id)
    agreement = page.agreement
    if agreement.state not in ("draft", "partner_review"):
        return render(request, "agreements/settled.html", {"page": page, "agreement": agreement}, status=409)
    today = timezone.localdate()
    form = RevisedPaperForm(
        request.POST if request.method == "POST" else None,
        asked=list_paper_fields(agreement.kind, agreement.capacity, today),
        groups=list_paper_groups(today),
        answers=get_answers(viewer, agreement_id),
        initial={
            "title": agreement.title,
            "starts_on": agreement.starts_on,
            "ends_on": agreement.ends_on,
            "amount": _pounds(agreement.amount_pence),
            "in_kind_description": agreement.in_kind_description,
            "in_kind_value": _pounds(agreement.in_kind_value_pence),
            "review_on": agreement.review_on,
            "from_version": page.number,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            revise_agreement(
                agreement_id=agreement_id,
                plan=form.plan(
                    kind=agreement.kind,
                    capacity=agreement.capacity,
                    organisation_id=agreement.organisation_id,
                    person_id=agreement.person_id,
                ),
                why=form.cleaned_data["why"],
                from_version=form.cleaned_data["from_version"],
                by=viewer,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.show_refusal(refusal)
        else:
            return redirect("agreements:agreement", agreement_id)
    return render(request, "agreements/edit.html", {"form": form, "page": page, "agreement": agreement})


def _pounds(pence: int | None) -> str:
    return "" if pence is None else write_money(pence).removeprefix("£")
