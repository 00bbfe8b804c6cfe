"""An insight: a statement a person stands behind, with its evidence and its limits."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class InsightQuerySet(models.QuerySet["Insight"]):
    """Insights a viewer may see."""

    def for_viewer(self, viewer: Viewer) -> "InsightQuerySet":
        if not viewer.may("see_insights"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(
            models.Q(themes__engagement__access__person_id=viewer.own_id)
            | models.Q(vouchers__person_id=viewer.own_id)
        ).distinct()


class Insight(models.Model):
    """A statement of one of four kinds; a draft until somebody stands behind it."""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", "experience"
        WISH = "wish", "wish"
        PRIORITY = "priority", "priority"
        NEED = "need", "need"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        STANDS = "stands", "somebody stands behind it"
        RETIRED = "retired", "no longer stands"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    statement = models.CharField(max_length=400)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    limits = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    retired_because = models.TextField(blank=True)
    themes = models.ManyToManyField(
        "insight.Theme", related_name="insights", db_table="insight_insight_theme"
    )
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[InsightQuerySet] = InsightQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "insight_insight"
        ordering = ["-changed_at"]

    class Privacy:
        personal = ("created_by_id",)
        plain = (
            "id", "statement", "kind", "limits", "state", "retired_because", "themes", "created_at", "changed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.statement


class Evidence(models.Model):
    """What an insight stands on: a verbatim quote with its place, a number with its definition, or ratings."""

    class Kind(models.TextChoices):
        QUOTE = "quote", "quote"
        NUMBER = "number", "number"
        RATING = "rating", "ratings"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveIntegerField(default=0)
    voice = models.ForeignKey("engagement.Voice", null=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField(null=True)
    definition = models.TextField(blank=True)
    source_note = models.CharField(max_length=300, blank=True)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "insight_evidence"
        ordering = ["position", "added_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="quote")
                | models.Q(voice__isnull=False, start__isnull=False, end__gt=models.F("start")),
                name="insight_quote_has_its_place",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="quote") | models.Q(value__isnull=False) & ~models.Q(definition=""),
                name="insight_number_has_its_definition",
            ),
        ]

    class Privacy:
        personal = ("voice", "added_by_id")
        plain = (
            "id", "insight", "kind", "position", "start", "end", "value", "low", "high", "unit", "people", "definition",
            "source_note", "added_at",
        )  # fmt: skip


class InsightVoucher(models.Model):
    """Somebody who stands behind an insight, as staff or as a patient who co-owns it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="vouchers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    as_patient = models.BooleanField(default=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "insight_voucher"
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "person"], condition=models.Q(ended_at=None), name="insight_vouched_once"
            )
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person", "as_patient")
        plain = ("id", "insight", "since", "ended_at")


class PatientConfirmation(models.Model):
    """A patient says whether the insight says what patients meant; a new answer takes the old one's place."""

    class Answer(models.TextChoices):
        YES = "yes", "yes, this is what we meant"
        PARTLY = "partly", "partly"
        NO = "no", "no, this is not what we meant"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "insight_patient_confirmation"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["insight", "person"], name="insight_one_answer_a_patient")
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person", "note")
        plain = ("id", "insight", "answer", "at")
