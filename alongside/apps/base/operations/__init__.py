"""Writes that every room needs."""

from alongside.apps.base.operations.audit import record_audit, record_read
from alongside.apps.base.operations.batches import record_batch
from alongside.apps.base.operations.exports import record_export
from alongside.apps.base.operations.jobs import JobWork, start_job, stop_job
from alongside.apps.base.operations.keys import KeyDestroyed, ToLock, destroy_keys, lock_for, open_for
from alongside.apps.base.operations.repeating import plan_repeating_jobs
from alongside.apps.base.operations.saved_views import forget_view, save_view
from alongside.apps.base.operations.sealing import name_own_key, seal_some, seal_waiting

__all__ = [
    "JobWork",
    "KeyDestroyed",
    "ToLock",
    "destroy_keys",
    "forget_view",
    "lock_for",
    "name_own_key",
    "open_for",
    "plan_repeating_jobs",
    "record_audit",
    "record_batch",
    "record_export",
    "record_read",
    "save_view",
    "seal_some",
    "seal_waiting",
    "start_job",
    "stop_job",
]
