"""Tables every room leans on: the audit, background jobs, people's keys, saved views."""

from alongside.apps.base.models.audit import AuditChange, AuditHead, AuditLine, AuditValue
from alongside.apps.base.models.identifiers import new_id
from alongside.apps.base.models.jobs import Job
from alongside.apps.base.models.keys import PersonKey
from alongside.apps.base.models.saved_views import SavedView

__all__ = [
    "AuditChange",
    "AuditHead",
    "AuditLine",
    "AuditValue",
    "Job",
    "PersonKey",
    "SavedView",
    "new_id",
]
