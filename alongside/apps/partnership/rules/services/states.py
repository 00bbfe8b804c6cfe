"""Needs and offers: what must be there first, and which step may follow which."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.apps.base.rules import Refused, Viewer, check, check_may

MOST_PEOPLE = 500
# From which state to which an offer may go.
MOVES: Mapping[str, frozenset[str]] = {
    "offered": frozenset({"accepted", "declined", "withdrawn"}),
    "accepted": frozenset({"declined", "withdrawn", "working"}),
    "working": frozenset({"done", "withdrawn"}),
    "done": frozenset(),
    "declined": frozenset(),
    "withdrawn": frozenset(),
}
STATE_WORDS = {
    "offered": gettext_lazy("waits for an answer"),
    "accepted": gettext_lazy("was accepted"),
    "declined": gettext_lazy("was declined"),
    "withdrawn": gettext_lazy("was taken back"),
    "working": gettext_lazy("is under way"),
    "done": gettext_lazy("is done"),
}


@dataclass(frozen=True)
class NeedTerms:
    """A need as somebody writes it down."""

    title: str
    what: str
    why: str
    criteria: str
    selector: str
    most_people: int
    engagement_id: UUID | None = None


@dataclass(frozen=True)
class OfferTerms:
    """An offer as somebody writes it; `fee_pence` is None where the work is asked for without pay."""

    person_id: UUID
    capacity: str
    standing: str
    title: str
    ask: str
    time_words: str
    starts_on: date
    ends_on: date
    answer_by: date
    fee_pence: int | None = None
    rate_line_id: UUID | None = None
    fee_reason: str = ""
    support: str = ""
    expenses: str = ""
    expenses_most_pence: int | None = None
    organisation_id: UUID | None = None


def check_takes_work(viewer: Viewer) -> None:
    """Refuse somebody who is offered no work: patient partners and those who speak for a group are."""
    if not viewer.may("speak_for_organisation"):
        check_may(viewer, "take_paid_work")


def check_may_approve(viewer: Viewer) -> None:
    """Refuse somebody who may not approve needs: certifiers and those who offer work may, never their own."""
    if not viewer.may("certify_agreements"):
        check_may(viewer, "offer_paid_work")


def check_need(terms: NeedTerms) -> None:
    """Refuse a need that does not say what, why, by which criteria, who chooses, and how many at most."""
    wanted = (
        ("title", terms.title, "a title for the need"),
        ("what", terms.what, "what is needed"),
        ("why", terms.why, "why it is needed"),
        ("criteria", terms.criteria, "by which criteria people are chosen"),
        ("selector", terms.selector, "who chooses, and why they can"),
    )
    for field, words, what in wanted:
        check(bool(words.strip()), f"Write {what}.", field=field)
    check(
        0 < terms.most_people <= MOST_PEOPLE,
        f"Say how many people are needed at most, from 1 to {MOST_PEOPLE}.",
        field="most_people",
    )


def check_need_is_free(*, offers: int, state: str) -> None:
    """Refuse to change a need once somebody was offered work under it, or it is closed."""
    check(state != "closed", "This need is closed. Write a new one.")
    check(
        offers == 0,
        "Somebody was offered work under this need, so it stays as it was approved. Write a new need instead.",
    )


def check_can_offer(*, need_state: str, accepted: int, most_people: int) -> None:
    """Refuse an offer before its need is approved, and one that nobody is needed for."""
    check(
        need_state == "approved",
        "The need must be approved by somebody else before anybody is chosen. Ask for that first.",
    )
    check_places(accepted=accepted, most_people=most_people)


def check_places(*, accepted: int, most_people: int) -> None:
    """Refuse one more than the number of people that is needed."""
    words = ngettext(
        "This work needs one person, and as many have said yes. Thank you for being ready to help.",
        "This work needs %(people)s people, and as many have said yes. Thank you for being ready to help.",
        most_people,
    )
    check(accepted < most_people, words % {"people": most_people})


def check_offer(terms: OfferTerms, *, on: date, standings: Collection[str]) -> None:
    """Refuse an offer whose days, capacity or amounts do not hold together."""
    wanted = (
        ("title", terms.title, "a short title"),
        ("ask", terms.ask, "what you ask, in plain words"),
        ("time_words", terms.time_words, "how much time it takes"),
    )
    for field, words, what in wanted:
        check(bool(words.strip()), f"Write {what}.", field=field)
    check(terms.standing in standings, "Choose as whom you ask them.", field="standing")
    _check_capacity(terms)
    check(terms.ends_on >= terms.starts_on, "The last day is before the first.", field="ends_on")
    check(terms.answer_by >= on, "The day for an answer has passed.", field="answer_by")
    check(terms.answer_by <= terms.starts_on, "Ask for an answer before the work begins.", field="answer_by")
    check(
        terms.fee_pence is None or terms.fee_pence > 0,
        "Leave the fee empty where there is none.",
        field="fee",
    )
    most = terms.expenses_most_pence
    check(
        most is None or most > 0,
        "Leave the most for expenses empty where there is none.",
        field="expenses_most",
    )


def _check_capacity(terms: OfferTerms) -> None:
    if terms.capacity == "representing":
        check(
            terms.organisation_id is not None,
            "Choose the organisation they represent: the agreement and the money are with it.",
            field="organisation",
        )
    elif terms.capacity == "themselves":
        check(
            terms.organisation_id is None,
            "Somebody who speaks for themselves represents no organisation. Leave it empty, or change how they speak.",
            field="organisation",
        )
    else:
        raise Refused("Choose for whom they would speak.", field="capacity")


def check_move(state: str, to: str) -> None:
    """Refuse a step that does not follow from where an offer is."""
    check(
        to in MOVES[state],
        _("This work %(state)s, so this step is not possible now.") % {"state": STATE_WORDS[state]},
    )


def check_notice_shown(*, shown: Collection[str], current: Collection[str]) -> None:
    """Refuse a yes before the current notice about benefits was shown, in whichever language; both are digests."""
    check(
        any(one in shown for one in current),
        _(
            "First read what a payment can mean for benefits. It takes two minutes; then come back and choose."
        ),
        field="notice",
    )
