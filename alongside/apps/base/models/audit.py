"""Who did what, to what, when and why."""

from django.db import models

from alongside.apps.base.models.identifiers import new_id


class AuditLine(models.Model):
    """One write by one person. `detail` holds counts and states, never a patient's words or contact."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    by_person_id = models.UUIDField(null=True, db_index=True)
    operation = models.CharField(max_length=80)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "base_audit_line"
        ordering = ["-at", "-id"]

    class Privacy:
        personal = ("by_person_id", "reason")
        plain = ("id", "at", "operation", "object_type", "object_id", "detail")
