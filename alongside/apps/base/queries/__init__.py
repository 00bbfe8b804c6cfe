"""Reads that every room needs."""

from alongside.apps.base.queries.audit import list_audit_lines
from alongside.apps.base.queries.exports import ExportLine, list_exports
from alongside.apps.base.queries.jobs import get_job, list_jobs
from alongside.apps.base.queries.onward import list_onward
from alongside.apps.base.queries.published import list_published_uses
from alongside.apps.base.queries.saved_views import list_saved_views
from alongside.apps.base.queries.trail import get_trail, list_trail

__all__ = [
    "ExportLine",
    "get_job",
    "get_trail",
    "list_audit_lines",
    "list_exports",
    "list_jobs",
    "list_onward",
    "list_published_uses",
    "list_saved_views",
    "list_trail",
]
