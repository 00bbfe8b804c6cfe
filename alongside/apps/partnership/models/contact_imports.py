"""Lists of contacts and of what happened, on their way in: read, looked at, brought in at once, taken out again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ContactImportQuerySet(models.QuerySet["ContactImport"]):
    """Imports a viewer may look at: those who keep relations."""

    def for_viewer(self, viewer: Viewer) -> "ContactImportQuerySet":
        return self if viewer.may("keep_relations") else self.none()


class ContactImport(models.Model):
    """One uploaded list and how far it is; new + changed + same + wrong = rows read."""

    class Kind(models.TextChoices):
        CONTACTS = "contacts", _("organisations and contacts")
        HISTORY = "history", _("what happened with them")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        READING = "reading", _("being read")
        READY = "ready", _("ready to confirm")
        REFUSED = "refused", _("could not be read")
        BRINGING = "bringing", _("being brought in")
        CONFIRMED = "confirmed", _("brought in")
        LEFT = "left", _("left out")
        TAKEN_OUT = "taken_out", _("taken out again")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # as ListColumns writes it
    # What to do with an organisation that is not here: its folded name → "add", "leave" or the id of one that is.
    decisions = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    refusal = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    rows_read = models.BigIntegerField(default=0)
    rows_new = models.BigIntegerField(default=0)
    rows_changed = models.BigIntegerField(default=0)
    rows_same = models.BigIntegerField(default=0)
    rows_wrong = models.BigIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    taken_out_at = models.DateTimeField(null=True)

    objects: ClassVar[ContactImportQuerySet] = ContactImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_contact_import"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rows_read=models.F("rows_new")
                    + models.F("rows_changed")
                    + models.F("rows_same")
                    + models.F("rows_wrong")
                ),
                name="partnership_import_counts_add_up",
            )
        ]
        indexes = [models.Index(fields=["-created_at"], name="partnership_import_newest")]

    class Privacy:
        personal = (
            "created_by_id",
            "file_name",
            "stored_name",
            "refusal",
            "header",
            "columns",
            "decisions",
            "notes",
        )
        plain = (
            "id", "kind", "sha256", "bytes", "state", "rows_read", "rows_new", "rows_changed", "rows_same",
            "rows_wrong", "job_id", "created_at", "confirmed_at", "taken_out_at",
        )  # fmt: skip


class ContactImportRow(models.Model):
    """One row of a list as it was read: what would become of it, or which cell is wrong and what would do."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("the same as before")
        WRONG = "wrong", _("wrong")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveBigIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    said = models.JSONField(default=dict)  # what the row says, by meaning of its column
    organisation_id = models.UUIDField(null=True)  # the one that is here already
    target_id = models.UUIDField(null=True)  # the contact it would change
    changes = models.JSONField(default=list)  # names of what would change
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    cure = models.TextField(blank=True)
    whole_row = models.JSONField(default=list)

    class Meta:
        db_table = "partnership_contact_import_row"
        ordering = ["row", "id"]
        indexes = [
            models.Index(fields=["of_import", "verdict", "row"], name="partnership_import_row_verdict")
        ]

    class Privacy:
        batch = ("of_import_id", "partnership_contact_import", "confirmed_at")
        personal = ("said", "value", "whole_row")
        plain = (
            "id", "of_import", "row", "verdict", "organisation_id", "target_id", "changes", "column", "cure"
        )  # fmt: skip


class ContactImportEffect(models.Model):
    """One row of ours that an import made or changed, so that it can be undone: what stood there before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="effects")
    model = models.CharField(max_length=60)  # such as "partnership.contactperson"
    object_id = models.UUIDField()
    is_new = models.BooleanField()
    was = models.JSONField(default=dict)  # column → what stood there
    became = models.JSONField(default=dict)

    class Meta:
        db_table = "partnership_contact_import_effect"
        ordering = ["id"]
        indexes = [models.Index(fields=["object_id"], name="partnership_import_effect_on")]

    class Privacy:
        subject = "object_id"
        personal = ("was", "became")
        plain = ("id", "of_import", "model", "object_id", "is_new")
