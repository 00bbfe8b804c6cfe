"""Agreements made through the operations themselves, for tests of what happens to them."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from alongside.apps.agreements.operations import (
    AgreementPlan,
    Signing,
    certify_agreement,
    draft_agreement,
    show_to_partner,
    sign_agreement,
)
from alongside.apps.agreements.queries.papers import list_paper_fields
from alongside.apps.agreements.queries.reading import get_shown_version
from alongside.apps.base.rules import Viewer
from tests.factories.people import NOW

TODAY = NOW.date()
STARTS = TODAY + timedelta(days=30)
STATEMENT = "It keeps the rules."


def fill(kind: str, capacity: str = "organisation", **answers: str) -> dict[str, str]:
    """Return an answer for every field of a kind of paper; an empty word leaves a field out."""
    filled = {}
    for one in list_paper_fields(kind, capacity, NOW.date()):
        if one.answer == "yes_no":
            filled[one.key] = "yes"
        elif one.answer == "choice":
            filled[one.key] = "person" if capacity == "themselves" else one.choices[0][0]
        else:
            filled[one.key] = "As both sides said."
    return {**filled, **answers}


def make_plan(
    organisation_id: UUID | None = None,
    *,
    kind: str = "grant",
    capacity: str = "organisation",
    title: str = "Phone friends for another year",
    person_id: UUID | None = None,
    starts_on: date = STARTS,
    ends_on: date | None = None,
    amount_pence: int | None = 500_000,
    fields: Mapping[str, str] | None = None,
    in_kind_description: str = "",
) -> AgreementPlan:
    """Return a plan in which nothing is missing."""
    return AgreementPlan(
        kind=kind,
        capacity=capacity,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on or starts_on + timedelta(days=365),
        organisation_id=organisation_id,
        person_id=person_id,
        amount_pence=amount_pence,
        in_kind_description=in_kind_description,
        fields=fill(kind, capacity) if fields is None else fields,
    )


def certify(agreement_id: UUID, by: Viewer) -> None:
    """Let somebody certify what stands there now."""
    shown = get_shown_version(by, agreement_id)
    certify_agreement(
        agreement_id=agreement_id,
        version_number=shown.number,
        document_sha256=shown.sha256,
        statement=STATEMENT,
        by=by,
        at=NOW,
    )


def sign(agreement_id: UUID, by: Viewer, *, side: str = "ours", way: str = "paper", on: date = TODAY) -> bool:
    """Let one side sign what stands there now."""
    shown = get_shown_version(by, agreement_id)
    return sign_agreement(
        agreement_id=agreement_id,
        version_number=shown.number,
        document_sha256=shown.sha256,
        signing=Signing(side, way, "Bron Maddox", "Chair", on),
        by=by,
        at=NOW,
    )


def draft(plan: AgreementPlan, by: Viewer, *, until: str = "draft", certifier: Viewer | None = None) -> UUID:
    """Return an agreement in a state: draft, partner_review, certified or signed."""
    agreement_id = draft_agreement(plan=plan, by=by, at=NOW)
    states = ("draft", "partner_review", "certified", "signed")
    reached = states.index(until)
    if reached >= 1:
        show_to_partner(agreement_id=agreement_id, by=by, at=NOW)
    if reached >= 2 and certifier is not None:
        certify(agreement_id, certifier)
    if reached >= 3:
        sign(agreement_id, by, side="ours")
        sign(agreement_id, by, side="theirs")
    return agreement_id
