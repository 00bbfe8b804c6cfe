"""Work that comes round by itself."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import Job
from alongside.apps.base.operations import JobWork, plan_repeating_jobs
from alongside.apps.base.operations.jobs import claim_job
from alongside.apps.base.rules.registry import JobKind, registry, resolve

HERE = "tests.apps.base.test_repeating_jobs"
AT = datetime(2026, 11, 22, 9, 20, tzinfo=UTC)
DONE: list[str] = []


def do_it(work: JobWork) -> None:
    """Count a run."""
    with work.finish():
        DONE.append(work.kind)


def fail_it(work: JobWork) -> None:
    """Fail for good."""
    raise ValueError("words of a patient")


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no other room's work come round here."""
    kinds = {
        "tests.hourly": JobKind("tests.hourly", "Hourly", f"{HERE}.do_it", every=timedelta(hours=1)),
        "tests.once": JobKind("tests.once", "Once", f"{HERE}.do_it"),
    }
    monkeypatch.setattr(registry, "job_kinds", kinds)
    DONE.clear()


def work_at(at: datetime) -> None:
    """Do every job that is due at a moment."""
    while (work := claim_job(clock=lambda: at)) is not None:
        resolve(registry.job_kinds[work.kind].handler)(work)


@pytest.mark.django_db
def test_one_job_waits_for_each_kind_that_comes_round() -> None:
    assert plan_repeating_jobs(at=AT) == 1
    assert plan_repeating_jobs(at=AT) == 0

    assert list(Job.objects.values_list("kind", "state", "run_after")) == [("tests.hourly", "waiting", AT)]


@pytest.mark.django_db
def test_when_one_is_done_the_next_waits_for_the_next_stretch() -> None:
    plan_repeating_jobs(at=AT)
    work_at(AT)

    assert plan_repeating_jobs(at=AT + timedelta(minutes=1)) == 1
    work_at(AT + timedelta(minutes=1))

    assert DONE == ["tests.hourly"]
    waiting = Job.objects.get(state="waiting")
    assert waiting.run_after == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert waiting.arguments == {}
    assert waiting.created_by_id is None


@pytest.mark.django_db
def test_an_installation_that_slept_for_days_does_the_work_once_and_not_for_each_day() -> None:
    plan_repeating_jobs(at=AT)
    work_at(AT)
    later = AT + timedelta(days=3)
    plan_repeating_jobs(at=later)
    work_at(later)
    plan_repeating_jobs(at=later)
    work_at(later)

    assert len(DONE) == 2


@pytest.mark.django_db
def test_a_stopped_or_failed_one_is_followed_by_the_next_stretch() -> None:
    plan_repeating_jobs(at=AT)
    Job.objects.update(state="failed", finished_at=AT)

    assert plan_repeating_jobs(at=AT) == 1
    assert Job.objects.get(state="waiting").run_after == datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_ended_ones_are_kept_for_a_week() -> None:
    for day in range(10):
        at = AT + timedelta(days=day)
        plan_repeating_jobs(at=at)
        work_at(at)

    kept = Job.objects.order_by("created_at").first()
    assert kept is not None
    assert kept.finished_at is not None
    assert kept.finished_at >= AT + timedelta(days=2)


@pytest.mark.django_db
def test_a_fault_in_the_work_lets_it_try_again_and_never_makes_a_second_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = JobKind("tests.hourly", "Hourly", f"{HERE}.fail_it", every=timedelta(hours=1))
    monkeypatch.setitem(registry.job_kinds, "tests.hourly", kind)
    plan_repeating_jobs(at=AT)

    assert run_next_job() is True
    assert plan_repeating_jobs(at=AT) == 0
    assert Job.objects.get().state == "waiting"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_run_before", [False, True])
def test_workers_that_plan_at_the_same_moment_leave_one_job(has_run_before: bool) -> None:
    if has_run_before:
        plan_repeating_jobs(at=AT)
        work_at(AT)
    start = threading.Barrier(4)

    def plan() -> None:
        start.wait()
        plan_repeating_jobs(at=AT + timedelta(minutes=1))
        connection.close()

    threads = [threading.Thread(target=plan) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Job.objects.filter(state="waiting").count() == 1
