"""An import whose worker is killed at a chosen statement, and then goes on; runs inside an installation.

The worker is a fork that kills itself with SIGKILL just before its nth statement, so that the ten moments are the
same on every machine, spread from the first statement of the reading to the last one of the confirming.
"""

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, connections

from alongside.apps.base import jobs
from alongside.apps.base.operations import jobs as job_operations
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.engagement.models import Import, ImportProblem, Source, Speaker, StagedChange, Voice
from alongside.apps.engagement.operations import choose_columns, confirm_import
from alongside.apps.engagement.operations import reading as import_reading
from alongside.apps.engagement.rules import ColumnChoice
from tests.factories.engagement import make_basis, make_csv, make_engagement, upload, work_until_idle
from tests.factories.people import NOW

ROWS, CHANGED_ROWS, CHUNK = 1_200, 40, 200
LEASE = timedelta(seconds=0.4)


def _hurry() -> None:
    """Let a lease end soon after its worker, and read in small chunks, so that there are many moments to die at."""
    job_operations.LEASE = LEASE
    jobs.LEASE = LEASE  # type: ignore[attr-defined]
    import_reading.CHUNK_ROWS = CHUNK


class _Counting:
    """Counts statements; kills this process before the nth where n is given."""

    def __init__(self, die_at: int | None = None) -> None:
        self.count, self.die_at = 0, die_at

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)


def _begin() -> Import:
    """Return an uploaded file whose reading waits, over an engagement in which some of its answers already are."""
    engagement = make_engagement()
    first = [(row, f"p{row}", f"Said before, {row}") for row in range(CHANGED_ROWS)]
    _read(upload(engagement, make_csv(first), "first.csv"))
    work_until_idle()
    confirm_import(import_id=Import.objects.get(engagement=engagement).id, by=SYSTEM, at=NOW)
    second = [(row, f"p{row}", f"Said now, {row}") for row in range(ROWS)]
    found = upload(engagement, make_csv(second), "second.csv")
    _read(found)
    return found


def _read(found: Import) -> None:
    choice = ColumnChoice(texts=("comment",), id="id", person="person")
    choose_columns(import_id=found.id, choice=choice, basis_id=make_basis(), language="en", by=SYSTEM, at=NOW)


def _work_and_confirm(import_id: UUID) -> None:
    work_until_idle()
    confirm_import(import_id=import_id, by=SYSTEM, at=NOW)


def count_statements() -> int:
    """Return how many statements it takes to read and confirm the file when nobody is killed."""
    _hurry()
    found, counting = _begin(), _Counting()
    with connection.execute_wrapper(counting):
        _work_and_confirm(found.id)
    return counting.count


def import_and_kill(moments: list[int]) -> list[str]:
    """Read and confirm one file a moment, killed there, then go on; return the ids of the imports."""
    _hurry()
    return [_one_death(moment) for moment in moments]


def _one_death(moment: int) -> str:
    found = _begin()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(_Counting(moment)):
                _work_and_confirm(found.id)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError(f"the worker was not killed at statement {moment}")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(LEASE.total_seconds())
        work_until_idle()
        if Import.objects.get(id=found.id).state not in (Import.State.READING,):
            break
    with suppress(Refused):  # where it was confirmed before it was killed
        confirm_import(import_id=found.id, by=SYSTEM, at=NOW)
    return str(found.id)


def check_imports(import_ids: list[str]) -> dict[str, int]:
    """Return what is wrong after all of it: answers lost, answers twice, rows left staged, people left over."""
    wrong: Counter[str] = Counter()
    for import_id in import_ids:
        found = Import.objects.get(id=import_id)
        here = Voice.objects.filter(engagement_id=found.engagement_id, replaced_by=None)
        texts = Counter(here.filter(source__brought_in_at__isnull=False).values_list("text", flat=True))
        wrong["not confirmed"] += found.state != Import.State.CONFIRMED
        wrong["lost"] += sum(f"Said now, {row}" not in texts for row in range(ROWS))
        wrong["twice"] += sum(number > 1 for number in texts.values())
        wrong["not replaced"] += sum(text.startswith("Said before") for text in texts)
        wrong["counted wrongly"] += (found.answers_new, found.answers_changed) != (
            ROWS - CHANGED_ROWS,
            CHANGED_ROWS,
        )
        sources = Source.objects.filter(engagement_id=found.engagement_id)
        wrong["left staged"] += sources.filter(brought_in_at=None).count()
        wrong["left staged"] += StagedChange.objects.filter(of_import=found).count()
        wrong["left staged"] += ImportProblem.objects.filter(of_import=found).count()
        people = Speaker.objects.filter(engagement_id=found.engagement_id)
        wrong["people too many"] += abs(people.count() - ROWS)
    return dict(wrong)
