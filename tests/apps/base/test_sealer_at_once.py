"""A thousand writers and four sealers at once make one chain without a fork; a naive sealer is noticed."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from alongside.apps.base import jobs as worker
from alongside.apps.base.bridge.links import seal_change
from alongside.apps.base.models import AuditChange, AuditHead, AuditLine, Job, SavedView
from alongside.apps.base.operations import record_read, sealing, start_job
from alongside.apps.base.rules import SYSTEM, acting
from tests.factories.people import NOW
from tests.factories.trail import SEALED_AT, seal, verify

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, THREADS, SEALERS = 1_000, 8, 4


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def write(number: int) -> None:
    with acting(SYSTEM, why=f"writer {number}"):
        SavedView.objects.create(
            person_id=uuid4(), page="home:search", name=str(number), query="", created_at=NOW
        )
        if number % 10 == 0:
            record_read(by=SYSTEM, at=NOW, what="look")


def run_together(works: list[Callable[[], None]]) -> list[Exception]:
    """Run each in a thread with a connection of its own; return what went wrong."""
    faults: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def write_and_seal(writers: int, seal_once: Callable[[], int]) -> list[Exception]:
    """Let many write while several seal, until everything is sealed."""
    numbers: Iterator[int] = iter(range(writers))
    taking, ended = threading.Lock(), threading.Event()

    def keep_writing() -> None:
        while True:
            with taking:
                number = next(numbers, None)
            if number is None:
                return
            write(number)

    def keep_sealing() -> None:
        while not ended.is_set():
            if not seal_once():
                time.sleep(0.01)

    def write_then_end() -> None:
        faults.extend(run_together([keep_writing] * THREADS))
        ended.set()

    faults: list[Exception] = []
    faults += run_together([write_then_end, *[keep_sealing] * SEALERS])
    return faults


def test_a_thousand_writers_and_four_sealers_make_one_chain() -> None:
    faults = write_and_seal(WRITERS, lambda: sealing.seal_some(at=SEALED_AT, most=50))
    assert faults == []
    seal()
    lines = AuditChange.objects.count() + AuditLine.objects.count()
    assert lines == WRITERS + WRITERS // 10
    numbers = [
        *AuditChange.objects.values_list("seal_number", flat=True),
        *AuditLine.objects.values_list("seal_number", flat=True),
    ]
    assert sorted(number or 0 for number in numbers) == list(range(1, lines + 1))
    assert verify().findings == ()


def chain_naively() -> int:
    """The mutant: take the end of the chain without holding it, and hang what waits on it."""
    head, _ = AuditHead.objects.get_or_create(id=1)
    waiting = list(AuditChange.objects.filter(seal_number=None).order_by("id")[:3])
    for one in waiting:
        head.seal_number += 1
        one.seal_number = head.seal_number
        one.seal = seal_change(head.seal, one)
        head.seal = one.seal
    time.sleep(0.002)
    for one in waiting:
        one.save(update_fields=["seal_number", "seal"])
    head.save()
    return len(waiting)


def test_a_sealer_that_does_not_hold_the_end_of_the_chain_would_be_noticed() -> None:
    faults = write_and_seal(100, chain_naively)
    assert any(isinstance(fault, DatabaseError) for fault in faults) or verify().findings


def test_sealing_as_a_piece_of_work_says_how_many_lines() -> None:
    write(0)
    job = start_job(kind="base.seal_trail", arguments={}, by=SYSTEM, at=SEALED_AT)
    assert worker.run_next_job()
    assert Job.objects.get(id=job.id).result["sealed"] >= 3
    assert not AuditLine.objects.filter(operation="look", seal_number=None).exists()


def test_the_worker_seals_before_it_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    write(0)
    worker.work_until_told_to_stop(is_idle_enough=lambda: True)
    assert verify().waiting == 0


def test_a_fault_of_the_sealer_is_logged_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(**_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(worker, "seal_waiting", break_down)
    worker.seal_quietly()
    assert "could not be sealed: OSError" in caplog.text
