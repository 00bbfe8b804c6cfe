"""The answer to "everything you hold about me": records under review, the sealed answer, and what was erased when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class RequestRecord(models.Model):
    """One record found for a request, locked until the answer is made: given, given in part, or held back.

    `locked` holds the record as it was found, `locked_given` the words that are given where some are covered.
    """

    class Decision(models.TextChoices):
        OPEN = "", _("not read yet")
        GIVE = "give", _("give")
        PART = "part", _("give, with parts covered")
        HOLD = "hold", _("hold back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey("people.DataRequest", on_delete=models.PROTECT, related_name="records")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=120)
    table = models.CharField(max_length=80)
    locked = models.BinaryField()
    locked_given = models.BinaryField(null=True)
    needs_review = models.BooleanField(default=False)
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    exemption = models.CharField(max_length=40, blank=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_request_record"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="people_request_record_once"),
            models.CheckConstraint(
                condition=~models.Q(decision="hold") | ~models.Q(exemption=""),
                name="people_held_back_names_its_exemption",
            ),
        ]

    class Privacy:
        personal = ("locked", "locked_given", "decided_by_id")
        plain = (
            "id",
            "request",
            "position",
            "place",
            "table",
            "needs_review",
            "decision",
            "exemption",
            "decided_at",
        )


class DataAnswer(models.Model):
    """The answer as it was made, sealed: its JSON under the request's own key, and its digest.

    `secret_sha256` opens it once, together with the person's code.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField("people.DataRequest", on_delete=models.PROTECT, related_name="answer")
    locked = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    records = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    available_until = models.DateField()
    secret_sha256 = models.CharField(max_length=64, blank=True)
    secret_tries_left = models.PositiveSmallIntegerField(default=0)
    delivered_by = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_data_answer"

    class Privacy:
        personal = ("locked", "made_by_id")
        plain = (
            "id", "request", "sha256", "records", "held_back", "made_at", "available_until", "secret_sha256",
            "secret_tries_left", "delivered_by", "delivered_at",
        )  # fmt: skip


class Erasure(models.Model):
    """That somebody was erased, or an engagement's words at the end of their time: ids and counts, no name.

    The same ids stand in the ledger beside the database, so that a restored backup can be cleared again.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("a person asked")
        RETENTION = "retention", _("the time was over")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    request = models.ForeignKey(
        "people.DataRequest", null=True, on_delete=models.PROTECT, related_name="erasures"
    )
    subjects = models.PositiveIntegerField()
    counts = models.JSONField(default=list)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_erasure"
        ordering = ["-at"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "kind", "request", "subjects", "counts", "at", "replayed_at")
