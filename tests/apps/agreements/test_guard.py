"""Nothing that needs a paper begins before the paper holds."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.apps.agreements.operations import give_paper, need_paper, withdraw_need
from alongside.apps.base.queries.starting import check_may_start, list_blockers
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.starting import Starting
from alongside.apps.people.models import Organisation
from tests.factories.agreements import make_agreement
from tests.factories.papers import STARTS, draft, make_plan
from tests.factories.people import NOW

WHY = "Patients of a group are asked for their time."


def _starting(subject_id: object, on: object = STARTS) -> Starting:
    return Starting("engagement", subject_id, "A focus group", on)  # type: ignore[arg-type]


def _need(lead: Viewer, *kinds: str) -> Starting:
    subject_id = uuid4()
    need_paper(subject_kind="engagement", subject_id=subject_id, kinds=kinds, why=WHY, by=lead, at=NOW)
    return _starting(subject_id)


def test_a_thing_nobody_asked_a_paper_for_may_begin(lead: Viewer) -> None:
    check_may_start(lead, _starting(uuid4()))


def test_a_thing_without_its_paper_may_not_begin_and_the_refusal_says_what_would_do(lead: Viewer) -> None:
    starting = _need(lead, "service", "grant")

    with pytest.raises(Refused, match="certified and signed"):
        check_may_start(lead, starting)


def test_each_state_before_the_signature_blocks_and_the_signature_unblocks(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    for state in ("draft", "partner_review", "certified", "signed"):
        starting = _need(lead)
        one = draft(make_plan(group.id), lead, until=state, certifier=certifier)
        give_paper(subject_kind="engagement", subject_id=starting.id, agreement_id=one, by=lead, at=NOW)

        assert bool(list_blockers(lead, starting)) == (state != "signed")


def test_a_paper_holds_only_between_its_days(lead: Viewer, group: Organisation) -> None:
    starting = _need(lead)
    one = make_agreement(organisation_id=group.id, starts_on=STARTS, ends_on=STARTS + timedelta(days=10))
    give_paper(subject_kind="engagement", subject_id=starting.id, agreement_id=one.id, by=lead, at=NOW)

    assert not list_blockers(lead, starting)
    before, after = STARTS - timedelta(days=1), STARTS + timedelta(days=11)
    assert "holds from" in list_blockers(lead, _starting(starting.id, before))[0].why
    assert "ended on" in list_blockers(lead, _starting(starting.id, after))[0].why


def test_a_paper_of_another_kind_does_not_do(lead: Viewer, group: Organisation) -> None:
    starting = _need(lead, "service")
    one = make_agreement(organisation_id=group.id, kind="grant")

    with pytest.raises(Refused, match="Nothing here waits for a grant"):
        give_paper(subject_kind="engagement", subject_id=starting.id, agreement_id=one.id, by=lead, at=NOW)


def test_a_paper_that_is_not_there_is_not_taken(lead: Viewer) -> None:
    starting = _need(lead)
    with pytest.raises(Refused, match="not yours to see"):
        give_paper(subject_kind="engagement", subject_id=starting.id, agreement_id=uuid4(), by=lead, at=NOW)


def test_a_rejected_paper_is_not_taken(lead: Viewer, group: Organisation) -> None:
    starting = _need(lead)
    one = make_agreement(organisation_id=group.id, state="rejected")

    with pytest.raises(Refused, match="Choose one that holds"):
        give_paper(subject_kind="engagement", subject_id=starting.id, agreement_id=one.id, by=lead, at=NOW)


def test_asking_for_the_same_paper_twice_asks_once(lead: Viewer) -> None:
    subject_id = uuid4()
    ids = {
        need_paper(subject_kind="event", subject_id=subject_id, kinds=["grant"], why=WHY, by=lead, at=NOW)
        for _ in range(2)
    }

    assert len(ids) == 1


def test_a_need_is_taken_back_with_its_reason(lead: Viewer) -> None:
    subject_id = uuid4()
    needed = need_paper(subject_kind="event", subject_id=subject_id, kinds=[], why=WHY, by=lead, at=NOW)
    with pytest.raises(Refused, match="Say why"):
        withdraw_need(needed_id=needed, why=" ", by=lead, at=NOW)

    withdraw_need(needed_id=needed, why="Nobody is paid.", by=lead, at=NOW)
    assert not list_blockers(lead, Starting("event", subject_id, "A day", STARTS))
    with pytest.raises(Refused, match="Nothing is asked for"):
        withdraw_need(needed_id=needed, why="Again.", by=lead, at=NOW)
