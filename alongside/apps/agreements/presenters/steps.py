"""The line of steps of an agreement, and what to do next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.queries.pages import AgreementPage
from alongside.apps.base.rules import Viewer

State = Agreement.State
LINE = (
    State.DRAFT, State.PARTNER_REVIEW, State.CERTIFIED, State.SIGNED, State.ACTIVE, State.COMPLETED, State.CLOSED,
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step on the line: done, here, or to come."""

    label: str
    is_done: bool
    is_here: bool
    on: date | None = None


@dataclass(frozen=True)
class NextStep:
    """What to do next: why, and the one button for it."""

    why: str
    label: str = ""
    url: str = ""


def list_steps(agreement: Agreement) -> list[Step]:
    """Return the line of steps; one that was rejected or ended early shows that as its last."""
    days = {
        State.DRAFT: agreement.created_at.date(),
        State.PARTNER_REVIEW: agreement.shown_at.date() if agreement.shown_at else None,
        State.CERTIFIED: agreement.certified_at.date() if agreement.certified_at else None,
        State.SIGNED: agreement.signed_on,
    }
    if agreement.state in (State.REJECTED, State.TERMINATED):
        passed = [one for one in LINE if days.get(one) is not None]
        ended = agreement.ended_at.date() if agreement.ended_at else None
        last = Step(agreement.get_state_display(), is_done=False, is_here=True, on=ended)
        return [*(Step(str(one.label), True, False, days[one]) for one in passed), last]
    here = LINE.index(State(agreement.state))
    return [
        Step(str(one.label), place < here, place == here, days.get(one) if place <= here else None)
        for place, one in enumerate(LINE)
    ]


def get_next_step(viewer: Viewer, page: AgreementPage, on: date) -> NextStep | None:
    """Return what this viewer can do next, or whom it waits for."""
    agreement = page.agreement
    if page.blocking and agreement.state in (State.DRAFT, State.PARTNER_REVIEW):
        return _mend(viewer, page)
    say = {
        State.DRAFT: _draft,
        State.PARTNER_REVIEW: _review,
        State.CERTIFIED: _certified,
        State.SIGNED: _signed,
        State.ACTIVE: _active,
        State.COMPLETED: _completed,
    }.get(State(agreement.state))
    return say(viewer, page, on) if say else None


def _to(name: str, page: AgreementPage, *more: str) -> str:
    return reverse(f"agreements:{name}", args=[page.agreement.id, *more])


def _mend(viewer: Viewer, page: AgreementPage) -> NextStep:
    number = len(page.blocking)
    why = (
        _("One rule stands in the way; it is named below with what would unblock it.")
        if number == 1
        else _("%(number)s rules stand in the way; they are named below with what would unblock them.")
        % {"number": number}
    )
    if not viewer.may("write_agreements"):
        return NextStep(why)
    return NextStep(why, _("Change the agreement"), _to("edit", page))


def _draft(viewer: Viewer, page: AgreementPage, _on: date) -> NextStep:
    why = _("Everything the rules ask for is there. Next the partner reads it.")
    if not viewer.may("write_agreements"):
        return NextStep(why)
    return NextStep(why, _("Show it to the partner"), _to("move", page, State.PARTNER_REVIEW))


def _review(viewer: Viewer, page: AgreementPage, _on: date) -> NextStep:
    why = (
        _("The partner agrees that this version is right. Next somebody who did not write it certifies it.")
        if page.partner_agrees
        else _("The partner reads it and has not said yet that it is right. Then it is certified.")
    )
    if not viewer.may("certify_agreements"):
        return NextStep(why)
    if viewer.person_id in page.writer_ids:
        return NextStep(_("You wrote part of this agreement, so another certifier certifies it."))
    return NextStep(why, _("Read and certify"), _to("certify", page))


def _certified(viewer: Viewer, page: AgreementPage, _on: date) -> NextStep:
    missing = [
        words
        for words, signed in ((_("our side"), page.ours_signed), (_("the partner"), page.theirs_signed))
        if not signed
    ]
    why = _("Certified. Still to sign: %(who)s.") % {"who": _(" and ").join(missing)}
    if viewer.may("write_agreements") or viewer.may("certify_agreements"):
        return NextStep(why, _("Sign it, or write down a signature"), _to("sign", page))
    return NextStep(why)


def _signed(viewer: Viewer, page: AgreementPage, on: date) -> NextStep:
    starts_on = page.agreement.starts_on
    if on < starts_on:
        return NextStep(_("Signed by both sides. It starts on %(day)s.") % {"day": f"{starts_on:%-d %B %Y}"})
    why = _("Signed by both sides, and its day has come.")
    if not viewer.may("write_agreements"):
        return NextStep(why)
    return NextStep(why, _("Start it"), _to("move", page, State.ACTIVE))


def _active(viewer: Viewer, page: AgreementPage, on: date) -> NextStep | None:
    if on <= page.agreement.ends_on:
        return None
    why = _("Its last day has passed. Say whether what was agreed is done, or make one that replaces it.")
    if not viewer.may("write_agreements"):
        return NextStep(why)
    return NextStep(why, _("It is done"), _to("move", page, State.COMPLETED))


def _completed(viewer: Viewer, page: AgreementPage, _on: date) -> NextStep:
    why = _("What was agreed is done. Close it once money and reports are settled.")
    if not viewer.may("write_agreements"):
        return NextStep(why)
    return NextStep(why, _("Close it"), _to("move", page, State.CLOSED))
