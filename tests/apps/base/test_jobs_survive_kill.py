"""A hundred jobs and four workers killed in the middle: none is lost, none is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from alongside.apps.base.models import AuditLine, Job
from alongside.apps.base.operations import start_job
from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.registry import JobKind, registry

pytestmark = pytest.mark.django_db(transaction=True)
JOBS = 100
KILLS = 4


@pytest.fixture(autouse=True)
def _announced() -> Iterator[None]:
    kind = JobKind("tests.leave_a_mark", "Leaving a mark", "tests.factories.worker.leave_a_mark")
    registry.add_job_kind(kind)
    yield
    registry.job_kinds.pop(kind.name)


def database_url() -> str:
    """Return the address of the test database as a worker process must be given it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{name}"


def start_worker(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ALONGSIDE_DATABASE_URL": database_url()}
    return subprocess.Popen([sys.executable, "-m", "tests.factories.worker", *arguments], env=environment)


def expire_leases() -> None:
    """Let the leases of the dead run out at once, as a minute's wait would."""
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))


def wait_for_more_marks(than: int) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        marks = AuditLine.objects.filter(operation="left_a_mark").count()
        if marks > than:
            return marks
        time.sleep(0.05)
    raise AssertionError("the worker did nothing")


def run_with_kills(jobs: int, kills: int, *arguments: str) -> list[object]:
    """Start jobs, kill a worker in the middle `kills` times, finish, and return what each effect was about."""
    for _ in range(jobs):
        start_job(kind="tests.leave_a_mark", arguments={}, by=SYSTEM, at=timezone.now())
    marks = 0
    for _ in range(kills):
        worker = start_worker(*arguments)
        marks = wait_for_more_marks(marks)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        expire_leases()
    assert start_worker("--until-idle", *arguments).wait(timeout=120) == 0
    return list(AuditLine.objects.filter(operation="left_a_mark").values_list("object_id", flat=True))


def test_a_hundred_jobs_survive_four_killed_workers() -> None:
    marked = run_with_kills(JOBS, KILLS)
    assert len(marked) == len(set(marked)) == JOBS
    assert Job.objects.filter(kind="tests.leave_a_mark", state="done").count() == JOBS


def test_the_kill_notices_an_effect_outside_the_fence() -> None:
    marked = run_with_kills(3, 1, "--before-the-fence")
    assert len(marked) > len(set(marked))
