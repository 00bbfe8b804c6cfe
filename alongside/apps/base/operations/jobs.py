"""Background work that survives a killed worker: claimed under a lease, finished behind a fence.

A worker claims a job by raising its attempt number. Everything it writes for the job, and the word that it is
done, share one transaction that holds only while the attempt is still its own. A worker that lost its lease
(killed, stopped, too slow) therefore leaves nothing behind, and the next one starts afresh.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from alongside.apps.base.models import Job
from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.base.rules.registry import registry

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5


class LeaseLost(Exception):
    """Tell a worker that another one has taken the job over; nothing it did for the job is kept."""


@transaction.atomic
def start_job(
    *, kind: str, arguments: dict[str, object], by: Viewer, at: datetime, back_url: str = ""
) -> Job:
    """Put a piece of work in the queue, in the transaction of whatever asks for it."""
    if kind not in registry.job_kinds:
        raise ValueError(f"no room has announced the job kind {kind!r}")
    job = Job.objects.create(
        kind=kind,
        arguments=arguments,
        created_at=at,
        created_by_id=by.person_id,
        run_after=at,
        back_url=back_url,
    )
    record_audit(by=by, at=at, operation="start_job", on=job, detail={"kind": kind})
    return job


@dataclass
class JobWork:
    """A claimed job in the hands of one worker. `clock` tells the time, because only entrances may read it."""

    id: UUID
    kind: str
    arguments: dict[str, str]
    attempt: int
    created_by_id: UUID | None
    clock: Callable[[], datetime]

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Say how far the work is and keep the lease; raise LeaseLost where another worker has taken over."""
        self._touch(progress_done=done, progress_total=total, progress_note=note[:200])

    def keep_lease(self) -> None:
        """Say that the work goes on."""
        self._touch()

    def _touch(self, **changes: object) -> None:
        at = self.clock()
        mine = Job.objects.filter(id=self.id, attempt=self.attempt, state=Job.State.RUNNING)
        if not mine.update(heartbeat_at=at, lease_until=at + LEASE, **changes):
            raise LeaseLost(f"job {self.id} was taken over by another worker")

    @contextmanager
    def finish(self) -> Iterator[dict[str, object]]:
        """Hold the transaction in which the effect is written and the job becomes done.

        Yield a dictionary for the result (counts and ids to show to its owner). Raise LeaseLost, keeping nothing,
        where the attempt is no longer this worker's.
        """
        result: dict[str, object] = {}
        with transaction.atomic():
            mine = Job.objects.select_for_update().filter(
                id=self.id, attempt=self.attempt, state=Job.State.RUNNING
            )
            if not mine.exists():
                raise LeaseLost(f"job {self.id} was taken over by another worker")
            yield result
            at = self.clock()
            mine.update(
                state=Job.State.DONE,
                finished_at=at,
                result=result,
                lease_until=None,
                progress_done=F("progress_total"),
            )
            record_audit(by=SYSTEM, at=at, operation="finish_job", object_type="base.job", object_id=self.id)


@transaction.atomic
def claim_job(*, clock: Callable[[], datetime]) -> JobWork | None:
    """Take the oldest job that waits or whose worker is gone; return None where there is none."""
    at = clock()
    waiting = Q(state=Job.State.WAITING, run_after__lte=at)
    abandoned = Q(state=Job.State.RUNNING, lease_until__lt=at)
    can_skip = connection.features.has_select_for_update_skip_locked
    found = (
        Job.objects.select_for_update(skip_locked=can_skip)
        .filter(waiting | abandoned)
        .order_by("run_after", "id")
        .first()
    )
    if found is None:
        return None
    if found.attempt >= MOST_ATTEMPTS:
        _end(found, state=Job.State.FAILED, error="It stopped five times without finishing.", at=at)
        return None
    found.attempt += 1
    found.state = Job.State.RUNNING
    found.heartbeat_at = at
    found.lease_until = at + LEASE
    found.save(update_fields=["attempt", "state", "heartbeat_at", "lease_until"])
    return JobWork(
        id=found.id,
        kind=found.kind,
        arguments={key: str(value) for key, value in found.arguments.items()},
        attempt=found.attempt,
        created_by_id=found.created_by_id,
        clock=clock,
    )


@transaction.atomic
def fail_job(*, work: JobWork, error: str, at: datetime, may_retry: bool) -> None:
    """Record that an attempt failed: try again a little later, or end with words for the owner."""
    job = Job.objects.select_for_update().filter(id=work.id, attempt=work.attempt).first()
    if job is None:
        return
    if may_retry and job.attempt < MOST_ATTEMPTS:
        job.state = Job.State.WAITING
        job.lease_until = None
        job.run_after = at + timedelta(seconds=2**job.attempt)
        job.save(update_fields=["state", "lease_until", "run_after"])
    else:
        _end(job, state=Job.State.FAILED, error=error, at=at)


@transaction.atomic
def stop_job(*, job_id: UUID, by: Viewer, at: datetime) -> None:
    """Stop a job that waits or runs; a running worker finds its fence closed and keeps nothing."""
    job = Job.objects.select_for_update().filter(id=job_id).first()
    if job is None or (job.created_by_id != by.person_id and not by.may("manage_people")):
        raise Refused("There is no such piece of work, or it is not yours to stop.")
    if job.state not in (Job.State.WAITING, Job.State.RUNNING):
        raise Refused("This work has already ended.")
    job.attempt += 1
    _end(job, state=Job.State.STOPPED, error="", at=at)
    record_audit(by=by, at=at, operation="stop_job", on=job)


def _end(job: Job, *, state: str, error: str, at: datetime) -> None:
    job.state = state
    job.error = error
    job.finished_at = at
    job.lease_until = None
    job.save(update_fields=["state", "error", "finished_at", "lease_until", "attempt"])
