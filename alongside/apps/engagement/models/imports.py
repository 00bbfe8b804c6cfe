"""A file on its way in: parsed into staging in chunks, looked at, then confirmed in one transaction or left."""

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.engagement.models.speakers import Facts


class ColumnMapping(models.Model):
    """How a file's columns were understood last time, found again by the digest of its header."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    header_sha256 = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()  # {"text": "answer", "person": "person", …}
    saved_by_id = models.UUIDField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_column_mapping"

    class Privacy:
        personal = ("saved_by_id",)
        plain = ("id", "header_sha256", "columns", "saved_at")


class Import(models.Model):
    """One uploaded file and how far it is."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "uploaded"
        MAPPED = "mapped", "columns chosen"
        READING = "reading", "being read"
        READY = "ready", "ready to confirm"
        REFUSED = "refused", "could not be read"
        CONFIRMED = "confirmed", "brought in"
        LEFT = "left", "left out"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.PROTECT, related_name="imports")
    basis = models.ForeignKey("people.Basis", null=True, on_delete=models.PROTECT)
    source = models.ForeignKey("engagement.Source", null=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    kind = models.CharField(max_length=20)  # table or transcript
    columns = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    refusal = models.TextField(blank=True)
    rows_read = models.BigIntegerField(default=0)
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_same = models.BigIntegerField(default=0)
    rows_wrong = models.BigIntegerField(default=0)
    rows_blank = models.BigIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_import"
        ordering = ["-created_at"]

    class Privacy:
        personal = ("created_by_id", "file_name", "stored_name", "refusal")
        plain = (
            "id", "engagement", "basis", "source", "sha256", "bytes", "kind", "columns", "language", "state",
            "rows_read", "rows_new", "rows_changed", "rows_same", "rows_wrong", "rows_blank", "job_id", "created_at",
            "confirmed_at",
        )  # fmt: skip


class StagedVoice(Facts):
    """One read row before it is confirmed; deleted when the import is confirmed or left."""

    id = models.BigAutoField(primary_key=True)
    voice_id = models.UUIDField(default=new_id)
    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged")
    verdict = models.CharField(max_length=10)  # new, changed, same
    text = models.TextField(blank=True)
    question = models.CharField(max_length=300, blank=True)
    service = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    said_on = models.DateField(null=True)
    is_blank = models.BooleanField(default=False)
    is_moderator = models.BooleanField(default=False)
    external_id = models.CharField(max_length=200, blank=True)
    import_key = models.CharField(max_length=64)
    person_key = models.CharField(max_length=200, blank=True)
    pseudonym = models.CharField(max_length=80, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    place_row = models.PositiveIntegerField(null=True)
    place_column = models.CharField(max_length=200, blank=True)
    place_turn = models.PositiveIntegerField(null=True)
    place_start = models.PositiveIntegerField(null=True)
    place_end = models.PositiveIntegerField(null=True)
    starts_ms = models.PositiveIntegerField(null=True)
    ends_ms = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "engagement_staged_voice"

    class Privacy:
        personal = (
            "text", "external_id", "person_key", "pseudonym", "contact_name", "contact_email", "said_on", "service",
            *Facts.NAMES,
        )  # fmt: skip
        plain = (
            "id", "voice_id", "of_import", "verdict", "question", "language", "is_blank", "is_moderator", "import_key",
            "place_row", "place_column", "place_turn", "place_start", "place_end", "starts_ms", "ends_ms",
        )  # fmt: skip


class ImportProblem(models.Model):
    """A row that could not be read: where, what stood there, what would do."""

    id = models.BigAutoField(primary_key=True)
    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveBigIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    cure = models.TextField()
    whole_row = models.JSONField(default=list)

    class Meta:
        db_table = "engagement_import_problem"
        ordering = ["row", "id"]

    class Privacy:
        personal = ("value", "whole_row")
        plain = ("id", "of_import", "row", "column", "cure")
