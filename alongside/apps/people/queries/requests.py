"""Requests about data: the queue by time left, one request with what happened, the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.base.rules.subjects import HeldRecord
from alongside.apps.people.models import DataAnswer, DataRequest, Erasure, RequestMatch
from alongside.apps.people.queries.holidays import list_bank_holidays
from alongside.apps.people.queries.people import get_names
from alongside.apps.people.queries.subjects import collect_records, make_subject
from alongside.apps.people.rules.clocks import (
    Clock,
    get_acknowledge_by,
    get_due_on,
    get_extend_by,
    get_urgency,
    say_time_left,
)
from alongside.apps.people.rules.requests import OPEN, STEPS, hash_code

KINDS = tuple(DataRequest.Kind.choices)
STATES = tuple(DataRequest.State.choices)


@dataclass(frozen=True)
class RequestFilter:
    """Which requests somebody wants to see; "" means all, and of states those that are open."""

    words: str = ""
    kind: str = ""
    state: str = "open"


@dataclass(frozen=True)
class RequestLine:
    """A request in a list, with the time left in words."""

    id: UUID
    kind: str
    kind_label: str
    state: str
    state_label: str
    way_label: str
    name: str
    received_on: date
    due_on: date
    is_open: bool
    urgency: str
    time_left: str


@dataclass(frozen=True)
class StepLine:
    """One thing that happened."""

    what: str
    note: str
    who: str
    at: datetime


@dataclass(frozen=True)
class RequestPage:
    """One request with everything that belongs beside it."""

    line: RequestLine
    email: str
    phone: str
    words: str
    receipt_code: str
    identity: str
    identity_label: str
    identity_note: str
    extended_on: date | None
    extension_reason: str
    extend_by: date
    paused_on: date | None
    paused_days: int
    acknowledge_by: date
    acknowledged_on: date | None
    outcome: str
    steps: tuple[StepLine, ...]
    matches: tuple[RequestMatch, ...]
    records: int
    records_to_read: int
    answer: DataAnswer | None
    erasure: Erasure | None

    @property
    def is_known(self) -> bool:
        """Return whether somebody wrote down how they know who asks."""
        return self.identity == DataRequest.Identity.ENOUGH

    @property
    def chosen(self) -> int:
        """Return how many of those found are this person."""
        return sum(match.is_this_person is True for match in self.matches)


def list_requests(viewer: Viewer, wanted: RequestFilter) -> "QuerySet[DataRequest]":
    """Return requests, soonest due first, for those who handle them."""
    check_may(viewer, "handle_data_requests")
    found = DataRequest.objects.order_by("due_on", "received_at")
    for word in wanted.words.split():
        found = found.filter(name__icontains=word) | found.filter(email__icontains=word)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == "open":
        return found.filter(state__in=OPEN)
    return found.filter(state=wanted.state) if wanted.state else found


def describe_requests(found: Sequence[DataRequest], on: date) -> list[RequestLine]:
    """Return requests as lines of a list."""
    return [_as_line(request, on) for request in found]


def _as_line(request: DataRequest, on: date) -> RequestLine:
    due_on = request.due_on
    if request.paused_on is not None:
        clock = Clock(
            request.received_on, request.paused_days, request.paused_on, request.extended_on is not None
        )
        due_on = get_due_on(clock, list_bank_holidays(), on=on)
    is_open = request.state in OPEN
    return RequestLine(
        id=request.id,
        kind=request.kind,
        kind_label=request.get_kind_display(),
        state=request.state,
        state_label=request.get_state_display(),
        way_label=request.get_came_by_display(),
        name=request.name or request.email,
        received_on=request.received_on,
        due_on=due_on,
        is_open=is_open,
        urgency=get_urgency(due_on, on) if is_open else "",
        time_left=say_time_left(due_on, on) if is_open else "",
    )


def get_request(viewer: Viewer, request_id: UUID, on: date) -> RequestPage | None:
    """Return one request with what happened, for those who handle requests."""
    check_may(viewer, "handle_data_requests")
    request = DataRequest.objects.filter(id=request_id).first()
    if request is None:
        return None
    clock = Clock(request.received_on, request.paused_days)
    return RequestPage(
        line=_as_line(request, on),
        email=request.email,
        phone=request.phone,
        words=request.words,
        receipt_code=request.receipt_code,
        identity=request.identity,
        identity_label=request.get_identity_display(),
        identity_note=request.identity_note,
        extended_on=request.extended_on,
        extension_reason=request.extension_reason,
        extend_by=get_extend_by(clock, list_bank_holidays()),
        paused_on=request.paused_on,
        paused_days=request.paused_days,
        acknowledge_by=get_acknowledge_by(request.received_on),
        acknowledged_on=request.acknowledged_on,
        outcome=request.outcome,
        steps=tuple(_list_steps(viewer, request)),
        matches=tuple(request.matches.order_by("kind", "place", "id")),
        records=request.records.count(),
        records_to_read=request.records.filter(decision="").count(),
        answer=DataAnswer.objects.filter(request=request).first(),
        erasure=Erasure.objects.filter(request=request).first(),
    )


def _list_steps(viewer: Viewer, request: DataRequest) -> list[StepLine]:
    events = list(request.events.order_by("at", "id"))
    names = get_names(viewer, {event.by_id for event in events if event.by_id})
    return [
        StepLine(
            gettext(STEPS.get(event.what, event.what)),
            event.note,
            names.get(event.by_id, "") if event.by_id else "",
            event.at,
        )
        for event in events
    ]


def list_own_requests(viewer: Viewer, on: date) -> list[RequestLine]:
    """Return what somebody signed in has asked about their own data."""
    return describe_requests(
        list(DataRequest.objects.filter(person_id=viewer.own_id).order_by("-received_at")), on
    )


def list_own_records(viewer: Viewer) -> list[tuple[str, list[HeldRecord]]]:
    """Return what is held under the viewer's own account, room by room, without what must be read first."""
    if viewer.person_id is None:
        return []
    found: dict[str, list[HeldRecord]] = {}
    for place, record in collect_records(make_subject([("person", viewer.person_id)])):
        if not record.needs_review:
            found.setdefault(place, []).append(record)
    return list(found.items())


