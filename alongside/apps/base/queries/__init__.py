"""Reads that every room needs."""

from alongside.apps.base.queries.audit import (
    AuditFilter,
    RowHistory,
    SealStatus,
    get_row_history,
    get_seal_status,
    list_audit_lines,
    list_row_changes,
    list_table_labels,
)
from alongside.apps.base.queries.exports import ExportLine, list_exports
from alongside.apps.base.queries.jobs import get_job, list_jobs
from alongside.apps.base.queries.onward import list_onward
from alongside.apps.base.queries.published import list_published_uses
from alongside.apps.base.queries.saved_views import list_saved_views
from alongside.apps.base.queries.starting import check_may_start, list_blockers
from alongside.apps.base.queries.trail import get_trail, list_trail
from alongside.apps.base.queries.verifying import Verdict, verify_trail

__all__ = [
    "AuditFilter",
    "ExportLine",
    "RowHistory",
    "SealStatus",
    "Verdict",
    "check_may_start",
    "get_job",
    "get_row_history",
    "get_seal_status",
    "get_trail",
    "list_audit_lines",
    "list_blockers",
    "list_exports",
    "list_jobs",
    "list_onward",
    "list_published_uses",
    "list_row_changes",
    "list_saved_views",
    "list_table_labels",
    "list_trail",
    "verify_trail",
]
