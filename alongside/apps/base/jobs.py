"""The worker: takes one job after the other, keeps its lease alive while it works, and says how it ended."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection
from django.utils import timezone

from alongside.apps.base.operations.jobs import LEASE, JobWork, LeaseLost, claim_job, fail_job
from alongside.apps.base.operations.repeating import plan_repeating_jobs
from alongside.apps.base.operations.sealing import seal_waiting
from alongside.apps.base.rules import Refused, acting
from alongside.apps.base.rules.registry import registry, resolve

logger = logging.getLogger("alongside.jobs")
IDLE_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
PLAN_SECONDS = 30
SEAL_SECONDS = 15.0


def run_next_job() -> bool:
    """Do the next job there is; return whether there was one."""
    work = claim_job(clock=timezone.now)
    if work is None:
        return False
    stop = threading.Event()
    heart = threading.Thread(target=_keep_lease, args=(work, stop), daemon=True)
    heart.start()
    try:
        with acting(work.created_by_id, why=work.kind, work_id=work.id):
            resolve(registry.job_kinds[work.kind].handler)(work)
    except LeaseLost:
        logger.warning("job %s of kind %s was taken over", work.id, work.kind)
    except Refused as refusal:
        fail_job(work=work, error=refusal.reason, at=timezone.now(), may_retry=False)
    except Exception as fault:
        # The fault's own words may hold what a patient wrote, so only its kind is logged.
        logger.error("job %s of kind %s failed: %s", work.id, work.kind, type(fault).__name__)
        words = "Something went wrong on our side. Nothing was half-done. Start it again, or ask an administrator."
        fail_job(work=work, error=words, at=timezone.now(), may_retry=True)
    finally:
        stop.set()
        heart.join()
    return True


def _keep_lease(work: JobWork, stop: threading.Event) -> None:
    """Renew the lease from a thread of its own until the work stops."""
    try:
        while not stop.wait(LEASE.total_seconds() / 4):
            try:
                work.keep_lease()
            except DatabaseFault:
                connection.close()  # away for the moment: the next beat tries again on a new connection
    except LeaseLost:
        return
    finally:
        connection.close()


def work_until_told_to_stop(*, is_idle_enough: Callable[[], bool] = lambda: False) -> None:
    """Take jobs until SIGTERM or SIGINT, or until nothing waits and `is_idle_enough()` holds."""
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sealed, wait_seconds, plan_again = float("-inf"), IDLE_SECONDS, 0.0
    while not told.is_set():
        try:
            close_old_connections()
            if time.monotonic() >= plan_again:
                plan_repeating_jobs(at=timezone.now())
                plan_again = time.monotonic() + PLAN_SECONDS
            if time.monotonic() - sealed > SEAL_SECONDS:
                seal_quietly()
                sealed = time.monotonic()
            was_busy = run_next_job()
        except (DatabaseFault, OSError) as fault:
            # The database is away or full. What was begun keeps its lease, and is taken up again when that ends.
            logger.warning("waiting %.0f s for the database: %s", wait_seconds, type(fault).__name__)
            connection.close()
            told.wait(wait_seconds)
            wait_seconds = min(wait_seconds * 2, LONGEST_WAIT_SECONDS)
            continue
        wait_seconds = IDLE_SECONDS
        if not was_busy:
            if is_idle_enough():
                seal_quietly()
                return
            told.wait(IDLE_SECONDS)


def seal_quietly() -> None:
    """Seal what waits in the trail; a fault is logged and tried again, for nothing is lost by waiting."""
    try:
        seal_waiting(clock=timezone.now)
    except Exception as fault:
        logger.error("the trail could not be sealed: %s", type(fault).__name__)
