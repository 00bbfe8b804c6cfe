"""Tables every room leans on: the audit line, background jobs, saved views."""

from alongside.apps.base.models.audit import AuditLine
from alongside.apps.base.models.identifiers import new_id
from alongside.apps.base.models.jobs import Job
from alongside.apps.base.models.saved_views import SavedView

__all__ = ["AuditLine", "Job", "SavedView", "new_id"]
