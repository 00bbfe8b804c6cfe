"""Background work: nothing is lost, nothing happens twice, and its owner sees how it went."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from alongside.apps.base.models import AuditLine, Job
from alongside.apps.base.operations import jobs as job_operations
from alongside.apps.base.operations import record_audit, start_job, stop_job
from alongside.apps.base.operations.jobs import LEASE, JobWork, LeaseLost, claim_job, fail_job
from alongside.apps.base.queries import get_job, list_jobs
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.registry import JobKind, registry
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _announced() -> Iterator[None]:
    registry.add_job_kind(JobKind("tests.mark", "Leaving a mark", "tests.factories.worker.leave_a_mark"))
    yield
    registry.job_kinds.pop("tests.mark")


def start() -> Job:
    return start_job(kind="tests.mark", arguments={}, by=SYSTEM, at=NOW)


def claim(clock: Clock) -> JobWork:
    work = claim_job(clock=clock)
    assert work is not None
    return work


def test_a_job_nobody_announced_is_not_started() -> None:
    with pytest.raises(ValueError, match="no room has announced"):
        start_job(kind="tests.unknown", arguments={}, by=SYSTEM, at=NOW)


def test_a_claimed_job_is_not_given_to_a_second_worker() -> None:
    start()
    claim(Clock())
    assert claim_job(clock=Clock()) is None


def test_the_oldest_job_comes_first() -> None:
    start_job(kind="tests.mark", arguments={}, by=SYSTEM, at=NOW - timedelta(seconds=1))
    first = Job.objects.get()
    start()
    assert claim(Clock()).id == first.id


def test_an_abandoned_job_is_taken_over_and_its_first_worker_keeps_nothing() -> None:
    start()
    clock = Clock()
    slow = claim(clock)
    clock.now += LEASE + timedelta(seconds=1)
    fast = claim(clock)
    assert fast.id == slow.id
    with pytest.raises(LeaseLost), slow.finish():
        pass
    with pytest.raises(LeaseLost):
        slow.progress(1, 2)
    with fast.finish() as result:
        result["rows"] = 3
    job = Job.objects.get()
    assert (job.state, job.result) == ("done", {"rows": 3})


def test_what_fails_inside_the_fence_leaves_nothing() -> None:
    start()
    work = claim(Clock())
    with pytest.raises(IntegrityError), work.finish():
        record_audit(by=SYSTEM, at=NOW, operation=None)  # type: ignore[arg-type]
    assert not AuditLine.objects.exclude(operation="start_job").exists()
    assert Job.objects.get().state == "running"


def test_a_heartbeat_keeps_the_lease() -> None:
    start()
    clock = Clock()
    work = claim(clock)
    clock.now += LEASE - timedelta(seconds=1)
    work.keep_lease()
    clock.now += timedelta(seconds=10)
    assert claim_job(clock=clock) is None


def test_a_fault_is_tried_again_later_and_ends_after_five_attempts() -> None:
    start()
    clock = Clock()
    for _ in range(job_operations.MOST_ATTEMPTS):
        fail_job(work=claim(clock), error="It broke.", at=clock.now, may_retry=True)
        clock.now += timedelta(minutes=5)
    job = Job.objects.get()
    assert (job.state, job.error) == ("failed", "It broke.")


def test_a_job_whose_worker_dies_every_time_ends_as_failed() -> None:
    start()
    clock = Clock()
    for _ in range(job_operations.MOST_ATTEMPTS):
        claim(clock)
        clock.now += LEASE + timedelta(seconds=1)
    assert claim_job(clock=clock) is None
    assert Job.objects.get().state == "failed"


def test_a_failure_of_a_lost_attempt_changes_nothing() -> None:
    start()
    clock = Clock()
    lost = claim(clock)
    clock.now += LEASE * 2
    claim(clock)
    fail_job(work=lost, error="late", at=clock.now, may_retry=False)
    assert Job.objects.get().state == "running"


def test_its_owner_stops_it_and_a_running_worker_keeps_nothing() -> None:
    owner = make_viewer("analyst")
    job = start_job(kind="tests.mark", arguments={}, by=owner, at=NOW)
    work = claim(Clock())
    stop_job(job_id=job.id, by=owner, at=NOW)
    with pytest.raises(LeaseLost), work.finish():
        pass
    seen = get_job(owner, job.id)
    assert seen is not None
    assert seen.has_ended
    with pytest.raises(Refused, match="already ended"):
        stop_job(job_id=job.id, by=owner, at=NOW)


def test_nobody_stops_or_sees_another_persons_job() -> None:
    owner, other, administrator = make_viewer("analyst"), make_viewer("analyst"), make_viewer("administrator")
    job = start_job(kind="tests.mark", arguments={}, by=owner, at=NOW)
    with pytest.raises(Refused, match="not yours"):
        stop_job(job_id=job.id, by=other, at=NOW)
    assert get_job(other, job.id) is None
    assert list_jobs(other) == []
    assert [seen.id for seen in list_jobs(administrator)] == [job.id]


def test_progress_is_shown_as_a_percentage_once_the_total_is_known() -> None:
    owner = make_viewer("analyst")
    job = start_job(kind="tests.mark", arguments={}, by=owner, at=NOW)
    seen = get_job(owner, job.id)
    assert seen is not None
    assert seen.percent is None
    claim(Clock()).progress(30, 120, "reading rows")
    seen = get_job(owner, job.id)
    assert seen is not None
    assert (seen.percent, seen.note, seen.label) == (25, "reading rows", "Leaving a mark")
