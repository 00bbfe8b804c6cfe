"""The audit lines."""

from django.db.models import QuerySet

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer


def list_audit_lines(viewer: Viewer, *, operation: str = "") -> QuerySet[AuditLine]:
    """Return the lines newest first, for those who may see them."""
    if not viewer.may("see_audit"):
        return AuditLine.objects.none()
    if not operation:
        return AuditLine.objects.all()
    return AuditLine.objects.filter(operation__icontains=operation.replace(" ", "_"))
