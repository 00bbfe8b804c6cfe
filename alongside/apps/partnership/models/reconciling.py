"""A ledger file of finance, and what each of its rows says about our payments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.partnership.models.payments import Payment


class ReconciliationFile(models.Model):
    """A finance file on its way: uploaded, its columns chosen, read, compared, confirmed or left."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("waits for its columns")
        READING = "reading", _("being read")
        READY = "ready", _("waits for your yes")
        REFUSED = "refused", _("could not be read")
        CONFIRMED = "confirmed", _("confirmed")
        LEFT = "left", _("left")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField()
    columns = models.JSONField(default=dict)  # what the columns mean, as they were chosen
    header = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    # How many rows were of each kind, as of reading; confirmed rows are counted then.
    matched = models.PositiveIntegerField(default=0)
    unmatched = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_reconciliation_file"
        ordering = ["-uploaded_at", "-id"]

    class Privacy:
        personal = ("uploaded_by_id",)
        plain = (
            "id", "file_name", "stored_name", "sha256", "bytes", "columns", "header", "notes", "state", "matched",
            "unmatched", "different", "already", "wrong", "job_id", "uploaded_at", "confirmed_at",
        )  # fmt: skip


class ReconciliationRow(models.Model):
    """One row of a finance file and what it was found to be.

    Rows that say who was paid are kept no longer than the comparison needs: a row about one of our payments holds
    only what differs, and the others go when the file is confirmed or left.
    """

    class Outcome(models.TextChoices):
        MATCHED = "matched", _("matched")
        DIFFERENT = "different", _("different")
        UNMATCHED = "unmatched", _("unmatched")
        ALREADY = "already", _("already reconciled")
        WRONG = "wrong", _("wrong")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(ReconciliationFile, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="ledger_rows")
    reference = models.CharField(max_length=60, blank=True)
    payee = models.CharField(max_length=200, blank=True)
    amount_pence = models.BigIntegerField(null=True)
    paid_on = models.DateField(null=True)
    column = models.CharField(max_length=200, blank=True)  # where it is wrong or different
    value = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=400, blank=True)  # what is wrong or different, and what would do
    cells = models.JSONField(default=list)  # the whole row as it was, for the download of wrong rows

    class Meta:
        db_table = "partnership_reconciliation_row"
        ordering = ["row", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="partnership_ledger_row_once"),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["matched", "different", "already"])
                | models.Q(payment__isnull=False),
                name="partnership_matched_row_has_its_payment",
            ),
        ]
        indexes = [models.Index(fields=["file", "outcome", "row"], name="partnership_ledger_outcome")]

    class Privacy:
        personal = ("payee", "value", "words", "cells")
        plain = ("id", "file", "row", "outcome", "payment", "reference", "amount_pence", "paid_on", "column")