def get_own_answer(viewer: Viewer, request_id: UUID) -> DataAnswer | None:
    """Return the answer to a request of whoever is signed in."""
    return DataAnswer.objects.filter(request_id=request_id, request__person_id=viewer.own_id).first()


def find_request_by_code(code: str, on: date) -> RequestLine | None:
    """Return the state of a request for whoever holds its code; no name stands in it."""
    request = DataRequest.objects.filter(code_sha256=hash_code(code)).first()
    return _as_line(request, on) if request else None


@dataclass(frozen=True)
class ReportRow:
    """Requests of one kind in a report."""

    kind: str
    received: int
    in_time: int
    late: int
    open: int
    open_late: int


def make_report(viewer: Viewer, *, since: date, until: date, on: date) -> list[ReportRow]:
    """Return how many requests of each kind arrived between two days, and whether they were answered in time."""
    check_may(viewer, "handle_data_requests")
    found = DataRequest.objects.filter(received_on__gte=since, received_on__lte=until)
    by_kind: dict[str, list[DataRequest]] = {kind: [] for kind, _label in KINDS}
    for request in found:
        by_kind[request.kind].append(request)
    return [_as_row(kind, str(label), by_kind[kind], on) for kind, label in KINDS]


def _as_row(_kind: str, label: str, requests: list[DataRequest], on: date) -> ReportRow:
    ended = [one for one in requests if one.ended_at is not None]
    in_time = sum(one.ended_at.date() <= one.due_on for one in ended if one.ended_at)
    waiting = [one for one in requests if one.ended_at is None]
    return ReportRow(
        kind=label,
        received=len(requests),
        in_time=in_time,
        late=len(ended) - in_time,
        open=len(waiting),
        open_late=sum(_as_line(one, on).urgency == "late" for one in waiting),
    )
