"""Rule sets: the rules of the field as dated content, every edition kept, and what a check found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class RuleSet(models.Model):
    """One edition of one set of rules, as its YAML text; never changed, only followed by another edition."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)  # such as "abpi-2024"
    title = models.CharField(max_length=200)
    edition = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    is_shipped = models.BooleanField(default=False)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "agreements_rule_set"
        ordering = ["name", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["name", "edition"], name="agreements_edition_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="agreements_rule_set_ends_after_it_begins",
            ),
        ]

    class Privacy:
        personal = ("added_by_id",)
        plain = (
            "id", "name", "title", "edition", "valid_from", "valid_to", "text", "text_sha256", "is_shipped",
            "added_at",
        )  # fmt: skip


class CheckResult(models.Model):
    """What one rule said about one thing at one time, with the edition it was read from.

    `subject_kind` and `subject_id` name the thing: an agreement, an event, a disclosure row. A new check adds rows.
    """

    class Outcome(models.TextChoices):
        PASS = "pass", _("in order")
        ASK = "ask", _("needs an answer")
        WARN = "warn", _("look at this")
        BLOCK = "block", _("in the way")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run_id = models.UUIDField(db_index=True)  # results of one run belong together
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="results")
    rule = models.CharField(max_length=60)
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    because = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "agreements_check_result"
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="agreements_check_of_subject")
        ]

    class Privacy:
        personal = ()
        plain = ("id", "run_id", "subject_kind", "subject_id", "rule_set", "rule", "outcome", "because", "at")


class RuleAnswer(models.Model):
    """A person's answer to a rule that asks or warns: why it may go on, for the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField(db_index=True)
    rule = models.CharField(max_length=60)
    words = models.TextField()
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "agreements_rule_answer"
        ordering = ["at"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "subject_kind", "subject_id", "rule", "words", "at")
