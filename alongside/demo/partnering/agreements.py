"""Agreements of every kind in every state: closed, running, waiting for a signature, blocked by a rule, given up."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.apps.agreements.operations import (
    AgreementPlan,
    answer_comment,
    close_agreement,
    comment_on_agreement,
    complete_agreement,
    draft_agreement,
    reject_agreement,
    start_agreement,
    terminate_agreement,
)
from alongside.apps.agreements.queries import list_agreement_lines
from alongside.apps.base.rules import acting
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import STATES, complete_plan, make_paper
from alongside.demo.words import as_day, at_noon, read_yaml

WRITERS = ("ruth", "gareth")
FORGOTTEN_SINCE = date(2026, 9, 1)
DAY = timedelta(days=1)


def agree(cast: Cast) -> None:
    """Make the agreements, in the order of their days."""
    content = read_yaml("partnering/agreements.yaml")["agreements"]
    for number, one in enumerate(sorted(content, key=lambda each: as_day(each["drafted"]))):
        _make(cast, one, WRITERS[number % 2])


def say_what_is_done(cast: Cast) -> None:
    """Say of agreements whose time is over that they are done, a week later; two of this autumn are forgotten."""
    lead = cast["ruth"]
    over = [
        one
        for one in list_agreement_lines(lead, in_force_only=True)
        if one.state != "completed" and one.ends_on < FORGOTTEN_SINCE
    ]
    for one in sorted(over, key=lambda each: each.ends_on):
        ended_at = at_noon(one.ends_on, 11) + 7 * DAY
        with acting(lead, why="alongside demo: agreements"):
            if one.state == "signed":
                start_agreement(agreement_id=one.id, by=lead, at=ended_at)
            complete_agreement(agreement_id=one.id, by=lead, at=ended_at)


def _make(cast: Cast, one: dict[str, Any], author: str) -> None:
    at = at_noon(one["drafted"], 10)
    key = one.get("partner") or one["person"]
    plan = AgreementPlan(
        kind=one["kind"],
        capacity=one.get("capacity", "organisation"),
        title=one["title"],
        starts_on=as_day(one["starts"]),
        ends_on=as_day(one["ends"]),
        amount_pence=one.get("amount_pence"),
        in_kind_description=one.get("in_kind", ""),
        in_kind_value_pence=one.get("in_kind_value_pence"),
        review_on=as_day(one["review"]) if "review" in one else None,
        fields=one.get("fields", {}),
    )
    until = one["until"]
    if until in ("draft", "rejected"):  # a draft that a rule blocks never gets to the partner
        with acting(cast[author], why="alongside demo: agreements"):
            made = draft_agreement(plan=complete_plan(cast, key, plan, at), by=cast[author], at=at)
    else:
        made = make_paper(cast, key, plan, at, until=until if until in STATES else "active", author=author)
    _end(cast, made, one, author, at)
    for number, comment in enumerate(one.get("comments", ())):
        _comment(cast, made, comment, author, at + (6 + number) * DAY)


def _end(cast: Cast, made: UUID, one: dict[str, Any], author: str, at: datetime) -> None:
    """Bring an agreement to the end that the content tells."""
    by, until, words = cast[author], one["until"], one.get("words", "")
    over = at_noon(one["ends"], 11) + 10 * DAY
    with acting(by, why="alongside demo: agreements"):
        if until in ("completed", "closed"):
            complete_agreement(agreement_id=made, words=words, by=by, at=over)
        if until == "closed":
            close_agreement(agreement_id=made, by=by, at=over + 30 * DAY)
        if until == "terminated":
            terminate_agreement(agreement_id=made, why=words, by=by, at=at + 150 * DAY)
        if until == "rejected":
            reject_agreement(agreement_id=made, why=words, by=by, at=at + 3 * DAY)


def _comment(cast: Cast, made: UUID, words: dict[str, str], author: str, at: datetime) -> None:
    """Let the group's user say something, and the team answer where it has."""
    group = cast["bronwen"]
    with acting(group, why="alongside demo: a group comments"):
        comment = comment_on_agreement(
            agreement_id=made, field_key=words["about"], words=words["says"], by=group, at=at
        )
    if "answer" in words:
        by = cast[author]
        with acting(by, why="alongside demo: agreements"):
            answer_comment(comment_id=comment, words=words["answer"], by=by, at=at + DAY)
