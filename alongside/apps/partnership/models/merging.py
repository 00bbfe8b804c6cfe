"""Two rows that are one: what a machine proposes, what a person decides, and what a merge moved, row by row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class MergeKind(models.TextChoices):
    ORGANISATION = "organisation", _("organisation")
    CONTACT = "contact", _("contact")


class DuplicateProposal(models.Model):
    """Two rows that may be one, as a machine found them; each look throws the last one's away."""

    class Why(models.TextChoices):
        IDENTIFIER = "identifier", _("the same official number")
        EMAIL = "email", _("the same e-mail address")
        NAME = "name", _("nearly the same name")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=MergeKind.choices)
    first_id = models.UUIDField()  # the smaller of the two ids
    second_id = models.UUIDField()
    why = models.CharField(max_length=10, choices=Why.choices)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_duplicate_proposal"
        ordering = ["kind", "why", "first_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first_id", "second_id"], name="partnership_proposed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first_id__lt=models.F("second_id")), name="partnership_proposal_in_order"
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "kind", "first_id", "second_id", "why", "found_at")


class TwoAfterAll(models.Model):
    """A person decided that two rows are not one; they are not proposed again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=MergeKind.choices)
    first_id = models.UUIDField()
    second_id = models.UUIDField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_two_after_all"
        constraints = [
            models.UniqueConstraint(fields=["kind", "first_id", "second_id"], name="partnership_two_once")
        ]

    class Privacy:
        personal = ("decided_by_id",)
        plain = ("id", "kind", "first_id", "second_id", "decided_at")


class Merge(models.Model):
    """A person decided that two rows are one: the merged row stays and points to the kept one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=MergeKind.choices)
    kept_id = models.UUIDField()
    merged_id = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True)
    left_behind = models.PositiveIntegerField(
        default=0
    )  # rows the kept one has already; they stay where they were
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    undone_by_id = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_merge"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged_id"], condition=models.Q(undone_at=None), name="partnership_merged_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kept_id=models.F("merged_id")), name="partnership_merge_of_two"
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="partnership_merge_newest")]

    class Privacy:
        personal = ("by_id", "undone_by_id")
        plain = (
            "id", "kind", "kept_id", "merged_id", "reason", "left_behind", "at", "undone_at"
        )  # fmt: skip


class MergedValue(models.Model):
    """One column of one row that a merge changed. Never words: an id, yes or no, or that an empty place was filled."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=60)  # such as "actions.action_partners"
    row_id = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    was = models.CharField(max_length=40)
    became = models.CharField(max_length=40)
    is_filled = models.BooleanField(
        default=False
    )  # was empty; became what stands in that column of the merged row

    class Meta:
        db_table = "partnership_merged_value"
        ordering = ["merge", "position"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "position"], name="partnership_merged_value_once")
        ]

    class Privacy:
        personal = ()
        plain = ("id", "merge", "position", "model", "row_id", "column", "was", "became", "is_filled")
