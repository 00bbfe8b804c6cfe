"""Who did what, to what, when and why: a line for each act, a line for each changed row, and the chain over both."""

from django.db import models

from alongside.apps.base.models.identifiers import new_id


class Sealed(models.Model):
    """What the sealer fills in: the place in the one chain, and the keyed digest over the line and the one before."""

    seal_number = models.BigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class AuditLine(Sealed):
    """One act by one person: a write, or a look at something sensitive.

    `detail` holds counts and states, never a patient's words or contact. Lines of one request, job or command
    share their `work_id` with the changed rows in `AuditChange`.
    """

    class Kind(models.TextChoices):
        WRITE = "write", "changed"
        READ = "read", "looked at"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    by_person_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.WRITE)
    operation = models.CharField(max_length=80)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    reason_digest = models.CharField(
        max_length=64, blank=True
    )  # sealed in its place, so that an erasure may empty it
    detail = models.JSONField(default=dict)
    work_id = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "base_audit_line"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(seal_number=None), name="base_audit_line_unsealed")
        ]

    class Privacy:
        personal = ("by_person_id", "reason")
        plain = (
            "id", "at", "kind", "operation", "object_type", "object_id", "detail", "work_id", "reason_digest",
            "seal_number", "seal",
        )  # fmt: skip


class AuditChange(Sealed):
    """One changed row of one table, written by a trigger; or a batch of rows that arrived together.

    `old` and `new` hold the changed columns. Sealing takes personal values out of them, leaves their keyed digests,
    and puts the values locked into `AuditValue`. `before` and `after` are digests of the whole row. `scope` is the
    source, import or run a staged row belongs to. For a batch, `new` holds how many rows and their digest together.
    """

    class Kind(models.TextChoices):
        INSERT = "insert", "added"
        UPDATE = "update", "changed"
        DELETE = "delete", "removed"
        BATCH_IN = "batch_in", "added together"
        BATCH_OUT = "batch_out", "removed together"
        BASELINE = "baseline", "found here"

    BATCHES = (Kind.BATCH_IN, Kind.BATCH_OUT, Kind.BASELINE)

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    person_id = models.UUIDField(null=True, db_index=True)
    work_id = models.UUIDField(null=True, db_index=True)
    why = models.CharField(max_length=120, blank=True)
    subject_id = models.UUIDField(null=True)
    scope = models.CharField(max_length=64, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "base_audit_change"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["table_name", "row_id", "id"], name="base_audit_change_of_row"),
            models.Index(
                fields=["id"], condition=models.Q(seal_number=None), name="base_audit_change_unsealed"
            ),
        ]

    class Privacy:
        append_only = True
        personal = ("person_id", "subject_id", "old", "new")
        plain = (
            "id", "at", "table_name", "row_id", "kind", "work_id", "why", "scope", "before", "after", "seal_number",
            "seal",
        )  # fmt: skip


class AuditValue(models.Model):
    """The personal values of one change, locked under the key of whom they are about; unreadable once it is gone."""

    change = models.OneToOneField(
        AuditChange, primary_key=True, on_delete=models.PROTECT, related_name="value", db_constraint=False
    )
    subject_id = models.UUIDField(db_index=True)
    locked = models.BinaryField()

    class Meta:
        db_table = "base_audit_value"

    class Privacy:
        append_only = True
        personal = ("subject_id", "locked")
        plain = ("change",)


class AuditHead(models.Model):
    """The end of the chain, in one row that whoever seals holds locked, so that two never seal at once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seal_number = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    kept_on = models.DateField(null=True)  # the day whose head was last written beside the database

    class Meta:
        db_table = "base_audit_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="base_audit_head_is_one_row")]

    class Privacy:
        personal = ()
        plain = ("id", "seal_number", "seal", "sealed_at", "kept_on")
