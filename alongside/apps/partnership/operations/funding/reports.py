"""The light report: sent by the group, or written down from what came; reminded of, never nagged about."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.partnership.models import FundingReport, FundingRequest
from alongside.apps.partnership.operations.funding.steps import hold, move, note
from alongside.apps.partnership.rules.funding import (
    check_can_move,
    check_can_remind,
    check_report_length,
    check_words,
)

State = FundingRequest.State


@dataclass(frozen=True)
class ReportWords:
    """What a light report says."""

    did: str
    difference: str
    spent: str
    hard: str = ""
    people_reached: int | None = None


@transaction.atomic
def send_report(
    *, request_id: UUID, report: ReportWords, received_on: date, by: Viewer, at: datetime
) -> None:
    """Keep the light report of a funded programme, late or not."""
    is_from_group = by.partner_id is not None
    check_may(by, "speak_for_organisation" if is_from_group else "keep_relations")
    request = hold(by, request_id)
    check_can_move(request, State.REPORTED)
    check(received_on <= at.date(), _("The day it came lies in the future."), field="received_on")
    check_report_length(report.did, report.difference, report.hard, report.spent)
    FundingReport.objects.create(
        request=request,
        did=check_words(report.did, what=_("what you did"), field="did"),
        difference=check_words(report.difference, what=_("what came of it"), field="difference"),
        spent=check_words(report.spent, what=_("what it was spent on"), field="spent"),
        hard=report.hard.strip(),
        people_reached=report.people_reached,
        is_from_group=is_from_group,
        received_on=received_on,
        written_by_id=by.person_id,
        written_at=at,
    )
    late = request.report_due_on is not None and received_on > request.report_due_on
    words = "The report came, late." if late else "The report came."
    move(request, State.REPORTED, words, by=by, at=at, is_from_group=is_from_group)
    record_audit(by=by, at=at, operation="send_funding_report", on=request, detail={"late": late})


@transaction.atomic
def remind_of_report(*, request_id: UUID, by: Viewer, at: datetime) -> None:
    """Put a reminder on the group's own page; at most one a week, and none long before the day."""
    check_may(by, "keep_relations")
    request = hold(by, request_id)
    check_can_remind(request, at.date(), at)
    request.reminded_at = at
    request.save()
    note(request, "The group was reminded of its report.", by=by, at=at)
    record_audit(by=by, at=at, operation="remind_of_report", on=request)
