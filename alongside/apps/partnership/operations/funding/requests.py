"""A request begins: asked by the group on its own side, or written down by the team; changed, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import FundingRequest
from alongside.apps.partnership.operations.funding.criteria import keep_criteria
from alongside.apps.partnership.operations.funding.steps import hold, move, note
from alongside.apps.partnership.rules.funding import (
    check_can_change,
    check_dates,
    check_gift,
    check_may_be_funded,
    check_words,
)
from alongside.apps.people.queries import get_organisation_line

TRIES = 20  # for a number that somebody else takes at the same moment
State, Way = FundingRequest.State, FundingRequest.Way


@dataclass(frozen=True)
class FundingPlan:
    """What is asked for. Amounts are pence; in kind has a description and a value only where there is one."""

    kind: str
    title: str
    purpose: str
    benefit: str
    starts_on: date
    ends_on: date
    amount_pence: int | None = None
    is_in_kind: bool = False
    in_kind_description: str = ""
    in_kind_value_pence: int | None = None
    other_funders: str = ""
    currency: str = "GBP"


@transaction.atomic
def ask_for_funding(
    *,
    organisation_id: UUID,
    plan: FundingPlan,
    way: str,
    received_on: date,
    request_key: UUID,
    by: Viewer,
    at: datetime,
) -> UUID:
    """Keep a new request under the criteria in force on the day it came, and return its id.

    A partner asks for its own organisation only; the team writes down what came by letter, mail or talk. The same
    `request_key` a second time returns the first request.
    """
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    check(
        not is_from_group or by.partner_id == organisation_id,
        _("You ask for your own organisation only."),
        field="organisation",
    )
    check(way in Way.values, _("Say how the request came."), field="way")
    check(received_on <= at.date(), _("The day it came lies in the future."), field="received_on")
    again = FundingRequest.objects.for_viewer(by).filter(request_key=request_key).first()
    if again is not None:
        return again.id
    group = get_organisation_line(by, organisation_id)
    check_may_be_funded(group.kind)
    _check_plan(plan)
    request = FundingRequest(
        organisation_id=organisation_id,
        way=Way.OWN_SIDE if is_from_group else way,
        received_on=received_on,
        criteria=keep_criteria(on=received_on, at=at),
        request_key=request_key,
        written_by_id=by.person_id,
        written_at=at,
    )
    _write(request, plan)
    stored = _number(request, by, at)
    if stored != request.id:
        return stored
    note(request, "Asked for.", by=by, at=at, was="", is_from_group=is_from_group)
    record_audit(
        by=by,
        at=at,
        operation="ask_for_funding",
        on=request,
        detail={"kind": request.kind, "in_kind": request.is_in_kind, "from_group": is_from_group},
    )
    return request.id


@transaction.atomic
def change_request(*, request_id: UUID, plan: FundingPlan, why: str, by: Viewer, at: datetime) -> None:
    """Change what is asked for, before its review begins; the reason stands in its history."""
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    request = hold(by, request_id)
    check_can_change(request)
    words = check_words(why, what=_("why it changes"), field="why", most=500)
    _check_plan(plan)
    _write(request, plan)
    request.save()
    note(request, f"Changed: {words}", by=by, at=at, is_from_group=is_from_group)
    record_audit(by=by, at=at, operation="change_funding_request", on=request)


@transaction.atomic
def withdraw_request(*, request_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Take a request back for the group, which needs no other reason than its own words."""
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    request = hold(by, request_id)
    words = check_words(why, what=_("why it is withdrawn"), field="words", most=500)
    request.closed_at = at
    move(request, State.WITHDRAWN, words, by=by, at=at, is_from_group=is_from_group)
    record_audit(by=by, at=at, operation="withdraw_funding_request", on=request)


def _check_plan(plan: FundingPlan) -> None:
    check(plan.kind in FundingRequest.Kind.values, _("Say what kind of funding this is."), field="kind")
    check_words(plan.title, what=_("what it is for, in one line"), field="title", most=200)
    check_words(plan.purpose, what=_("what will be done"), field="purpose")
    check_words(plan.benefit, what=_("who will be better off"), field="benefit")
    check_dates(plan.starts_on, plan.ends_on)
    check_gift(
        is_in_kind=plan.is_in_kind,
        amount_pence=plan.amount_pence,
        description=plan.in_kind_description,
        value_pence=plan.in_kind_value_pence,
    )


def _write(request: FundingRequest, plan: FundingPlan) -> None:
    request.kind = plan.kind
    request.title, request.purpose = plan.title.strip(), plan.purpose.strip()
    request.benefit, request.other_funders = plan.benefit.strip(), plan.other_funders.strip()
    request.starts_on, request.ends_on = plan.starts_on, plan.ends_on
    request.is_in_kind, request.currency = plan.is_in_kind, plan.currency
    request.amount_pence = None if plan.is_in_kind else plan.amount_pence
    request.in_kind_description = plan.in_kind_description.strip() if plan.is_in_kind else ""
    request.in_kind_value_pence = plan.in_kind_value_pence if plan.is_in_kind else None


def _number(request: FundingRequest, by: Viewer, at: datetime) -> UUID:
    """Store a new request under the next number of the year and return its id.

    Whoever draws the same number at once takes one after; where the same form came at once, its first request is it.
    """
    start = f"FR-{at.year}-"
    for more in range(1, TRIES + 1):
        taken = FundingRequest.objects.filter(reference__startswith=start)
        last = (
            taken.order_by(Length("reference").desc(), "-reference")
            .values_list("reference", flat=True)
            .first()
        )
        request.reference = f"{start}{int((last or start + '0').removeprefix(start)) + more:04}"
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError:
            twin = FundingRequest.objects.for_viewer(by).filter(request_key=request.request_key).first()
            if twin is not None:
                return twin.id
        else:
            return request.id
    raise Refused(_("Somebody kept a request in the same moment. Send it again."))
