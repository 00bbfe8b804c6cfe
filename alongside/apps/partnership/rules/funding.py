"""What a request for funding may become, who may judge it, and what is missing where it may not go on."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.partnership.models import FundingRequest, FundingReview, FundingScore

State = FundingRequest.State

# From each state, where a request may go.
MOVES: Mapping[str, tuple[str, ...]] = {
    State.REQUESTED: (State.REVIEW, State.WITHDRAWN),
    State.REVIEW: (State.DECISION, State.WITHDRAWN),
    State.DECISION: (State.AGREEMENT, State.DECLINED, State.REVIEW, State.WITHDRAWN),
    State.AGREEMENT: (State.FUNDED, State.WITHDRAWN),
    State.FUNDED: (State.REPORTED, State.CLOSED),
    State.REPORTED: (State.CLOSED,),
    State.CLOSED: (),
    State.DECLINED: (),
    State.WITHDRAWN: (),
}
OPEN = (State.REQUESTED, State.REVIEW, State.DECISION, State.AGREEMENT)
GRANTED = (State.AGREEMENT, State.FUNDED, State.REPORTED, State.CLOSED)
ENDED = (State.CLOSED, State.DECLINED, State.WITHDRAWN)
# Whom nobody funds this way: ourselves, and companies.
NEVER_FUNDED = ("own", "company")
REPORT_AFTER = timedelta(days=42)  # a light report is due six weeks after the end
REMIND_AGAIN_AFTER = timedelta(days=7)
MOST_REPORT_LETTERS = 3500  # one printed page
MOST_CRITERIA, MOST_LETTERS = 12, 4000
_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Criterion:
    """One criterion: a key that never changes, its name, what it means."""

    key: str
    title: str
    words: str


@dataclass(frozen=True)
class Scored:
    """One criterion as a reviewer found it."""

    criterion: str
    answer: str
    words: str


@dataclass(frozen=True)
class Checked:
    """One line of the hands-off checklist as the team says it is."""

    line: str
    holds: bool
    words: str = ""


def list_next_states(state: str) -> tuple[str, ...]:
    """Return the states a request may go to from this one."""
    return MOVES[state]


def check_can_move(request: FundingRequest, to: str) -> None:
    """Refuse a step the table does not hold."""
    if to not in MOVES[request.state]:
        raise Refused(
            _(
                "This request is “%(state)s”, so it cannot become “%(next)s”. "
                "Somebody may have moved it on: load the page again."
            )
            % {"state": request.get_state_display(), "next": State(to).label}
        )


def check_words(words: str, *, what: str, field: str, most: int = MOST_LETTERS) -> str:
    """Return the words without outer blanks; refuse none at all or more than somebody reads."""
    kept = words.strip()
    check(bool(kept), _("Write %(what)s.") % {"what": what}, field=field)
    check(
        len(kept) <= most,
        _("This is %(n)s characters long; the most is %(most)s.") % {"n": len(kept), "most": most},
        field=field,
    )
    return kept


def check_may_be_funded(kind: str) -> None:
    """Refuse to fund ourselves or a company."""
    check(
        kind not in NEVER_FUNDED,
        _(
            "Funding like this goes to groups, charities and public bodies. A company is paid for a service, "
            "with an agreement of its own."
        ),
        field="organisation",
    )


def check_gift(
    *, is_in_kind: bool, amount_pence: int | None, description: str, value_pence: int | None
) -> None:
    """Refuse money without an amount, a thing without a description, and a value of nothing."""
    if is_in_kind:
        check(
            bool(description.strip()),
            _("Say what is asked for. A value may stay empty; a description may not."),
            field="in_kind_description",
        )
        check(
            value_pence is None or value_pence > 0,
            _("Leave the value empty where it cannot be known. Nothing is given that is worth £0."),
            field="in_kind_value",
        )
    else:
        check(
            amount_pence is not None and amount_pence > 0,
            _("Enter how much is asked for, above £0."),
            field="amount",
        )


def check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse an end before its start."""
    check(ends_on >= starts_on, _("It ends before it starts. Check both dates."), field="ends_on")


def check_not_begun(request: FundingRequest, on: date) -> None:
    """Refuse to grant what has begun: funding is for what is still to come."""
    check(
        request.starts_on > on,
        f"It starts on {request.starts_on:%d/%m/%Y}, and funding is only for what has not begun. "
        "Agree later dates with the group and change the request, or decline it with that reason.",
        field="decision",
    )


def check_can_change(request: FundingRequest) -> None:
    """Refuse to change what is asked once somebody has begun to judge it."""
    check(
        request.state == State.REQUESTED,
        "The review has begun, so what is asked for stays as it was read. "
        "Send the request back first, or withdraw it and ask anew.",
    )


def check_can_review(review: FundingReview | None) -> FundingReview:
    """Return the reviewer's declaration; refuse scoring before one, with a conflict, or a second time."""
    if review is None:
        raise Refused("First say whether anything ties you to this group. Then you see what to judge.")
    check(
        not review.has_conflict,
        "You declared a conflict of interest, so somebody else reviews this one. That is all you need to do.",
    )
    check(review.scored_at is None, "Your review is in. It stays as you wrote it.")
    return review


