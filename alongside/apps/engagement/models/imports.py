"""A file on its way in: read in chunks into rows nobody sees yet, looked at, then brought in at once or left."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ColumnMapping(models.Model):
    """How a file's columns were understood last time, found again by the digest of its header."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    header_sha256 = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()  # as ColumnChoice writes it
    saved_by_id = models.UUIDField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_column_mapping"

    class Privacy:
        personal = ("saved_by_id",)
        plain = ("id", "header_sha256", "columns", "saved_at")


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports a viewer may look at: only those who may bring in voices."""

    def for_viewer(self, viewer: Viewer) -> "ImportQuerySet":
        return self if viewer.may("bring_in_voices") else self.none()


class Import(models.Model):
    """One uploaded file and how far it is.

    Counts are of answers, one for each text column of each row, so that
    new + changed + same + wrong = answers read. Blank answers are among the new, changed or same.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "uploaded"
        READING = "reading", "being read"
        READY = "ready", "ready to confirm"
        REFUSED = "refused", "could not be read"
        CONFIRMED = "confirmed", "brought in"
        LEFT = "left", "left out"
        TAKEN_OUT = "taken_out", "taken out again"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.PROTECT, related_name="imports")
    basis = models.ForeignKey("people.Basis", null=True, on_delete=models.PROTECT)
    source = models.ForeignKey("engagement.Source", null=True, on_delete=models.SET_NULL)
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    kind = models.CharField(max_length=20)  # table or transcript
    header = models.JSONField(default=list)  # the names of a table's columns
    columns = models.JSONField(default=dict)  # as ColumnChoice or SpeakerChoice writes it
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    refusal = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    rows_read = models.BigIntegerField(default=0)
    answers_read = models.BigIntegerField(default=0)
    answers_new = models.BigIntegerField(default=0)
    answers_changed = models.BigIntegerField(default=0)
    answers_same = models.BigIntegerField(default=0)
    answers_wrong = models.BigIntegerField(default=0)
    answers_blank = models.BigIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects: ClassVar[ImportQuerySet] = ImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "engagement_import"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(state__in=["reading", "ready"]),
                name="engagement_import_one_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    answers_read=models.F("answers_new")
                    + models.F("answers_changed")
                    + models.F("answers_same")
                    + models.F("answers_wrong")
                ),
                name="engagement_import_counts_add_up",
            ),
        ]

    class Privacy:
        personal = ("created_by_id", "file_name", "stored_name", "refusal", "columns")
        plain = (
            "id", "engagement", "basis", "source", "sha256", "bytes", "kind", "header", "language", "state",
            "notes", "rows_read", "answers_read", "answers_new", "answers_changed", "answers_same", "answers_wrong",
            "answers_blank", "job_id", "created_at", "confirmed_at",
        )  # fmt: skip


class StagedChange(models.Model):
    """Words that differ from those already here under the same id: which voice would take whose place."""

    id = models.BigAutoField(primary_key=True)
    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    old = models.ForeignKey("engagement.Voice", on_delete=models.CASCADE, related_name="+")
    new = models.OneToOneField("engagement.Voice", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "engagement_staged_change"
        constraints = [models.UniqueConstraint(fields=["of_import", "old"], name="engagement_change_once")]

    class Privacy:
        batch = ("of_import_id", "engagement_import", "confirmed_at")
        personal = ()
        plain = ("id", "of_import", "old", "new")


class ImportProblem(models.Model):
    """An answer that could not be read: where, what stood there, what would do.

    `import_key` is set where two rows of the file claim one id, so that a third is refused with them.
    """

    id = models.BigAutoField(primary_key=True)
    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveBigIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    cure = models.TextField()
    whole_row = models.JSONField(default=list)
    import_key = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "engagement_import_problem"
        ordering = ["row", "id"]
        indexes = [
            models.Index(
                fields=["of_import", "import_key"],
                condition=~models.Q(import_key=""),
                name="engagement_problem_key",
            )
        ]

    class Privacy:
        batch = ("of_import_id", "engagement_import", "confirmed_at")
        personal = ("value", "whole_row")
        plain = ("id", "of_import", "row", "column", "cure", "import_key")
