"""Races about funding: one decision, one request for a form, one report, one number each."""

from uuid import UUID

from alongside.apps.base.models import AuditLine
from alongside.apps.partnership.models import FundingEvent, FundingReport, FundingRequest
from alongside.apps.partnership.operations.funding.decisions import decline_request, grant_request
from alongside.apps.partnership.operations.funding.reports import ReportWords, send_report
from alongside.apps.partnership.operations.funding.requests import ask_for_funding
from tests.factories.funding import make_plan, make_request, make_team
from tests.factories.partners import make_organisation
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of

REPORT = ReportWords("We rang people.", "They feel less alone.", "Telephones.")
GRANTED = 500_000


def _waiting() -> Given:
    team = make_team()
    request = make_request("decision", team=team, at=AT)
    return {"request": str(request.id), "by": str(team.certifier.own_id)}


def _decide(given: Given, place: int) -> None:
    """Half of them say yes, half no; the first word holds."""
    by, request_id = viewer_of(given), as_id(given, "request")
    if place % 2:
        decline_request(request_id=request_id, reason="Not now.", by=by, at=AT)
    else:
        grant_request(request_id=request_id, granted_pence=GRANTED, reason="Yes.", by=by, at=AT)


def _decided_once(given: Given) -> str:
    events = FundingEvent.objects.filter(
        request_id=as_id(given, "request"), became__in=["agreement", "declined"]
    )
    lines = AuditLine.objects.filter(
        operation__in=["grant_funding", "decline_funding"], object_id=given["request"]
    )
    request = FundingRequest.objects.get(id=given["request"])
    is_whole = (request.state == "declined") == (request.granted_pence is None)
    return differs("decisions", (events.count(), lines.count(), is_whole), (1, 1, True))


def _asking() -> Given:
    return {"group": str(make_organisation().id), "by": str(make_team().lead.own_id)}


def _ask(given: Given, place: int, *, key: int) -> None:
    ask_for_funding(
        organisation_id=as_id(given, "group"),
        plan=make_plan(),
        way="mail",
        received_on=AT.date(),
        request_key=UUID(int=as_id(given, "group").int ^ key),
        by=viewer_of(given),
        at=AT,
    )


def _count(given: Given, number: int) -> str:
    found = FundingRequest.objects.filter(organisation_id=given["group"])
    numbers = set(found.values_list("reference", flat=True))
    return differs("requests", (found.count(), len(numbers)), (number, number))


def _running() -> Given:
    team = make_team()
    request = make_request("funded", team=team, at=AT)
    return {"request": str(request.id), "by": str(team.lead.own_id)}


RACES = (
    Race("two deciders decide once", _waiting, _decide, _decided_once, 1),
    Race(
        "a form sent sixteen times asks once",
        _asking,
        lambda given, place: _ask(given, place, key=1),
        lambda given: _count(given, 1),
        RACERS,
    ),
    Race(
        "sixteen requests have sixteen numbers",
        _asking,
        lambda given, place: _ask(given, place, key=place + 1),
        lambda given: _count(given, RACERS),
        RACERS,
    ),
    Race(
        "one report",
        _running,
        lambda given, _: send_report(
            request_id=as_id(given, "request"),
            report=REPORT,
            received_on=AT.date(),
            by=viewer_of(given),
            at=AT,
        ),
        lambda given: differs(
            "reports", FundingReport.objects.filter(request_id=as_id(given, "request")).count(), 1
        ),
        1,
    ),
)
