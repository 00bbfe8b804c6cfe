"""Two people in the same moment: each gets a number of their own, or is told."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.models import FundingCriteria, FundingEvent, FundingRequest
from alongside.apps.partnership.operations.funding.criteria import keep_criteria, publish_criteria
from alongside.apps.partnership.operations.funding.requests import ask_for_funding
from alongside.apps.partnership.rules.funding import check_can_remind, check_dates, list_next_states
from tests.factories.funding import ON, Team, ask, make_plan, make_request
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def test_a_number_taken_in_the_same_moment_is_passed_over(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, real, clashes = ask(team.lead), FundingRequest.save, [IntegrityError()]

    def save(self: FundingRequest, **more: Any) -> None:
        if clashes:
            raise clashes.pop()
        real(self, **more)

    monkeypatch.setattr(FundingRequest, "save", save)
    second = ask(team.lead)
    assert int(second.reference[-4:]) == int(first.reference[-4:]) + 2


def test_the_same_form_in_the_same_moment_is_one_request(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    first, key = ask(team.lead), uuid4()

    def arrive(**more: Any) -> FundingCriteria:
        FundingRequest.objects.filter(id=first.id).update(request_key=key)  # the other one was quicker
        return keep_criteria(**more)

    monkeypatch.setattr(f"{ask_for_funding.__module__}.keep_criteria", arrive)
    request_id = ask_for_funding(
        organisation_id=first.organisation_id, plan=make_plan(), way="mail", received_on=ON, request_key=key,
        by=team.lead, at=NOW,
    )  # fmt: skip
    assert request_id == first.id
    assert FundingRequest.objects.count() == FundingEvent.objects.count() == 1


def test_after_many_clashes_somebody_is_told(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    def clash(self: object, **more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(FundingRequest, "save", clash)
    with pytest.raises(Refused, match="same moment"):
        ask(team.lead)


def test_an_edition_published_in_the_same_moment_is_read_first(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clash(**more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(FundingCriteria.objects, "create", clash)
    with pytest.raises(Refused, match="same moment"):
        publish_criteria(
            valid_from=ON, intro="x", criteria="A: b", warn_from_percent=20, source="y", by=team.lead, at=NOW
        )


def test_what_has_ended_goes_nowhere(team: Team) -> None:
    assert list_next_states("closed") == list_next_states("declined") == list_next_states("withdrawn") == ()
    check_dates(ON, ON)
    request = make_request("funded", team=team)
    request.report_due_on = None
    with pytest.raises(Refused, match="later than"):
        check_can_remind(request, ON, NOW + timedelta(days=1))
