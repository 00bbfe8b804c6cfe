"""Pages across rooms."""

from alongside.apps.home.views.audit import audit, audit_changes, audit_export, audit_row
from alongside.apps.home.views.pages import about, find, start, trail, work

__all__ = ["about", "audit", "audit_changes", "audit_export", "audit_row", "find", "start", "trail", "work"]
