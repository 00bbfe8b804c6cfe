"""Until when an engagement's words are kept, and what happened when that day came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class RetentionDate(models.Model):
    """A day that somebody set, with the reason; the latest line counts. Without one the house's own years count."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", on_delete=models.PROTECT, related_name="retention_dates"
    )
    keep_until = models.DateField()
    reason = models.TextField()
    set_by_id = models.UUIDField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_retention_date"
        ordering = ["-set_at", "-id"]

    class Privacy:
        personal = ("set_by_id",)
        plain = ("id", "engagement", "keep_until", "reason", "set_at")


class EngagementDeletion(models.Model):
    """One engagement whose time is over: what would go, who said yes or not yet, and what went."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waits for a person")
        POSTPONED = "postponed", _("kept longer")
        CONFIRMED = "confirmed", _("confirmed, being deleted")
        DONE = "done", _("deleted")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", on_delete=models.PROTECT, related_name="deletions"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    due_on = models.DateField()
    counts = models.JSONField(default=dict)  # table to rows, as previewed
    effects = models.JSONField(default=list)  # pairs of words and a number: what loses its quotes
    previewed_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    job_id = models.UUIDField(null=True)
    deleted_counts = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_deletion"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"],
                condition=models.Q(state__in=["previewed", "confirmed"]),
                name="engagement_one_deletion_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(state="previewed", decided_at=None)
                | (~models.Q(state="previewed") & models.Q(decided_at__isnull=False)),
                name="engagement_a_deletion_is_decided_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("decided_by_id",)
        plain = (
            "id", "engagement", "state", "due_on", "counts", "effects", "previewed_at", "decided_at", "reason",
            "job_id", "deleted_counts", "done_at",
        )  # fmt: skip
