"""Where a request stands, as a line of steps, and the one thing to do next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import find_url
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import FundingRequest, FundingReview
from alongside.apps.partnership.queries.funding.requests import ReviewLine
from alongside.apps.partnership.rules.funding import REMIND_AGAIN_AFTER

State = FundingRequest.State
ORDER = (
    State.REQUESTED,
    State.REVIEW,
    State.DECISION,
    State.AGREEMENT,
    State.FUNDED,
    State.REPORTED,
    State.CLOSED,
)


@dataclass(frozen=True)
class Step:
    """One step of the line: done, here, or still to come."""

    label: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: a button that leads to a page, or that does it (`is_post`); without one, who waits."""

    why: str
    label: str = ""
    url: str = ""
    is_post: bool = False


def list_steps(request: FundingRequest) -> list[Step]:
    """Return the line of steps; a request that was declined or withdrawn ends there."""
    labels = {
        State.REQUESTED: _("Asked"),
        State.REVIEW: _("Review"),
        State.DECISION: _("Decision"),
        State.AGREEMENT: _("Agreement"),
        State.FUNDED: _("Under way"),
        State.REPORTED: _("Report"),
        State.CLOSED: _("Closed"),
    }
    if request.state in (State.DECLINED, State.WITHDRAWN):
        before = ORDER[:3] if request.state == State.DECLINED else ORDER[:1]
        end = _("Declined") if request.state == State.DECLINED else _("Withdrawn")
        return [*(Step(labels[one], True, False) for one in before), Step(end, False, True)]
    here = ORDER.index(State(request.state))
    return [Step(labels[one], place < here, place == here) for place, one in enumerate(ORDER)]


@dataclass(frozen=True)
class Standing:
    """What the next step depends on, beside the request itself."""

    own: FundingReview | None
    reviews: list[ReviewLine]
    has_hands_off: bool
    is_in_force: bool
    has_payment: bool
    on: date


def get_next_step(viewer: Viewer, request: FundingRequest, standing: Standing) -> NextStep | None:
    """Return what this viewer does next, or for whom it waits; None once it has ended."""
    find = {
        State.REQUESTED: _begin_review,
        State.REVIEW: _review,
        State.DECISION: _decide,
        State.AGREEMENT: _agree,
        State.FUNDED: _report,
        State.REPORTED: _close,
    }.get(State(request.state))
    return find(viewer, request, standing) if find else None


def _go(name: str, request: FundingRequest) -> str:
    return reverse(f"funding:{name}", args=[request.id])


def _begin_review(viewer: Viewer, request: FundingRequest, _standing: Standing) -> NextStep:
    why = _("Somebody judges it against the criteria it was asked under, edition %(n)s.") % {
        "n": request.criteria.edition
    }
    if viewer.may("review_funding"):
        return NextStep(why, _("Begin the review"), _go("begin_review", request), is_post=True)
    return NextStep(_("It waits for its review to begin."))


def _review(viewer: Viewer, request: FundingRequest, standing: Standing) -> NextStep:
    own, scored = standing.own, any(one.scored_at for one in standing.reviews)
    if viewer.may("review_funding") and own is None:
        why = _("First you say whether anything ties you to this group. Then you see what to judge.")
        return NextStep(why, _("Review this request"), _go("review", request))
    if own is not None and not own.has_conflict and own.scored_at is None:
        return NextStep(
            _("Nothing ties you to this group, so you can judge it."),
            _("Write your review"),
            _go("review", request),
        )
    if scored and not standing.has_hands_off and viewer.may("keep_relations"):
        return NextStep(
            _("Whoever decides reads how far we keep our hands off; the group reads it too."),
            _("Fill in the hands-off checklist"),
            _go("hands_off", request),
        )
    if scored and standing.has_hands_off and viewer.may("review_funding"):
        return NextStep(
            _("It has been reviewed. More colleagues may still review it."),
            _("Hand it over for a decision"),
            _go("to_decision", request),
            is_post=True,
        )
    return NextStep(_("It waits for a review by somebody with nothing to tie them to the group."))


def _decide(viewer: Viewer, request: FundingRequest, standing: Standing) -> NextStep:
    has_tie = standing.own is not None and standing.own.has_conflict
    if viewer.may("decide_funding") and request.written_by_id != viewer.person_id and not has_tie:
        return NextStep(
            _("It has been reviewed. You decide, and the group reads why."),
            _("Decide"),
            _go("decide", request),
        )
    return NextStep(_("It waits for a decision by somebody who did not write it down."))


def _agree(viewer: Viewer, request: FundingRequest, standing: Standing) -> NextStep:
    if request.agreement is None:
        if viewer.may("write_agreements"):
            why = _("Nothing begins before an agreement is certified and signed.")
            return NextStep(why, _("Draw up the agreement"), _go("agreement", request))
        return NextStep(_("It waits for its agreement to be drawn up."))
    if not standing.is_in_force:
        url = find_url("agreements:agreement", str(request.agreement_id))
        why = _("Agreement %(reference)s is not certified and signed yet, so nothing may begin.") % {
            "reference": request.agreement.reference
        }
        return NextStep(why, _("Open the agreement") if url else "", url)
    if viewer.may("keep_relations"):
        return NextStep(
            _("The agreement is certified and signed."),
            _("Let it begin"),
            _go("begin", request),
            is_post=True,
        )
    return NextStep(_("The agreement is certified and signed; the team lets it begin."))


def _report(viewer: Viewer, request: FundingRequest, standing: Standing) -> NextStep:
    if not standing.has_payment and viewer.may("ask_for_payments"):
        return NextStep(
            _("The agreement is in force, and nothing has been paid or given yet."),
            _("Write down what is given") if request.is_in_kind else _("Ask for the payment"),
            _go("payment", request),
        )
    due = request.report_due_on
    if due is not None and due < standing.on and viewer.may("keep_relations"):
        if request.reminded_at is not None and standing.on - request.reminded_at.date() < REMIND_AGAIN_AFTER:
            why = _("The report is late, and the group was reminded this week. Ring them.")
            return NextStep(why, _("Write down the report that came"), _go("report", request))
        return NextStep(
            _("The report is late. Ring them, or remind them; if it came on paper, write it down."),
            _("Remind the group"),
            _go("remind", request),
            is_post=True,
        )
    return NextStep(
        _("The group sends a short report by %(day)s.") % {"day": f"{due:%d/%m/%Y}" if due else _("its end")}
    )


def _close(viewer: Viewer, request: FundingRequest, _standing: Standing) -> NextStep:
    if viewer.may("keep_relations"):
        return NextStep(
            _("The report is in. Read it, thank the group, and close."), _("Close"), _go("close", request)
        )
    return NextStep(_("The report is in; the team closes it."))
