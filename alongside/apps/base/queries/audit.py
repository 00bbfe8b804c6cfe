"""The audit lines."""

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer


def list_audit_lines(viewer: Viewer, *, operation: str = "", limit: int = 200) -> list[AuditLine]:
    """Return the newest lines, for those who may see them."""
    if not viewer.may("see_audit"):
        return []
    lines = AuditLine.objects.all()
    if operation:
        lines = lines.filter(operation__icontains=operation.replace(" ", "_"))
    return list(lines[:limit])
