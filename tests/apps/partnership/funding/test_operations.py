"""A request's life through the operations: each step once, by the right person, with its reason."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.apps.agreements.models import NeededPaper
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused
from alongside.apps.partnership.models import (
    FundingEvent,
    FundingRequest,
    Payment,
)
from alongside.apps.partnership.operations.funding.decisions import (
    decline_request,
    grant_request,
)
from alongside.apps.partnership.operations.funding.papers import (
    PaymentTerms,
    ask_to_pay,
)
from alongside.apps.partnership.operations.funding.requests import (
    ask_for_funding,
    change_request,
    withdraw_request,
)
from alongside.apps.partnership.operations.funding.reviews import (
    begin_review,
    declare_interest,
    score_request,
    send_back,
    send_to_decision,
)
from alongside.apps.partnership.rules.funding import Scored
from tests.factories.funding import (
    ENDS,
    IN_KIND,
    ON,
    STARTS,
    Team,
    ask,
    make_plan,
    make_request,
    score,
)
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def again(request: FundingRequest) -> FundingRequest:
    return FundingRequest.objects.get(id=request.id)


def test_a_request_goes_all_the_way_and_every_step_is_written_down(team: Team) -> None:
    request = make_request("closed", team=team)

    states = list(FundingEvent.objects.filter(request=request).values_list("became", flat=True))
    assert states == [
        "requested", "review", "decision", "agreement", "agreement", "funded", "reported", "closed"
    ]  # fmt: skip
    assert all(words for words in FundingEvent.objects.values_list("words", flat=True))
    assert request.report_due_on == ENDS + timedelta(days=42)
    assert AuditLine.objects.filter(operation="grant_funding", object_id=request.id).count() == 1


def test_a_group_asks_for_itself_and_for_nobody_else() -> None:
    own, other = make_organisation(), make_organisation()
    user = make_partner_user(own.id)
    request = ask(user, own.id)

    assert (request.way, request.written_by_id) == ("own_side", user.person_id)
    with pytest.raises(Refused, match="own organisation"):
        ask(user, other.id)


def test_a_form_sent_twice_asks_once(team: Team) -> None:
    key, group = uuid4(), make_organisation().id

    def send() -> object:
        return ask_for_funding(
            organisation_id=group,
            plan=make_plan(),
            way="mail",
            received_on=ON,
            request_key=key,
            by=team.lead,
            at=NOW,
        )

    assert send() == send()
    assert FundingRequest.objects.count() == 1
    assert ask(team.lead).reference > FundingRequest.objects.get(request_key=key).reference


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "loan"}, "what kind"),
        ({"title": " "}, "one line"),
        ({"ends_on": STARTS - timedelta(days=1)}, "before it starts"),
        ({"amount_pence": 0}, "above £0"),
        ({"is_in_kind": True, "amount_pence": None}, "description may not"),
        ({**IN_KIND, "in_kind_value_pence": 0}, "worth £0"),
    ],
)
def test_a_request_that_says_too_little_is_refused(team: Team, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        ask(team.lead, **changes)


def test_a_company_a_future_day_and_an_unknown_way_are_refused(team: Team) -> None:
    with pytest.raises(Refused, match="company"):
        ask(team.lead, make_organisation(kind="company").id)
    for received_on, way, words in (
        (ON + timedelta(days=1), "mail", "future"),
        (ON, "owl", "how the request"),
    ):
        with pytest.raises(Refused, match=words):
            ask_for_funding(
                organisation_id=make_organisation().id,
                plan=make_plan(),
                way=way,
                received_on=received_on,
                request_key=uuid4(),
                by=team.lead,
                at=NOW,
            )


def test_in_kind_may_have_no_value_and_never_becomes_nought_pounds(team: Team) -> None:
    request = make_request("funded", team=team, **IN_KIND)

    assert (request.amount_pence, request.in_kind_value_pence, request.granted_pence) == (None, None, None)
    payment_id = ask_to_pay(
        request_id=request.id, terms=PaymentTerms(None, ENDS), request_key=uuid4(), by=team.lead, at=NOW
    )
    payment = Payment.objects.get(id=payment_id)
    assert (payment.is_in_kind, payment.amount_pence) == (True, None)
    assert (payment.source_kind, payment.source_id) == ("funding", request.id)


def test_what_is_asked_changes_until_the_review_begins(team: Team) -> None:
    request = ask(team.lead)
    change_request(
        request_id=request.id,
        plan=make_plan(amount_pence=400_000),
        why="They found a cheaper room.",
        by=team.lead,
        at=NOW,
    )
    assert again(request).amount_pence == 400_000
    begin_review(request_id=request.id, by=team.lead, at=NOW)
    with pytest.raises(Refused, match="review has begun"):
        change_request(request_id=request.id, plan=make_plan(), why="More", by=team.lead, at=NOW)


def test_a_group_takes_its_request_back(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = ask(user, group.id)
    withdraw_request(request_id=request.id, why="We found the money ourselves.", by=user, at=NOW)

    assert again(request).state == "withdrawn"
    with pytest.raises(Refused, match="cannot become"):
        begin_review(request_id=request.id, by=team.lead, at=NOW)


def test_nobody_scores_before_declaring_or_with_a_tie(team: Team) -> None:
    request = make_request("review", team=team)
    with pytest.raises(Refused, match="First say"):
        score_request(request_id=request.id, scores=[], advice="fund", words="", by=team.lead, at=NOW)
    with pytest.raises(Refused, match="what ties"):
        declare_interest(request_id=request.id, has_conflict=True, words=" ", by=team.lead, at=NOW)
    declare_interest(
        request_id=request.id, has_conflict=True, words="My sister chairs it.", by=team.lead, at=NOW
    )
    with pytest.raises(Refused, match="conflict"):
        score_request(request_id=request.id, scores=[], advice="fund", words="", by=team.lead, at=NOW)
    with pytest.raises(Refused, match="declared already"):
        declare_interest(request_id=request.id, has_conflict=False, words="", by=team.lead, at=NOW)


def test_a_review_is_written_once_and_only_in_review(team: Team) -> None:
    request = make_request("reviewed", team=team)
    with pytest.raises(Refused, match="Your review is in"):
        score_request(request_id=request.id, scores=[], advice="fund", words="", by=team.lead, at=NOW)
    send_to_decision(request_id=request.id, by=team.lead, at=NOW)
    with pytest.raises(Refused, match="not in review"):
        declare_interest(request_id=request.id, has_conflict=False, words="", by=team.certifier, at=NOW)
    with pytest.raises(Refused, match="not in review"):
        score_request(request_id=request.id, scores=[], advice="fund", words="", by=team.certifier, at=NOW)


def test_a_review_leaves_no_criterion_out(team: Team) -> None:
    request = make_request("review", team=team)
    declare_interest(request_id=request.id, has_conflict=False, words="", by=team.lead, at=NOW)
    keys = [key for key, _title, _words in request.criteria.criteria]
    whole = [Scored(key, "met", "Yes.") for key in keys]
    for scores, advice, words in (
        (whole, "maybe", "what you advise"), (whole[1:], "fund", "Say whether this is met"),
        ([Scored(keys[0], "met", " "), *whole[1:]], "fund", "in a few words why"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            score_request(request_id=request.id, scores=scores, advice=advice, words="", by=team.lead, at=NOW)


def test_a_decision_needs_a_review_and_the_checklist(team: Team) -> None:
    request = make_request("review", team=team)
    with pytest.raises(Refused, match="Nobody has reviewed"):
        send_to_decision(request_id=request.id, by=team.lead, at=NOW)
    score(request, team.lead)
    with pytest.raises(Refused, match="checklist"):
        send_to_decision(request_id=request.id, by=team.lead, at=NOW)


def test_whoever_wrote_it_or_is_the_only_judge_does_not_decide(team: Team) -> None:
    both = make_viewer("engagement_lead", "certifier")
    own = make_request("decision", team=Team(team.lead, team.certifier), by=both)
    with pytest.raises(Refused, match="You wrote"):
        decline_request(request_id=own.id, reason="No", by=both, at=NOW)
    judged = make_request("decision", team=Team(both, team.certifier), by=team.lead)
    with pytest.raises(Refused, match="only review is your own"):
        decline_request(request_id=judged.id, reason="No", by=both, at=NOW)
    tied = make_request("reviewed", team=team)
    declare_interest(request_id=tied.id, has_conflict=True, words="I am a member.", by=team.certifier, at=NOW)
    send_to_decision(request_id=tied.id, by=team.lead, at=NOW)
    with pytest.raises(Refused, match="conflict"):
        decline_request(request_id=tied.id, reason="No", by=team.certifier, at=NOW)


def test_a_part_may_be_granted_but_no_more_and_nothing_that_has_begun(team: Team) -> None:
    request = make_request("decision", team=team)
    for pence in (0, None, 500_001):
        with pytest.raises(Refused, match="at most"):
            grant_request(request_id=request.id, granted_pence=pence, reason="Yes", by=team.certifier, at=NOW)
    with pytest.raises(Refused, match="reason"):
        grant_request(request_id=request.id, granted_pence=1, reason=" ", by=team.certifier, at=NOW)
    later = NOW + timedelta(days=30)
    with pytest.raises(Refused, match="not begun"):
        grant_request(request_id=request.id, granted_pence=1, reason="Yes", by=team.certifier, at=later)
    grant_request(request_id=request.id, granted_pence=300_000, reason="A part.", by=team.certifier, at=NOW)
    assert (again(request).state, again(request).granted_pence) == ("agreement", 300_000)
    assert NeededPaper.objects.get(subject_id=request.id).kinds == "grant"


def test_money_is_not_granted_where_a_thing_was_asked_for(team: Team) -> None:
    request = make_request("decision", team=team, **IN_KIND)
    with pytest.raises(Refused, match="thing was asked"):
        grant_request(request_id=request.id, granted_pence=5, reason="Yes", by=team.certifier, at=NOW)


def test_a_request_goes_back_to_review_with_what_is_missing(team: Team) -> None:
    request = make_request("decision", team=team)
    send_back(request_id=request.id, why="What do the calls cost?", by=team.certifier, at=NOW)
    assert again(request).state == "review"
    assert again(make_request("declined", team=team)).decision_reason == "It has begun already."
