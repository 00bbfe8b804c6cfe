"""Writes that every room needs."""

from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.operations.jobs import JobWork, start_job, stop_job
from alongside.apps.base.operations.saved_views import forget_view, save_view

__all__ = ["JobWork", "forget_view", "record_audit", "save_view", "start_job", "stop_job"]
