"""The agreement a granted request needs before anything begins, and the payments asked for under it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.operations import AgreementPlan, draft_agreement, give_paper, need_paper
from alongside.apps.agreements.queries import get_agreement_line
from alongside.apps.agreements.queries.papers import list_paper_fields
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import FundingRequest
from alongside.apps.partnership.operations.funding.steps import hold, note
from alongside.apps.partnership.operations.payments import ask_for_payment
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off
from alongside.apps.partnership.queries.funding.independence import get_own_name
from alongside.apps.partnership.queries.funding.money import SOURCE
from alongside.apps.partnership.queries.funding.telling import write_given
from alongside.apps.partnership.rules.payments import PaymentPlan

State = FundingRequest.State


@dataclass(frozen=True)
class PaymentTerms:
    """What is asked to be paid for a request: pence, by when; nothing for something in kind without a value."""

    amount_pence: int | None
    due_on: date


def need_agreement(request: FundingRequest, *, by: Viewer, at: datetime) -> None:
    """Say that this programme may not begin before an agreement of its kind is certified and signed."""
    need_paper(
        subject_kind=SOURCE,
        subject_id=request.id,
        kinds=[request.kind],
        why=f"A {request.get_kind_display()} is agreed on paper before it begins.",
        by=by,
        at=at,
    )


@transaction.atomic
def draft_from_request(*, request_id: UUID, by: Viewer, at: datetime) -> UUID:
    """Draft the agreement of a granted request from what was asked and granted, and return its id."""
    check_may(by, "write_agreements")
    request = hold(by, request_id)
    _check_awaits_agreement(request)
    agreement_id = draft_agreement(plan=_plan(request, at), by=by, at=at)
    _take(request, agreement_id, by=by, at=at)
    return agreement_id


@transaction.atomic
def choose_agreement(*, request_id: UUID, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Put a granted request under an agreement of its kind with its group that is there already."""
    check_may(by, "write_agreements")
    request = hold(by, request_id)
    _check_awaits_agreement(request)
    _take(request, agreement_id, by=by, at=at)


@transaction.atomic
def ask_to_pay(*, request_id: UUID, terms: PaymentTerms, request_key: UUID, by: Viewer, at: datetime) -> UUID:
    """Ask for a payment of a funded programme under its agreement; somebody else approves, and finance pays."""
    check_may(by, "ask_for_payments")
    request = hold(by, request_id)
    if request.state not in (State.FUNDED, State.REPORTED) or request.agreement_id is None:
        raise Refused("Nothing is paid before the agreement is in force and the programme has begun.")
    given = request.in_kind_description if request.is_in_kind else request.title
    plan = PaymentPlan(
        agreement_id=request.agreement_id,
        category=request.kind,
        description=given,
        due_on=terms.due_on,
        organisation_id=request.organisation_id,
        amount_pence=terms.amount_pence,
        is_in_kind=request.is_in_kind,
        currency=request.currency,
        source_kind=SOURCE,
        source_id=request.id,
    )
    return ask_for_payment(plan=plan, request_key=request_key, by=by, at=at)


def _check_awaits_agreement(request: FundingRequest) -> None:
    check(request.state == State.AGREEMENT, "Only what was granted and has not begun gets an agreement.")


def _take(request: FundingRequest, agreement_id: UUID, *, by: Viewer, at: datetime) -> None:
    agreement = get_agreement_line(by, agreement_id)
    check(
        agreement.organisation_id == request.organisation_id and agreement.kind == request.kind,
        f"That agreement is not a {request.get_kind_display()} to {request.organisation.name}. "
        "Choose another, or draft one.",
        field="agreement",
    )
    give_paper(subject_kind=SOURCE, subject_id=request.id, agreement_id=agreement.id, by=by, at=at)
    request.agreement_id = agreement.id
    request.save()
    note(request, f"Agreement {agreement.reference}.", by=by, at=at)
    record_audit(by=by, at=at, operation="choose_funding_agreement", on=request)


def _plan(request: FundingRequest, at: datetime) -> AgreementPlan:
    known = {one.key for one in list_paper_fields(request.kind, "organisation", at.date())}
    return AgreementPlan(
        kind=request.kind,
        capacity="organisation",
        title=request.title,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        organisation_id=request.organisation_id,
        amount_pence=request.granted_pence,
        currency=request.currency,
        in_kind_description=request.in_kind_description,
        in_kind_value_pence=request.in_kind_value_pence,
        fields={key: words for key, words in _answers(request).items() if key in known},
    )


def _answers(request: FundingRequest) -> dict[str, str]:
    """Return what the request already says of an agreement's fields; the rest is for both sides to write."""
    hands_off = get_hands_off(request)
    held = {one.key for one in hands_off.lines if one.holds} if hands_off else set()
    ours = {"no_operational_control", "no_editorial_control", "own_people"}
    us, group = get_own_name(), request.organisation.name
    return {
        "description": request.purpose,
        "objective": request.benefit,
        "contribution": write_given(request),
        "roles": f"{group} decides, runs and answers for the work. {us} gives towards it and has no other part in it.",
        "hands_off": "yes" if ours <= held else "no",
        "others_welcome": "yes" if "other_funders_welcome" in held else "no",
        "nothing_in_return": "yes" if "no_condition" in held else "no",
        "declaration": f"“Supported by {us}, which had no say in the content”, from the start, wherever it is shown.",
        "report": "One page within six weeks of the end: what was done, what came of it, what it was spent on.",
    }
