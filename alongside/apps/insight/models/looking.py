"""A note on an insight that lost a quote, so that somebody looks again."""

from django.db import models

from alongside.apps.base.models import new_id


class LookAgain(models.Model):
    """Somebody took words back that an insight quoted; whoever looks at it again says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    insight = models.ForeignKey("insight.Insight", on_delete=models.CASCADE, related_name="looks_again")
    quotes = models.PositiveIntegerField()
    since = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "insight_look_again"
        ordering = ["since", "id"]
        indexes = [
            models.Index(
                fields=["insight"], condition=models.Q(looked_at=None), name="insight_look_again_open"
            )
        ]

    class Privacy:
        personal = ("looked_by_id",)
        plain = ("id", "insight", "quotes", "since", "looked_at")