def check_scores(criteria: Sequence[Criterion], scores: Sequence[Scored], advice: str) -> None:
    """Refuse a review that leaves a criterion out, answers with no known word, or says nothing about it."""
    check(advice in FundingReview.Advice.values, "Say what you advise.", field="advice")
    given = {one.criterion: one for one in scores}
    for criterion in criteria:
        one = given.get(criterion.key)
        if one is None or one.answer not in FundingScore.Answer.values:
            raise Refused(f"Say whether this is met: {criterion.title}.", field=f"answer_{criterion.key}")
        check(
            bool(one.words.strip()),
            f"Say in a few words why: {criterion.title}.",
            field=f"words_{criterion.key}",
        )


def check_can_go_to_decision(reviews: Collection[FundingReview], *, has_hands_off: bool) -> None:
    """Refuse to hand over a request that nobody has judged, or that nobody checked for keeping hands off."""
    check(
        any(one.scored_at is not None for one in reviews),
        "Nobody has reviewed this request against the criteria yet. One review is needed before a decision.",
    )
    check(
        has_hands_off,
        "The hands-off checklist is not filled in. Whoever decides reads it, and so does the group.",
    )


def check_can_decide(request: FundingRequest, reviews: Collection[FundingReview], by: Viewer) -> None:
    """Refuse whoever wrote the request, has a conflict, or is the only one who judged it."""
    check(
        request.written_by_id is None or request.written_by_id != by.person_id,
        "You wrote this request down, so somebody else decides on it.",
    )
    own = next((one for one in reviews if one.reviewer_id == by.person_id), None)
    check(
        own is None or not own.has_conflict,
        "You declared a conflict of interest, so somebody else decides on this one.",
    )
    check(
        any(one.scored_at is not None and one.reviewer_id != by.person_id for one in reviews),
        "The only review is your own. Ask a colleague to review it too: whoever decides is not the only judge.",
    )


def check_granted(request: FundingRequest, granted_pence: int | None) -> None:
    """Refuse to grant more than was asked for, or money where a thing was asked for."""
    if request.is_in_kind:
        check(
            granted_pence is None,
            "A thing was asked for, not money. Leave the amount empty.",
            field="granted",
        )
        return
    asked = request.amount_pence or 0
    check(
        granted_pence is not None and 0 < granted_pence <= asked,
        "Enter what is granted: above £0, and at most what was asked for.",
        field="granted",
    )


def check_hands_off(lines: Collection[str], answers: Sequence[Checked]) -> None:
    """Refuse a checklist with a line left out, or one that does not hold and does not say why."""
    given = {one.line: one for one in answers}
    for line in lines:
        one = given.get(line)
        if one is None:
            raise Refused("Answer every line: it holds, or it does not.", field=f"holds_{line}")
        check(
            one.holds or bool(one.words.strip()),
            "Where a line does not hold, say how it is instead.",
            field=f"why_{line}",
        )


def check_report_length(*parts: str) -> None:
    """Refuse a report longer than a page: a light report stays light."""
    letters = sum(len(part) for part in parts)
    check(
        letters <= MOST_REPORT_LETTERS,
        _(
            "Together this is %(letters)s characters; one page holds about %(most)s. "
            "Leave out what we can ask you about."
        )
        % {"letters": f"{letters:,}", "most": f"{MOST_REPORT_LETTERS:,}"},
        field="did",
    )


def check_can_remind(request: FundingRequest, on: date, at: datetime) -> None:
    """Refuse to remind before a report is due soon, or again within a week: a reminder is no nagging."""
    check(request.state == State.FUNDED, "No report is awaited here.")
    due = request.report_due_on
    check(
        due is not None and due - on <= timedelta(days=14),
        "The report is due later than in two weeks. The group sees the date on its own page.",
    )
    check(
        request.reminded_at is None or at - request.reminded_at >= REMIND_AGAIN_AFTER,
        "The group was reminded less than a week ago. Ring them instead.",
    )


def due_after(ends_on: date) -> date:
    """Return the day a light report is due."""
    return ends_on + REPORT_AFTER


def read_criteria(text: str) -> list[Criterion]:
    """Return criteria from lines “Name: what it means”; refuse none, too many, a line without both, a name twice."""
    found: dict[str, Criterion] = {}
    for place, line in enumerate((one.strip() for one in text.splitlines()), start=1):
        if not line:
            continue
        title, _colon, words = (part.strip() for part in line.partition(":"))
        check(
            bool(title and words),
            f"Line {place}: write the criterion's name, a colon, and what it means.",
            field="criteria",
        )
        key = _NAME.sub("_", title.lower()).strip("_")[:60]
        check(
            bool(key) and key not in found, f"Line {place}: “{title}” stands there twice.", field="criteria"
        )
        found[key] = Criterion(key, title, words)
    check(bool(found), "Write at least one criterion.", field="criteria")
    check(len(found) <= MOST_CRITERIA, f"At most {MOST_CRITERIA} criteria, so that a small group reads them.")
    return list(found.values())
