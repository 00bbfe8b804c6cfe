"""After a yes: the agreement, the payment, the report, what keeps a group its own, and the criteria."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.rules import Refused
from alongside.apps.partnership.models import (
    FundingCriteria,
    FundingEvent,
    FundingReport,
    FundingRequest,
    HandsOffReply,
    OtherFunder,
)
from alongside.apps.partnership.operations.funding.criteria import publish_criteria
from alongside.apps.partnership.operations.funding.decisions import (
    begin_funding,
    close_funding,
    grant_request,
)
from alongside.apps.partnership.operations.funding.hands_off import (
    OtherFunderTerms,
    add_other_funder,
    answer_hands_off,
    fill_hands_off,
    remove_other_funder,
)
from alongside.apps.partnership.operations.funding.papers import (
    PaymentTerms,
    ask_to_pay,
    choose_agreement,
    draft_from_request,
)
from alongside.apps.partnership.operations.funding.reports import ReportWords, remind_of_report, send_report
from alongside.apps.partnership.operations.funding.requests import (
    withdraw_request,
)
from alongside.apps.partnership.operations.funding.reviews import (
    send_to_decision,
)
from alongside.apps.partnership.rules.funding import Checked
from tests.factories.agreements import make_agreement
from tests.factories.funding import (
    ENDS,
    ON,
    STARTS,
    Team,
    ask,
    check_hands,
    give_agreement,
    make_request,
    score,
)
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
REPORT = ReportWords("We rang people.", "They feel less alone.", "Telephones.")


def again(request: FundingRequest) -> FundingRequest:
    return FundingRequest.objects.get(id=request.id)


def test_nothing_begins_before_its_agreement_is_in_force(team: Team) -> None:
    request = make_request("agreement", team=team)
    with pytest.raises(Refused, match="may not start yet"):
        begin_funding(request_id=request.id, by=team.lead, at=NOW, on=STARTS)
    give_agreement(request, team.lead, state="partner_review")
    with pytest.raises(Refused, match="may not start yet"):
        begin_funding(request_id=request.id, by=team.lead, at=NOW, on=STARTS)
    with pytest.raises(Refused, match="Nothing is paid"):
        ask_to_pay(
            request_id=request.id, terms=PaymentTerms(1, ENDS), request_key=uuid4(), by=team.lead, at=NOW
        )


def test_without_any_need_for_a_paper_an_agreement_is_still_wanted(team: Team) -> None:
    request = make_request("agreement", team=team)
    NeededPaper.objects.all().delete()
    with pytest.raises(Refused, match="no agreement yet"):
        begin_funding(request_id=request.id, by=team.lead, at=NOW, on=STARTS)


def test_the_agreement_is_drafted_from_the_request(team: Team) -> None:
    request = make_request("agreement", team=team)
    agreement = Agreement.objects.get(id=draft_from_request(request_id=request.id, by=team.lead, at=NOW))

    assert (agreement.kind, agreement.amount_pence, agreement.organisation_id) == (
        "grant", 500_000, request.organisation_id
    )  # fmt: skip
    assert agreement.versions.get().fields["hands_off"] == "yes"
    assert again(request).agreement_id == agreement.id
    begun = make_request("funded", team=team)
    with pytest.raises(Refused, match="granted and has not begun"):
        draft_from_request(request_id=begun.id, by=team.lead, at=NOW)


def test_an_agreement_says_nothing_that_the_checklist_does_not(team: Team) -> None:
    request = make_request("review", team=team)
    score(request, team.lead)
    check_hands(request, team.lead, broken="other_funders_welcome")
    send_to_decision(request_id=request.id, by=team.lead, at=NOW)
    grant_request(request_id=request.id, granted_pence=1, reason="Yes", by=team.certifier, at=NOW)
    agreement = Agreement.objects.get(id=draft_from_request(request_id=request.id, by=team.lead, at=NOW))
    assert "others_welcome" not in agreement.versions.get().fields


def test_another_groups_agreement_does_not_do(team: Team) -> None:
    request = make_request("agreement", team=team)
    other = make_agreement(organisation_id=make_organisation().id)
    with pytest.raises(Refused, match="not a grant to"):
        choose_agreement(request_id=request.id, agreement_id=other.id, by=team.lead, at=NOW)


def test_a_group_sends_its_report_late_and_only_once(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("funded", team=team, organisation_id=group.id)
    late = NOW + timedelta(days=400)
    send_report(request_id=request.id, report=REPORT, received_on=late.date(), by=user, at=late)

    assert FundingReport.objects.get(request=request).is_from_group
    assert FundingEvent.objects.filter(request=request, words__contains="late", is_from_group=True).exists()
    with pytest.raises(Refused, match="cannot become"):
        send_report(request_id=request.id, report=REPORT, received_on=late.date(), by=user, at=late)


def test_a_report_is_one_page_of_the_past(team: Team) -> None:
    request = make_request("funded", team=team)
    long = ReportWords("word " * 800, "x", "y")
    with pytest.raises(Refused, match="one page"):
        send_report(request_id=request.id, report=long, received_on=ON, by=team.lead, at=NOW)
    tomorrow = ON + timedelta(days=1)
    with pytest.raises(Refused, match="future"):
        send_report(request_id=request.id, report=REPORT, received_on=tomorrow, by=team.lead, at=NOW)


def test_reminders_are_few(team: Team) -> None:
    request = make_request("funded", team=team)
    with pytest.raises(Refused, match="later than in two weeks"):
        remind_of_report(request_id=request.id, by=team.lead, at=NOW)
    due = NOW + timedelta(days=245)
    remind_of_report(request_id=request.id, by=team.lead, at=due)
    with pytest.raises(Refused, match="less than a week"):
        remind_of_report(request_id=request.id, by=team.lead, at=due + timedelta(days=6))
    remind_of_report(request_id=request.id, by=team.lead, at=due + timedelta(days=7))
    with pytest.raises(Refused, match="No report is awaited"):
        remind_of_report(request_id=make_request("closed", team=team).id, by=team.lead, at=due)


def test_closing_without_a_report_says_why(team: Team) -> None:
    request = make_request("funded", team=team)
    with pytest.raises(Refused, match="without a report"):
        close_funding(request_id=request.id, words="", by=team.lead, at=NOW)
    close_funding(request_id=request.id, words="The group has ended.", by=team.lead, at=NOW)
    assert again(request).closed_at == NOW


def test_the_group_says_when_it_is_not_so(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("review", team=team, organisation_id=group.id)
    with pytest.raises(Refused, match="no checklist"):
        answer_hands_off(request_id=request.id, agrees=True, words="", by=user, at=NOW)
    check_hands(request, team.lead, broken="own_people")
    with pytest.raises(Refused, match="how it is instead"):
        answer_hands_off(request_id=request.id, agrees=False, words="", by=user, at=NOW)
    answer_hands_off(request_id=request.id, agrees=False, words="You read our leaflet.", by=user, at=NOW)
    assert HandsOffReply.objects.get().words == "You read our leaflet."


def test_a_checklist_is_whole_says_why_and_ends_with_its_request(team: Team) -> None:
    request = make_request("review", team=team)
    with pytest.raises(Refused, match="every line"):
        fill_hands_off(request_id=request.id, answers=[], by=team.lead, at=NOW)
    with pytest.raises(Refused, match="how it is instead"):
        fill_hands_off(
            request_id=request.id, answers=[Checked("no_operational_control", False)], by=team.lead, at=NOW
        )
    with pytest.raises(Refused, match="has ended"):
        check_hands(make_request("declined", team=team), team.lead)


def test_other_funders_are_kept_by_both_sides_and_taken_away_by_whoever_may(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    terms = OtherFunderTerms("The Cardew Trust", 2026, "Annual report, page 4", 300_000)
    ours = add_other_funder(organisation_id=group.id, terms=terms, by=team.lead, at=NOW)
    said = OtherFunderTerms("Town council", 2026, "Our accounts")
    theirs = add_other_funder(organisation_id=group.id, terms=said, by=user, at=NOW)
    with pytest.raises(Refused, match="already there"):
        add_other_funder(organisation_id=group.id, terms=terms, by=team.lead, at=NOW)
    with pytest.raises(Refused, match="not yours"):
        remove_other_funder(funder_id=ours, by=user, at=NOW)
    assert remove_other_funder(funder_id=theirs, by=user, at=NOW) == group.id
    assert remove_other_funder(funder_id=ours, by=team.lead, at=NOW) == group.id
    assert not OtherFunder.objects.exists()


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (OtherFunderTerms("A", 26, "b"), "four figures"),
        (OtherFunderTerms("A", 2026, "b", 0), "Leave the amount empty"),
        (OtherFunderTerms("A", 2026, " "), "where this was read"),
    ],
)
def test_an_other_funder_that_says_too_little_is_refused(
    team: Team, terms: OtherFunderTerms, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        add_other_funder(organisation_id=make_organisation().id, terms=terms, by=team.lead, at=NOW)


def publish(team: Team, **changes: object) -> object:
    words: dict[str, object] = {
        "valid_from": ON,
        "intro": "We fund what groups decide.",
        "criteria": "Own work: They thought of it.\n\nHelps: Somebody is better off.",
        "warn_from_percent": 20,
        "source": "House rule",
    }
    return publish_criteria(**{**words, **changes}, by=team.lead, at=NOW)  # type: ignore[arg-type]


def test_a_request_keeps_the_edition_it_was_asked_under(team: Team) -> None:
    before = ask(team.lead)
    publish(team)
    after = ask(team.lead)

    assert (before.criteria.edition, after.criteria.edition) == (1, 2)
    assert again(before).criteria.edition == 1
    assert FundingCriteria.objects.get(edition=2).criteria[0][0] == "own_work"
    ancient = ask(team.lead, at=NOW - timedelta(days=4000))
    assert ancient.criteria.edition == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": ON - timedelta(days=1)}, "today or later"),
        ({"warn_from_percent": 0}, "between 1 and 100"),
        ({"criteria": "Own work"}, "a colon"),
        ({"criteria": "A: b\na: c"}, "stands there twice"),
        ({"criteria": " "}, "at least one"),
        ({"criteria": "\n".join(f"C{n}: x" for n in range(13))}, "At most 12"),
        ({"intro": ""}, "what you fund"),
    ],
)
def test_an_edition_that_cannot_be_judged_by_is_refused(
    team: Team, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        publish(team, **changes)


def test_a_new_edition_does_not_begin_before_the_last(team: Team) -> None:
    publish(team, valid_from=date(2027, 6, 1))
    with pytest.raises(Refused, match="cannot begin earlier"):
        publish(team, valid_from=date(2027, 1, 1))


def test_another_groups_request_is_answered_as_nobodys(team: Team) -> None:
    request = make_request("funded", team=team)
    stranger = make_partner_user(make_organisation().id)
    for request_id in (request.id, uuid4()):
        with pytest.raises(Refused, match="not there, or not yours"):
            withdraw_request(request_id=request_id, why="x", by=stranger, at=NOW)
