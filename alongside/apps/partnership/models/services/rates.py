"""Rate cards: what a scheme pays for which kind of work, from when to when, and where that was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class RateScheme(models.Model):
    """Whose rates they are, such as NIHR; its cards follow each other and never overlap.

    A scheme is a row of its own so that two people who add cards at once meet here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_rate_scheme"
        ordering = ["name"]

    class Privacy:
        personal = ()
        plain = ("id", "name", "created_at")


class RateCard(models.Model):
    """The rates of one scheme between two days; without an end it holds until somebody ends it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scheme = models.ForeignKey(RateScheme, on_delete=models.PROTECT, related_name="cards")
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)  # where somebody can read it
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    is_shipped = models.BooleanField(default=False)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_rate_card"
        ordering = ["scheme__name", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="partnership_card_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["scheme"], condition=models.Q(valid_to=None), name="partnership_one_open_card"
            ),
        ]

    class Privacy:
        personal = ("added_by_id",)
        plain = ("id", "scheme", "title", "source", "valid_from", "valid_to", "is_shipped", "added_at")


class RateLine(models.Model):
    """One band of a card: which kind of work, how much, and whether the amount was read or worked out."""

    class Status(models.TextChoices):
        VERIFIED = "verified", _("read in the source")
        COMPUTED = "computed", _("worked out, to be checked")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=60)
    task = models.CharField(max_length=300)
    amount_pence = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.VERIFIED)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "partnership_rate_line"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "band"], name="partnership_band_once"),
            models.CheckConstraint(
                condition=models.Q(amount_pence__gt=0), name="partnership_rate_is_above_nothing"
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "card", "position", "band", "task", "amount_pence", "status", "note")
