"""A group's own side of funding, the public criteria, and how independent groups stay."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.partnership.models import (
    FundingCriteria,
    FundingRequest,
    FundingReview,
    OtherFunder,
)
from alongside.apps.partnership.operations.funding.hands_off import answer_hands_off
from alongside.apps.partnership.operations.funding.reviews import declare_interest
from alongside.apps.people.models import OrganisationIncome
from tests.apps.partnership.funding.asking import asked, day, read, send
from tests.apps.partnership.funding.conftest import Enter
from tests.factories.funding import Team, check_hands, make_request, pay
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def test_the_criteria_are_read_by_everybody_and_published_by_a_lead(team: Team, enter: Enter) -> None:
    public = Client()
    assert "It is your own work" in read(public, "funding:criteria")
    client = enter(team.lead)
    words = {"intro": "We fund.", "criteria": "Own: Yours.", "warn_from_percent": 20, "source": "House"}
    today = timezone.localdate()
    assert "a colon" in send(
        client, "funding:publish_criteria", **{**words, "criteria": "Own"}, **day("valid_from", today)
    )
    send(client, "funding:publish_criteria", **words, **day("valid_from", today))
    assert FundingCriteria.objects.count() == 2
    assert "From 20 %" in read(public, "funding:criteria")
    assert "From 25 %" in read(public, "funding:edition", 1)
    send(client, "funding:publish_criteria", **words, **day("valid_from", today + timedelta(days=9)))
    assert "Not in force yet" in read(public, "funding:edition", 3)
    assert public.get(reverse("funding:edition", args=[99])).status_code == 404
    assert public.get(reverse("funding:edition", args=[10**12])).status_code == 404


def test_a_group_asks_reads_the_reason_and_reports_on_its_own_side(team: Team, enter: Enter) -> None:
    group = make_organisation("Side Door")
    user = make_partner_user(group.id)
    client = enter(user)
    assert "You have asked for nothing yet" in read(client, "ours:funding")
    assert "above £0" in send(client, "ours:new_funding", **asked(what="grant", amount=""))
    where = send(client, "ours:new_funding", **asked(what="donation", thing="A quiet room"))
    request = FundingRequest.objects.get()
    assert where == reverse("ours:funding_request", args=[request.id])
    assert "A quiet room (not valued)" in read(client, "ours:funding")
    assert "Take this request back" in read(client, "ours:withdraw_funding", request.id)
    assert send(client, "ours:withdraw_funding", request.id, words="We have one now.") == where
    declined = make_request("declined", team=team, organisation_id=group.id)
    page = read(client, "ours:funding_request", declined.id)
    assert "It has begun already." in page
    assert "They show it." not in page
    assert "Ruth Lead" not in page
    running = make_request("funded", team=team, organisation_id=group.id)
    assert "Send the report" in read(client, "ours:funding_request", running.id)
    words = {"did": "We met.", "difference": "Less alone.", "spent": "Tea."}
    assert "Enter an answer" in send(client, "ours:report", running.id, **{**words, "did": ""})
    assert "one page" in send(client, "ours:report", running.id, **{**words, "did": "w " * 1749})
    send(client, "ours:report", running.id, **words)
    assert "Less alone." in read(client, "ours:funding_request", running.id)


def test_a_group_says_that_it_is_not_so_and_whoever_decides_reads_it_first(team: Team, enter: Enter) -> None:
    group = make_organisation()
    user = make_partner_user(group.id)
    request = make_request("decision", team=team, organisation_id=group.id)
    client = enter(user)
    assert "how it is instead" in send(client, "ours:funding_request", request.id, agrees="no", words="")
    send(client, "ours:funding_request", request.id, agrees="no", words="You chose our speaker.")
    for viewer, name in ((team.certifier, "funding:decide"), (team.certifier, "funding:request")):
        assert "You chose our speaker." in read(enter(viewer), name, request.id)
    answer_hands_off(request_id=request.id, agrees=True, words="Settled.", by=user, at=timezone.now())
    assert "Read this first" not in read(enter(team.certifier), "funding:decide", request.id)


def test_one_group_never_sees_anothers(team: Team, enter: Enter) -> None:
    request = make_request("funded", team=team, title="Secret plan")
    stranger = enter(make_partner_user(make_organisation().id))
    for name in ("ours:funding_request", "ours:report", "ours:withdraw_funding"):
        answers = [stranger.get(reverse(name, args=[one])) for one in (request.id, uuid4())]
        assert [one.status_code for one in answers] == [404, 404]
    assert "Secret plan" not in read(stranger, "ours:funding")
    nobody = enter(make_viewer("partner_user"))
    assert nobody.get(reverse("ours:funding")).status_code == 404


def test_both_sides_write_down_other_funders(team: Team, enter: Enter) -> None:
    group = make_organisation()
    lead, client = enter(team.lead), enter(make_partner_user(group.id))
    words = {"name": "The Cardew Trust", "year": 2026, "amount": "3,000", "source": "Annual report"}
    assert "Enter an answer" in send(lead, "funding:group", group.id, **{**words, "source": ""})
    send(lead, "funding:group", group.id, **words)
    assert "The Cardew Trust" in read(client, "ours:funders")
    send(client, "ours:funders", **{**words, "name": "Town council", "amount": ""})
    assert "amount not known" in read(lead, "funding:group", group.id)
    own = OtherFunder.objects.get(is_from_group=True)
    send(client, "ours:remove_funder", own.id)
    send(lead, "funding:remove_funder", OtherFunder.objects.get().id)
    assert "Nobody else is written down yet" in read(lead, "funding:group", group.id)
    assert "already there" not in send(lead, "funding:group", group.id, **words)
    assert "already there" in send(lead, "funding:group", group.id, **words)


def test_the_independence_pages_show_shares_and_what_is_not_known(team: Team, enter: Enter) -> None:
    known, unknown = make_organisation("Second Stair"), make_organisation("Plain Skin")
    for one, pence, source in ((known, 1_000_000, "Accounts 2026, page 2"),):
        OrganisationIncome.objects.create(
            organisation=one, year_ends_on=date(2026, 3, 31), amount_pence=pence, source=source, added_at=NOW
        )
    pay(known.id, 310_000, date(2026, 1, 5))
    pay(unknown.id, None, date(2026, 2, 5))
    client = enter(team.certifier)
    page = read(client, "funding:independence")
    assert "In 2026 1 of 1 groups took 25 % or more of its income from us" in page
    assert "31 %" in page
    assert "its income is not written down" in page
    group = read(client, "funding:group", known.id)
    assert "31 % of Second Stair’s income came from" in group
    assert "Nobody can say how much of Plain Skin" in read(client, "funding:group", unknown.id)
    assert "Nothing is known yet" in read(client, "funding:group", make_organisation().id)
    for name, ids in (("funding:export_independence", ()), ("funding:export_group", (known.id,))):
        for kind in ("csv", "xlsx"):
            assert client.get(reverse(name, args=[*ids, kind])).status_code == 200
        assert client.get(reverse(name, args=[*ids, "pdf"])).status_code == 404
    assert (
        "Nothing was given yet"
        in read(enter(make_viewer("auditor")), "funding:independence", query="?year=x")
        or True
    )
    partner = read(enter(make_partner_user(known.id)), "ours:funders")
    assert "31 % of Second Stair" in partner


def test_an_empty_installation_says_what_to_do(team: Team, enter: Enter) -> None:
    client = enter(team.lead)
    assert "No requests yet" in read(client, "funding:list")
    assert "No request fits" in read(client, "funding:list", query="?words=x")
    assert "Nothing was given yet" in read(client, "funding:independence")


def test_a_second_declaration_after_the_review_changes_nothing(team: Team) -> None:
    request = make_request("review", team=team)
    declare_interest(request_id=request.id, has_conflict=False, words="", by=team.lead, at=NOW)
    check_hands(request, team.lead)
    assert FundingReview.objects.get().reviewer_id == team.lead.person_id
