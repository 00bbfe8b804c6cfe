"""How far background work is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from alongside.apps.base.models import Job
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry


@dataclass(frozen=True)
class JobView:
    """A piece of background work as its owner sees it. `percent` is None while the total is not known."""

    id: UUID
    label: str
    state: str
    percent: int | None
    done: int
    total: int
    note: str
    error: str
    back_url: str
    created_at: datetime
    finished_at: datetime | None
    is_own: bool = True  # an administrator sees how the work of others goes, not what came of it
    may_stop: bool = True

    @property
    def has_ended(self) -> bool:
        """Return whether nothing more will happen."""
        return self.state in (Job.State.DONE, Job.State.FAILED, Job.State.STOPPED)


def get_job(viewer: Viewer, job_id: UUID) -> JobView | None:
    """Return one piece of work of the viewer's own, or any for an administrator."""
    job = Job.objects.filter(id=job_id).first()
    if job is None or (job.created_by_id != viewer.own_id and not viewer.may("see_audit")):
        return None
    return _as_view(job, viewer)


def list_jobs(viewer: Viewer, limit: int = 50) -> list[JobView]:
    """Return the viewer's own work, newest first; an administrator sees everybody's."""
    jobs = Job.objects.order_by("-created_at")
    if not viewer.may("see_audit"):
        jobs = jobs.filter(created_by_id=viewer.own_id)
    return [_as_view(job, viewer) for job in jobs[:limit]]


def _as_view(job: Job, viewer: Viewer) -> JobView:
    kind = registry.job_kinds.get(job.kind)
    percent = min(100, 100 * job.progress_done // job.progress_total) if job.progress_total else None
    return JobView(
        id=job.id,
        label=gettext(kind.label) if kind else job.kind,
        state=job.state,
        percent=100 if job.state == Job.State.DONE else percent,
        done=job.progress_done,
        total=job.progress_total,
        note=job.progress_note,
        error=job.error,
        back_url=job.back_url,
        created_at=job.created_at,
        finished_at=job.finished_at,
        is_own=job.created_by_id == viewer.own_id,
        may_stop=job.created_by_id == viewer.own_id or viewer.may("manage_people"),
    )
