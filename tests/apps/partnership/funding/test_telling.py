"""What funding tells other pages: timelines, how a relationship stands, somebody's day, what is shared, erasure."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import FundingRequest, FundingReview
from alongside.apps.partnership.operations.funding.hands_off import (
    OtherFunderTerms,
    add_other_funder,
    answer_hands_off,
)
from alongside.apps.partnership.operations.funding.personal import erase
from alongside.apps.partnership.operations.funding.reviews import declare_interest
from alongside.apps.partnership.queries.funding.independence import (
    foresee,
    list_group_shares,
    list_group_years,
    list_shares_above,
    list_years_of_giving,
    select_other_funders,
)
from alongside.apps.partnership.queries.funding.personal import collect
from alongside.apps.partnership.queries.funding.telling import (
    judge_health,
    list_day,
    list_timeline,
    share_other_funders,
    share_requests,
)
from alongside.apps.people.models import OrganisationIncome
from tests.factories.funding import IN_KIND, ON, Team, ask, check_hands, make_request, pay
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LONG_AGO = date(2000, 1, 1)


def give_income(organisation_id: UUID, pence: int, ends_on: date = date(2026, 3, 31)) -> None:
    OrganisationIncome.objects.create(
        organisation_id=organisation_id,
        year_ends_on=ends_on,
        amount_pence=pence,
        source="Accounts",
        added_at=NOW,
    )


def test_a_timeline_has_the_steps_both_sides_may_read(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("closed", team=team, organisation_id=group.id)
    make_request("funded", team=team)
    words = [
        "Asked for",
        "Granted, agreement being made",
        "Agreed and under way",
        "Report received",
        "Closed",
    ]

    for viewer, where in ((team.lead, "/partners/funding/"), (user, "/our-organisation/funding/")):
        entries = list_timeline(viewer, [group.id], LONG_AGO)
        assert sorted(one.words for one in entries) == sorted(words)
        assert all(one.is_shared and one.url == f"{where}{request.id}/" for one in entries)
    assert list_timeline(team.lead, [group.id], ON + timedelta(days=1)) == []
    assert list_timeline(make_partner_user(make_organisation().id), [group.id], LONG_AGO) == []


def test_a_relationship_is_strained_by_late_reports_disputes_and_too_large_a_share(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    for _one in range(2):
        late = make_request("funded", team=team, organisation_id=group.id)
        FundingRequest.objects.filter(id=late.id).update(report_due_on=ON - timedelta(days=5))
    disputed = make_request("decision", team=team, organisation_id=group.id)
    answer_hands_off(request_id=disputed.id, agrees=False, words="You chose the day.", by=user, at=NOW)
    give_income(group.id, 100_000)
    pay(group.id, 30_000, date(2026, 1, 5))
    quiet = make_organisation()

    found = judge_health(team.lead, [group.id, quiet.id], ON)
    assert [(one.words, one.weight) for one in found] == [
        ("2 reports late", 2), ("the group says our hands are not off", 2), ("we gave 30 % of their income", 1)
    ]  # fmt: skip
    assert {one.organisation_id for one in found} == {group.id}
    assert judge_health(user, [group.id], ON) == []
    answer_hands_off(request_id=disputed.id, agrees=True, words="", by=user, at=NOW + timedelta(hours=1))
    assert "hands" not in " ".join(one.words for one in judge_health(team.lead, [group.id], ON))


def test_health_asks_as_much_for_thirty_groups_as_for_three(team: Team) -> None:
    def count(groups: int) -> int:
        ids = []
        for _one in range(groups):
            group = make_organisation()
            ids.append(group.id)
            give_income(group.id, 100_000)
            pay(group.id, 30_000, date(2026, 1, 5))
        with CaptureQueriesContext(connection) as queries:
            assert len(judge_health(team.lead, ids, ON)) == groups
        return len(queries)

    assert count(3) == count(30)


def test_everybodys_day_holds_what_is_theirs(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("reviewed", team=team, organisation_id=group.id)
    late = make_request("funded", team=team, organisation_id=group.id, title="Late one")
    FundingRequest.objects.filter(id=late.id).update(report_due_on=ON - timedelta(days=1))
    soon = make_request("funded", team=team, organisation_id=group.id, title="Due soon")
    FundingRequest.objects.filter(id=soon.id).update(report_due_on=ON + timedelta(days=3))

    def groups(viewer: Viewer) -> list[str]:
        return [f"{one.group}: {one.detail}" for one in list_day(viewer, ON)]

    assert groups(team.certifier) == ["needs_you: Request for funding to review"]
    assert groups(team.lead) == ["late: Report not here yet, due"]
    assert groups(make_viewer("finance")) == []
    assert groups(PUBLIC) == []
    own = groups(user)
    assert own[:2] == ["late: A short report is due", "needs_you: A short report is due"]
    assert own[2:] == ["needs_you: We wrote down that this stays yours. Is it so?"] * 3
    answer_hands_off(request_id=request.id, agrees=True, words="", by=user, at=NOW)
    assert len(groups(user)) == 4


def test_a_group_takes_away_what_it_asked_and_its_funders(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    make_request("reported", team=team, organisation_id=group.id)
    make_request("declined", team=team, organisation_id=group.id, **IN_KIND)
    ask(team.lead, group.id, **{**IN_KIND, "in_kind_value_pence": 9_000})
    terms = OtherFunderTerms("Cardew", 2026, "Report", 100)
    add_other_funder(organisation_id=group.id, terms=terms, by=team.lead, at=NOW)
    add_other_funder(organisation_id=group.id, terms=OtherFunderTerms("Us all", 2025, "x"), by=user, at=NOW)

    table = share_requests(user, group.id)
    given = {row[3] for row in table.rows}
    assert given == {"£5,000", "A room for a day (not valued)", "A room for a day (worth £90)"}
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert "£0" not in str(table.rows)
    assert [row[2] for row in share_other_funders(user, group.id).rows] == ["£1", "not known"]
    stranger = make_partner_user(make_organisation().id)
    assert share_requests(stranger, group.id).rows == ()
    assert share_other_funders(stranger, group.id).rows == ()
    assert not select_other_funders(PUBLIC).exists()
    assert share_requests(PUBLIC, group.id).rows == ()


def test_a_persons_own_words_go_and_their_acts_stay(team: Team) -> None:
    request = make_request("declined", team=team)
    review = make_request("review", team=team)
    declare_interest(request_id=review.id, has_conflict=True, words="My sister.", by=team.lead, at=NOW)
    subject = Subject(person_ids=frozenset({team.lead.own_id}))

    told = {one.table for one in collect(subject)}
    assert {"partnership_funding_review", "partnership_funding_request", "partnership_hands_off"} <= told
    rows = {one.table: one for one in erase(subject, by=SYSTEM, at=NOW)}
    assert rows["partnership_funding_review"].erased == 1
    assert rows["partnership_funding_request"].kept == 2
    assert not FundingReview.objects.exclude(conflict_words="").exists()
    assert rows == {one.table: one for one in erase(subject, by=SYSTEM, at=NOW)} | {
        "partnership_funding_review": rows["partnership_funding_review"]
    }
    assert FundingRequest.objects.get(id=request.id).written_by_id == team.lead.person_id
    assert collect(Subject()) == []


def test_years_take_what_was_paid_in_the_groups_own_year(team: Team) -> None:
    group = make_organisation()
    give_income(group.id, 100_000)
    for pence, on in (
        (10_000, date(2025, 4, 1)),
        (5_000, date(2026, 3, 31)),
        (7_000, date(2026, 4, 1)),
        (None, ON),
    ):
        pay(group.id, pence, on)
    pay(group.id, 99_999, date(2026, 1, 1), currency="EUR")
    for name, year, amount in (
        ("Cardew", 2026, 20_000),
        ("Council", 2026, None),
        ("Old friends", 2022, 5_000),
    ):
        add_other_funder(
            organisation_id=group.id, terms=OtherFunderTerms(name, year, "x", amount), by=team.lead, at=NOW
        )
    years = list_group_years(team.lead, group.id, ON)

    assert [one.ends_on for one in years] == [date(2022, 3, 31), date(2026, 3, 31), date(2027, 3, 31)]
    last = years[1]
    assert last.shares.ours == pytest.approx(0.15)
    assert (last.left_out, last.is_over) == (1, True)
    assert last.shares.shares[0].name == "Cardew"
    assert (years[2].shares.ours, years[2].shares.unvalued, years[2].is_over) == (None, 1, False)


def slow_shares(
    year: int, incomes: dict[str, tuple[date, int]], paid: list[tuple[str, int, date]]
) -> dict[str, float]:
    """Return the obvious twin: each payment looked at by itself."""
    found: dict[str, float] = {}
    for name, pence, on in paid:
        ends_on, income = incomes[name]
        start = date(ends_on.year - 1, ends_on.month, ends_on.day) + timedelta(days=1)
        if ends_on.year == year and start <= on <= ends_on:
            found[name] = found.get(name, 0) + pence / income
    return found


def test_all_groups_of_a_year_agree_with_a_slow_twin(team: Team) -> None:
    incomes = {
        "A": (date(2026, 3, 31), 100_000),
        "B": (date(2026, 12, 31), 50_000),
        "C": (date(2025, 6, 30), 9_000),
    }
    paid = [
        ("A", 9_000, date(2025, 3, 31)), ("A", 8_000, date(2025, 4, 1)), ("A", 1_000, date(2026, 3, 31)),
        ("B", 20_000, date(2026, 1, 1)), ("B", 4_000, date(2025, 12, 31)), ("C", 900, date(2025, 1, 1)),
    ]  # fmt: skip
    ids = {name: make_organisation(name).id for name in incomes}
    for name, (ends_on, pence) in incomes.items():
        give_income(ids[name], pence, ends_on)
    for name, pence, on in paid:
        pay(ids[name], pence, on)
    for year in (2024, 2025, 2026):
        fast = {one.name: one.share for one in list_group_shares(team.lead, year) if one.share is not None}
        assert fast == pytest.approx(slow_shares(year, incomes, paid)), year
    assert list_years_of_giving(team.lead) == [2026, 2025]
    assert [one.name for one in list_shares_above(team.lead, list(ids.values()), ON)] == ["B"]
    assert list_shares_above(team.lead, [make_organisation().id], ON) == []


def test_what_a_request_would_make_of_our_share(team: Team) -> None:
    group = make_organisation()
    request = ask(team.lead, group.id)
    assert foresee(team.lead, request, ON).tone == "unknown"
    give_income(group.id, 0, date(2024, 3, 31))
    assert foresee(team.lead, request, ON).tone == "unknown"
    for income, tone in ((1_000_000, "above"), (2_300_000, "near"), (9_000_000, "below")):
        OrganisationIncome.objects.all().delete()
        give_income(group.id, income)
        assert foresee(team.lead, request, ON).tone == tone
    unvalued = ask(team.lead, group.id, **IN_KIND)
    assert foresee(team.lead, unvalued, ON).share is None
    pay(group.id, 90_000, ON - timedelta(days=9))
    assert foresee(team.lead, unvalued, ON).share == pytest.approx(0.01)


def test_a_checklist_filled_in_anew_waits_for_the_groups_word_again(team: Team) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("review", team=team, organisation_id=group.id)
    check_hands(request, team.lead)
    answer_hands_off(request_id=request.id, agrees=True, words="", by=user, at=NOW)
    assert list_day(user, ON) == []
    check_hands(request, team.lead, broken="own_people", at=NOW + timedelta(days=1))
    assert len(list_day(user, ON)) == 1
