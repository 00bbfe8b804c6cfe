"""Pages of funding: what each side reads, what is hidden until it may be read, forms that keep what was typed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.apps.agreements.models import Agreement
from alongside.apps.base.models import AuditLine
from alongside.apps.partnership.models import (
    FundingRequest,
    Payment,
)
from alongside.apps.partnership.queries.funding.requests import FundingFilters, list_requests
from tests.apps.partnership.funding.asking import asked, day, read, send
from tests.apps.partnership.funding.conftest import Enter
from tests.factories.funding import IN_KIND, ON, Team, ask, give_agreement, make_request, pay
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


def test_each_filter_narrows_the_list(team: Team) -> None:
    group = make_organisation("Side Door")
    one = make_request("funded", team=team, organisation_id=group.id, title="Leaflets")
    make_request("review", team=team, **{**IN_KIND, "title": "Phones"})

    def find(filters: dict[str, str], on: date = ON) -> list[str]:
        return [found.title for found in list_requests(team.lead, FundingFilters(**filters), on)]

    late = one.report_due_on or ON
    for filters, wanted in (
        ({"words": "side"}, ["Leaflets"]), ({"words": one.reference}, ["Leaflets"]), ({"state": "review"}, ["Phones"]),
        ({"kind": "donation"}, ["Phones"]), ({"partner": str(group.id)}, ["Leaflets"]), ({"scope": "open"}, ["Phones"]),
        ({"scope": "in_kind"}, ["Phones"]), ({"scope": "late"}, []), ({"scope": "me"}, ["Phones"]),
        ({"state": "x", "kind": "x", "partner": "x", "scope": "x"}, ["Phones", "Leaflets"]),
    ):  # fmt: skip
        assert sorted(find(filters)) == sorted(wanted), filters
    assert find({"scope": "late"}, late + timedelta(days=1)) == ["Leaflets"]


def test_what_waits_is_whoevers_it_is(team: Team) -> None:
    finance = make_viewer("finance")
    for state, lead, certifier in (
        ("requested", 1, 0), ("review", 1, 1), ("reviewed", 0, 1), ("decision", 0, 1), ("agreement", 1, 0),
        ("funded", 0, 0), ("reported", 1, 0), ("closed", 0, 0),
    ):  # fmt: skip
        request = make_request(state, team=team)
        found = [
            list_requests(one, FundingFilters(scope="me", words=request.reference), ON).count()
            for one in (team.lead, team.certifier, finance)
        ]
        assert found == [lead, certifier, 0], state


@pytest.mark.parametrize("address", ["funding:list", "ours:funding"])
def test_the_number_of_queries_does_not_grow_with_the_rows(team: Team, enter: Enter, address: str) -> None:
    group = make_organisation()
    client = enter(make_partner_user(group.id) if address.startswith("ours") else team.lead)

    def count(rows: int) -> int:
        for _one in range(rows):
            ask(team.lead, group.id)
        read(client, address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, address)
        return len(queries)

    assert count(3) == count(27)


def test_the_list_goes_out_as_it_is_filtered_and_that_is_written_down(team: Team, enter: Enter) -> None:
    make_request("declined", team=team, title="Phones")
    ask(team.lead, **IN_KIND)
    client = enter(make_viewer("auditor"))
    for kind in ("csv", "xlsx"):
        answer = client.get(reverse("funding:export", args=[kind]) + "?state=requested")
        assert answer.status_code == 200
    text = b"".join(client.get(reverse("funding:export", args=["csv"])).streaming_content).decode()  # type: ignore[attr-defined]
    assert "A room for a day (not valued)" in text
    assert "£0" not in text
    assert "It has begun already." in text
    assert AuditLine.objects.filter(operation="export_funding").count() == 3
    assert client.get(reverse("funding:export", args=["pdf"])).status_code == 404


def test_a_letter_is_written_down_for_a_group_that_is_found_by_name(team: Team, enter: Enter) -> None:
    group = make_organisation("Second Stair")
    make_organisation("Second Company", kind="company")
    client = enter(team.lead)
    page = read(client, "funding:new", query="?words=second")
    assert "Second Stair" in page
    assert "Second Company" not in page
    assert "No group of that name" in read(client, "funding:new", query="?words=nobody")
    address = reverse("funding:new") + f"?organisation={group.id}"
    assert "A request of Second Stair" in client.get(address).content.decode()
    words = asked(kind="grant", gift="money", way="letter", **day("received_on", timezone.localdate()))
    wrong = client.post(address, {**words, "amount": "1.250,50"}).content.decode()
    assert "is not an amount" in wrong
    assert "We ring people." in wrong
    assert "above £0" in client.post(address, {**words, "amount": ""}).content.decode()
    assert client.post(address, words).status_code == 302
    assert FundingRequest.objects.get().amount_pence == 125_050
    assert client.get(reverse("funding:new") + f"?organisation={uuid4()}").status_code == 403


def test_a_request_is_changed_and_withdrawn(team: Team, enter: Enter) -> None:
    client, request = enter(team.lead), ask(team.lead, **IN_KIND)
    assert "A room for a day" in read(client, "funding:change", request.id)
    words = asked(
        kind="grant", gift="in_kind", in_kind_description="Two rooms", in_kind_value="90", why="More came"
    )
    assert send(client, "funding:change", request.id, **words) == reverse(
        "funding:request", args=[request.id]
    )
    assert FundingRequest.objects.get().in_kind_value_pence == 9_000
    assert "worth £90" in read(client, "funding:request", request.id)
    assert "Enter an answer" in send(client, "funding:withdraw", request.id, words="")
    send(client, "funding:withdraw", request.id, words="They found it.")
    assert "Withdrawn" in read(client, "funding:request", request.id)


def test_nobody_reads_what_is_asked_before_they_declared_nor_others_scores_before_their_own(
    team: Team, enter: Enter
) -> None:
    request = make_request("reviewed", team=team)
    second = make_viewer("engagement_lead", name="Gareth Two")
    client = enter(second)
    assert request.purpose not in read(client, "funding:request", request.id)
    assert request.purpose not in read(client, "funding:review", request.id)
    assert "what ties you" in send(client, "funding:review", request.id, ties="yes", words="")
    assert send(client, "funding:review", request.id, ties="no", words="").endswith("/review/")
    page = read(client, "funding:request", request.id)
    assert request.purpose in page
    assert "They show it." not in page
    review = read(client, "funding:review", request.id)
    assert "Against the criteria, edition 1" in review
    keys = [one[0] for one in request.criteria.criteria]
    scores = {
        f"{part}_{key}": word for key in keys for part, word in (("answer", "partly"), ("words", "Hardly."))
    }
    assert "Choose an answer" in send(client, "funding:review", request.id, **scores)
    send(client, "funding:review", request.id, **scores, advice="decline", words="Ask again.")
    page = read(client, "funding:request", request.id)
    assert "They show it." in page
    assert "Hardly." in page
    assert client.get(reverse("funding:review", args=[request.id])).status_code == 302


def test_whoever_has_a_tie_reads_no_scores(team: Team, enter: Enter) -> None:
    request = make_request("reviewed", team=team)
    tied = make_viewer("engagement_lead")
    client = enter(tied)
    send(client, "funding:review", request.id, ties="yes", words="My brother runs it.")
    page = read(client, "funding:request", request.id)
    assert "My brother runs it." in page
    assert "They show it." not in page


def test_a_request_goes_all_the_way_by_its_buttons(team: Team, enter: Enter) -> None:
    request = ask(team.lead)
    lead, certifier = enter(team.lead), enter(team.certifier)
    here = reverse("funding:request", args=[request.id])
    assert "Begin the review" in read(lead, "funding:request", request.id)
    assert send(lead, "funding:begin_review", request.id) == here
    send(lead, "funding:review", request.id, ties="no")
    keys = [one[0] for one in request.criteria.criteria]
    scores = {f"{part}_{key}": word for key in keys for part, word in (("answer", "met"), ("words", "Yes."))}
    send(lead, "funding:review", request.id, **scores, advice="fund")
    assert "Fill in the hands-off checklist" in read(lead, "funding:request", request.id)
    form = read(lead, "funding:hands_off", request.id)
    lines = [name.split('"')[0] for name in form.split('name="holds_')[1:]]
    answers = {f"holds_{name}": "yes" for name in set(lines)}
    broken = {**answers, "holds_own_people": "no"}
    assert "how it is instead" in send(lead, "funding:hands_off", request.id, **broken)
    assert send(lead, "funding:hands_off", request.id, **answers) == here
    assert "Hand it over" in read(lead, "funding:request", request.id)
    send(lead, "funding:to_decision", request.id)
    assert "waits for a decision" in read(lead, "funding:request", request.id)
    assert "Decide" in read(certifier, "funding:request", request.id)
    assert "Yes." in read(certifier, "funding:decide", request.id)
    words = {"decision": "grant", "granted": "9,000", "reason": "Their own work.", "free": "on"}
    assert "at most what was asked" in send(certifier, "funding:decide", request.id, **words)
    send(certifier, "funding:decide", request.id, **{**words, "granted": "4,000"})
    assert "Draw up the agreement" in read(lead, "funding:request", request.id)
    assert "Draft it from this request" in read(lead, "funding:agreement", request.id)
    lead.post(reverse("funding:draft_agreement", args=[request.id]))
    assert "not certified and signed yet" in read(lead, "funding:request", request.id)
    answer = lead.post(reverse("funding:begin", args=[request.id]))
    assert b"may not start yet" in answer.content
    today = timezone.localdate()
    Agreement.objects.update(state="active", certified_at=NOW, signed_on=today, starts_on=today)
    assert "Let it begin" in read(lead, "funding:request", request.id)
    send(lead, "funding:begin", request.id)
    assert "Ask for the payment" in read(lead, "funding:request", request.id)
    pay_form = {"amount": "4,000", "request_key": str(uuid4()), **day("due_on", today + timedelta(days=20))}
    assert "Enter an answer" in send(lead, "funding:payment", request.id, **{**pay_form, "amount": ""})
    assert send(lead, "funding:payment", request.id, **pay_form) == here
    assert Payment.objects.get().amount_pence == 400_000
    assert "£4,000" in read(lead, "funding:request", request.id)
    report = {"did": "We rang.", "difference": "Less alone.", "spent": "Phones.", **day("received_on", today)}
    send(lead, "funding:report", request.id, **report)
    assert "Less alone." in read(lead, "funding:request", request.id)
    send(lead, "funding:close", request.id, words="")
    assert FundingRequest.objects.get().state == "closed"
    assert "Closed" in read(lead, "funding:request", request.id)


def test_a_decision_may_be_no_or_not_yet(team: Team, enter: Enter) -> None:
    client = enter(team.certifier)
    for decision, state in (("decline", "declined"), ("back", "review")):
        request = make_request("decision", team=team)
        words = {"decision": decision, "reason": "It has begun.", "free": "on"}
        assert "Tick the box" in send(client, "funding:decide", request.id, **{**words, "free": ""})
        send(client, "funding:decide", request.id, **words)
        assert FundingRequest.objects.get(id=request.id).state == state


def test_an_agreement_that_is_there_may_be_chosen_and_a_report_reminded_of(team: Team, enter: Enter) -> None:
    client, request = enter(team.lead), make_request("agreement", team=team)
    other = make_request("agreement", team=team, organisation_id=request.organisation_id)
    give_agreement(other, team.lead)
    agreement = Agreement.objects.get()
    assert agreement.reference in read(client, "funding:agreement", request.id)
    assert "Choose an answer" in send(client, "funding:agreement", request.id)
    send(client, "funding:agreement", request.id, agreement=agreement.id)
    assert FundingRequest.objects.get(id=request.id).agreement_id == agreement.id
    late = make_request("funded", team=team)
    FundingRequest.objects.filter(id=late.id).update(report_due_on=ON - timedelta(days=20))
    pay(late.organisation_id, 5_000, ON)
    Payment.objects.update(source_kind="funding", source_id=late.id)
    assert "Remind the group" in read(client, "funding:request", late.id)
    send(client, "funding:remind", late.id)
    assert "Reminded" in read(client, "funding:request", late.id)
    assert "Report late" in read(client, "funding:list")
