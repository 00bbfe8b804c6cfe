"""Requests for funding, brought to the state they are asked for through the operations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import FundingRequest, OtherFunder, Payment
from alongside.apps.partnership.operations.funding.decisions import (
    begin_funding,
    close_funding,
    decline_request,
    grant_request,
)
from alongside.apps.partnership.operations.funding.hands_off import fill_hands_off
from alongside.apps.partnership.operations.funding.papers import choose_agreement
from alongside.apps.partnership.operations.funding.reports import ReportWords, send_report
from alongside.apps.partnership.operations.funding.requests import FundingPlan, ask_for_funding
from alongside.apps.partnership.operations.funding.reviews import (
    begin_review,
    declare_interest,
    score_request,
    send_to_decision,
)
from alongside.apps.partnership.queries.funding.criteria import as_criteria
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off_text
from alongside.apps.partnership.rules.funding import Checked, Scored
from tests.factories.agreements import make_agreement
from tests.factories.numbers import make_numbers
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_viewer

ON = NOW.date()
STARTS, ENDS = ON + timedelta(days=30), ON + timedelta(days=200)
ORDER = ("requested", "review", "reviewed", "decision", "agreement", "paper", "funded", "reported", "closed")
_numbers = make_numbers()


@dataclass(frozen=True)
class Team:
    """Who writes down and reviews, and who decides."""

    lead: Viewer
    certifier: Viewer


def make_team() -> Team:
    """Return a lead and a certifier."""
    return Team(
        make_viewer("engagement_lead", name="Ruth Lead"), make_viewer("certifier", name="Lionel Cert")
    )


def make_plan(**changes: object) -> FundingPlan:
    """Return a plan in which nothing is missing, changed as wanted."""
    plan: dict[str, object] = {
        "kind": "grant",
        "title": "Phone friends for another year",
        "purpose": "Trained members ring people who have just come home.",
        "benefit": "People alone at home; we count calls and ask whether they helped.",
        "starts_on": STARTS,
        "ends_on": ENDS,
        "amount_pence": 500_000,
    }
    return FundingPlan(**{**plan, **changes})  # type: ignore[arg-type]


IN_KIND: dict[str, Any] = {
    "kind": "donation",
    "is_in_kind": True,
    "amount_pence": None,
    "in_kind_description": "A room for a day",
}


def ask(
    by: Viewer, organisation_id: UUID | None = None, *, at: datetime = NOW, **changes: object
) -> FundingRequest:
    """Return a new request, as its group asked or the team wrote down."""
    request_id = ask_for_funding(
        organisation_id=organisation_id or make_organisation().id,
        plan=make_plan(**changes),
        way="letter",
        received_on=at.date(),
        request_key=uuid4(),
        by=by,
        at=at,
    )
    return FundingRequest.objects.get(id=request_id)


def score(request: FundingRequest, by: Viewer, *, advice: str = "fund", at: datetime = NOW) -> None:
    """Let somebody with nothing to tie them judge every criterion as met."""
    declare_interest(request_id=request.id, has_conflict=False, words="", by=by, at=at)
    scores = [Scored(one.key, "met", "They show it.") for one in as_criteria(request.criteria.criteria)]
    score_request(request_id=request.id, scores=scores, advice=advice, words="", by=by, at=at)


def check_hands(request: FundingRequest, by: Viewer, *, broken: str = "", at: datetime = NOW) -> None:
    """Fill in the checklist; one line may not hold."""
    lines = [one.key for one in get_hands_off_text(at.date()).lines]
    answers = [Checked(key, key != broken, "We chose the speaker." if key == broken else "") for key in lines]
    fill_hands_off(request_id=request.id, answers=answers, by=by, at=at)


def make_request(
    state: str = "requested",
    *,
    team: Team | None = None,
    organisation_id: UUID | None = None,
    by: Viewer | None = None,
    at: datetime = NOW,
    **changes: object,
) -> FundingRequest:
    """Return a request in a state; "reviewed" and "paper" are steps within review and agreement."""
    team = team or make_team()
    request = ask(by or team.lead, organisation_id, at=at, **changes)
    reached = 2 if state == "declined" else ORDER.index(state)
    if reached >= 1:
        begin_review(request_id=request.id, by=team.lead, at=at)
    if reached >= 2:
        score(request, team.lead, at=at)
        check_hands(request, team.lead, at=at)
    if reached >= 3 or state == "declined":
        send_to_decision(request_id=request.id, by=team.lead, at=at)
    if state == "declined":
        decline_request(request_id=request.id, reason="It has begun already.", by=team.certifier, at=at)
    if reached >= 4:
        grant_request(
            request_id=request.id,
            granted_pence=request.amount_pence,
            reason="It is their own work, and it helps.",
            by=team.certifier,
            at=at,
        )
    if reached >= 5:
        give_agreement(request, team.lead, at=at)
    if reached >= 6:
        begin_funding(request_id=request.id, by=team.lead, at=at, on=request.starts_on)
    if reached >= 7:
        report = ReportWords("We rang 214 people.", "They feel less alone.", "Telephones and travel.")
        send_report(request_id=request.id, report=report, received_on=at.date(), by=team.lead, at=at)
    if reached >= 8:
        close_funding(request_id=request.id, words="", by=team.lead, at=at)
    return FundingRequest.objects.get(id=request.id)


def give_agreement(request: FundingRequest, by: Viewer, *, state: str = "active", at: datetime = NOW) -> None:
    """Put a granted request under an agreement of its kind."""
    agreement = make_agreement(
        kind=request.kind,
        organisation_id=request.organisation_id,
        state=state,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        amount_pence=request.amount_pence,
        in_kind_description=request.in_kind_description,
    )
    choose_agreement(request_id=request.id, agreement_id=agreement.id, by=by, at=at)


def pay(
    organisation_id: UUID, pence: int | None, on: date, *, currency: str = "GBP", category: str = "grant"
) -> Payment:
    """Return a payment that was made; without pence it is something in kind that has no value."""
    agreement = make_agreement(organisation_id=organisation_id, kind="grant" if pence else "donation")
    return Payment.objects.create(
        reference=f"PAY-F-{next(_numbers):05}",
        agreement=agreement,
        organisation_id=organisation_id,
        category=category,
        is_in_kind=pence is None,
        amount_pence=pence,
        currency=currency,
        description="For the phone friends",
        capacity="organisation",
        request_key=uuid4(),
        state="paid",
        due_on=on,
        paid_on=on,
        asked_at=NOW,
    )


def make_funding_of(mark: str, organisation_id: UUID) -> dict[str, UUID]:
    """Return the ids of a reviewed request of a group and of another funder it named itself, its words marked."""
    request = make_request("reviewed", organisation_id=organisation_id, title=f"Phone friends {mark}")
    funder = OtherFunder.objects.create(
        organisation_id=organisation_id,
        name=f"Town council {mark}",
        year=2026,
        source="Accounts",
        is_from_group=True,
        added_at=NOW,
    )
    return {"funding_request_id": request.id, "other funder_funder_id": funder.id, "funder_id": funder.id}
