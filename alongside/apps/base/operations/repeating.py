"""Work that comes round by itself: one job of each such kind waits, whatever number of workers there is.

Time is cut into stretches of the kind's length, counted from 1970. A job's id is made from its kind and its
stretch, so that two workers that plan at once make the same row, and no stretch is done twice.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from alongside.apps.base.models import Job
from alongside.apps.base.rules.registry import JobKind, registry

NAMESPACE = UUID("0c6f2b0e-54a1-4e0a-9f0b-3d1f7a9c5e21")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
OPEN = (Job.State.WAITING, Job.State.RUNNING)
KEPT_FOR = timedelta(days=7)


def plan_repeating_jobs(*, at: datetime) -> int:
    """Let one job wait for each kind of work that comes round; return how many were put in.

    The plan itself leaves no audit line, or a quiet installation would fill its audit by waiting; that the work
    was done leaves one, as any job does.
    """
    kinds = registry.list_repeating_kinds()
    names = [kind.name for kind in kinds]
    there = set(Job.objects.filter(kind__in=names, state__in=OPEN).values_list("kind", flat=True))
    return sum(_plan(kind, at) for kind in kinds if kind.name not in there)


@transaction.atomic
def _plan(kind: JobKind, at: datetime) -> bool:
    """Put in the job of this stretch, or of the next one that was not done yet."""
    assert kind.every is not None  # noqa: S101  (only repeating kinds come here)
    # The latest job is held, so that another worker that plans now waits, and then finds this one's.
    last = Job.objects.select_for_update().filter(kind=kind.name).order_by("-created_at", "-id").first()
    if last is not None and Job.objects.filter(kind=kind.name, state__in=OPEN).exists():
        return False
    stretch = (at - BEGINNING) // kind.every
    # Without a latest job nothing is held, and what another worker puts in meanwhile is this very stretch.
    while last is not None and Job.objects.filter(id=_make_id(kind, stretch)).exists():
        stretch += 1
    job = Job(
        id=_make_id(kind, stretch),
        kind=kind.name,
        created_at=at,
        run_after=max(at, BEGINNING + stretch * kind.every),
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
    ended = Job.objects.filter(kind=kind.name, finished_at__lt=at - KEPT_FOR).exclude(state__in=OPEN)
    ended.filter(created_by_id=None).delete()
    return True


def _make_id(kind: JobKind, stretch: int) -> UUID:
    """Return the id of a stretch's job; a kind whose length changes begins a count of its own."""
    return uuid5(NAMESPACE, f"{kind.name}:{kind.every}:{stretch}")
