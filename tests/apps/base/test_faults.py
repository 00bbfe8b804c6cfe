"""When the machine fails us, a page says what to do: never a 500, and never by asking what has failed."""

import errno
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from alongside.apps.base import jobs
from alongside.apps.base.rules.faults import Fault, find_fault
from alongside.config.urls import handler500
from alongside.config.urls import urlpatterns as real
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


class ServerSays(Exception):
    """What a driver raises, with PostgreSQL's code for it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("the server says no")
        self.sqlstate = sqlstate


ServerSays.__module__ = "psycopg.errors"


def from_server(sqlstate: str | None, kind: type[Exception] = OperationalError) -> Exception:
    fault = kind("the server says no")
    fault.__cause__ = ServerSays(sqlstate)
    return fault


FAULTS = [
    (from_server("57P01"), Fault.AWAY),
    (from_server("08006"), Fault.AWAY),
    (from_server(None), Fault.AWAY),
    (from_server("40P01"), Fault.CLASHED),
    (from_server("40001"), Fault.CLASHED),
    (from_server("55P03"), Fault.HELD),
    (from_server("53100"), Fault.FULL),
    (from_server("25006", ProgrammingError), Fault.AWAY),
    (InterfaceError("connection already closed"), Fault.AWAY),
    (OperationalError("database is locked"), Fault.HELD),
    (OperationalError("database or disk is full"), Fault.FULL),
    (OperationalError("unable to open database file"), Fault.AWAY),
    (OperationalError("disk I/O error"), Fault.AWAY),
    (OSError(errno.ENOSPC, "No space left on device"), Fault.FULL),
    (OSError(errno.EACCES, "Permission denied"), None),
    (OperationalError("no such column: wrods"), None),
    (from_server("42703", ProgrammingError), None),
    (ProgrammingError("our own mistake"), None),
    (ValueError("our own mistake"), None),
    (None, None),
]


@pytest.mark.parametrize(("exception", "fault"), FAULTS, ids=lambda one: repr(one)[:60])
def test_a_fault_of_the_machine_is_told_from_our_own(
    exception: Exception | None, fault: Fault | None
) -> None:
    assert find_fault(exception) is fault


def test_a_fault_behind_another_exception_is_found_and_a_hidden_one_is_not() -> None:
    for hidden, fault in ((False, Fault.FULL), (True, None)):
        later = ValueError()
        later.__context__ = OSError(errno.ENOSPC, "full")
        later.__suppress_context__ = hidden
        assert find_fault(later) is fault
    deep: Exception = OSError(errno.ENOSPC, "full")
    for _ in range(6):
        above = ValueError()
        above.__cause__ = deep
        deep = above
    assert find_fault(deep) is None


RAISED: list[Exception] = []
CALLS: list[str] = []


def failing(request: HttpRequest) -> HttpResponse:
    CALLS.append(request.method or "")
    if RAISED:
        raise RAISED.pop(0)
    return HttpResponse("here it is")


failing.login_required = False  # type: ignore[attr-defined]
urlpatterns = [*real, path("failing/", failing, name="failing")]
__all__ = ["handler500", "urlpatterns"]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    RAISED.clear()
    CALLS.clear()
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        (OperationalError("database is locked"), 503, "Somebody else is changing the same thing"),
        (from_server("57P02"), 503, "We cannot reach our records"),
        (from_server("53100"), 507, "There is no room left"),
        (OSError(errno.ENOSPC, "full"), 507, "There is no room left"),
    ],
)
def test_a_page_says_what_to_do(client: Client, exception: Exception, status: int, words: str) -> None:
    RAISED.append(exception)
    response = client.post("/failing/", {"words": "typed"})
    assert response.status_code == status
    assert words in response.content.decode()
    assert "what you typed is still there" in response.content.decode()
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    assert "Content-Security-Policy" in response
    assert CALLS == ["POST"]


def test_what_is_only_read_is_tried_once_more_after_a_clash(client: Client) -> None:
    RAISED.append(from_server("40P01"))
    assert client.get("/failing/").content == b"here it is"
    RAISED.extend([from_server("40001"), from_server("40001")])
    assert client.get("/failing/").status_code == 503


def test_what_is_written_is_not_sent_twice_by_us(client: Client) -> None:
    RAISED.append(from_server("40P01"))
    assert client.post("/failing/").status_code == 503
    assert CALLS == ["POST"]


def test_our_own_mistake_stays_a_fault_of_ours(client: Client) -> None:
    RAISED.append(ValueError("ours"))
    assert client.get("/failing/").status_code == 500


def test_a_session_that_cannot_be_read_becomes_the_same_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_person("engagement_lead"))

    def gone(_session: SessionStore) -> dict[str, Any]:
        raise from_server("57P01")

    monkeypatch.setattr(SessionStore, "load", gone)
    response = client.get("/")
    assert response.status_code == 503
    assert "Wait half a minute" in response.content.decode()


def test_the_page_asks_no_database(client: Client, django_assert_num_queries: Any) -> None:
    RAISED.append(from_server("57P01"))
    with django_assert_num_queries(0):
        client.get("/failing/")


class Told(Exception):
    """Ends the worker's loop in a test."""


def test_a_worker_waits_for_a_database_that_is_away_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[object] = []
    answers: list[object] = [
        from_server("57P01"),
        OSError("gone"),
        from_server(None),
        True,
        from_server(None),
        False,
    ]

    class Event:
        def is_set(self) -> bool:
            return False

        def set(self) -> None: ...

        def wait(self, seconds: float) -> None:
            happened.append(seconds)

    def run() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        happened.append(answer)
        return bool(answer)

    monkeypatch.setattr(jobs, "run_next_job", run)
    monkeypatch.setattr(jobs, "plan_repeating_jobs", lambda **_: None)
    monkeypatch.setattr("alongside.apps.base.jobs.threading.Event", Event)
    monkeypatch.setattr("alongside.apps.base.jobs.signal.signal", lambda *_: None)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    monkeypatch.setattr(jobs, "connection", type("Away", (), {"close": staticmethod(lambda: None)}))
    jobs.work_until_told_to_stop(is_idle_enough=lambda: True)
    assert happened == [0.5, 1.0, 2.0, True, 0.5, False]


def test_a_heart_goes_on_beating_after_the_database_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[str] = []

    class Work:
        def keep_lease(self) -> None:
            beats.append("beat")
            if len(beats) == 1:
                raise OperationalError("gone")

    class Stop:
        def wait(self, _seconds: float) -> bool:
            return len(beats) >= 3

    closed: list[str] = []
    monkeypatch.setattr(
        jobs, "connection", type("Away", (), {"close": staticmethod(lambda: closed.append("closed"))})
    )
    jobs._keep_lease(Work(), Stop())  # type: ignore[arg-type]
    assert len(beats) == 3
    assert len(closed) == 2
    assert connection.vendor  # the test's own connection is still there
