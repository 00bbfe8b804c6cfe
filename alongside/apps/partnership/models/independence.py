"""What shows that a group stays its own: the hands-off checklist, its word on it, its other funders."""

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.partnership.models.funding import FundingRequest


class HandsOff(models.Model):
    """One filling in of the hands-off checklist for one request; a later one stands beside it, none is changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="hands_off")
    edition = models.PositiveIntegerField()  # of content/funding/hands-off.yaml
    filled_by_id = models.UUIDField(null=True)
    filled_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_hands_off"
        ordering = ["filled_at", "id"]

    class Privacy:
        personal = ("filled_by_id",)
        plain = ("id", "request", "edition", "filled_at")


class HandsOffAnswer(models.Model):
    """What the team says about one line of the checklist; where it does not hold, the words say why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hands_off = models.ForeignKey(HandsOff, on_delete=models.PROTECT, related_name="answers")
    line = models.CharField(max_length=60)
    holds = models.BooleanField()
    words = models.TextField(blank=True)

    class Meta:
        db_table = "partnership_hands_off_answer"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["hands_off", "line"], name="partnership_one_answer_a_line"),
            models.CheckConstraint(
                condition=models.Q(holds=True) | ~models.Q(words=""),
                name="partnership_what_does_not_hold_says_why",
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "hands_off", "line", "holds", "words")


class HandsOffReply(models.Model):
    """The group's own word on a filled checklist: this is how it is, or this is not how it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hands_off = models.ForeignKey(HandsOff, on_delete=models.PROTECT, related_name="replies")
    agrees = models.BooleanField()
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_hands_off_reply"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(words=""),
                name="partnership_disagreement_says_what",
            )
        ]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "hands_off", "agrees", "words", "at")


class OtherFunder(models.Model):
    """Somebody else who gave to a group in one of its financial years, and where that was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="other_funders"
    )
    name = models.CharField(max_length=200)
    year = models.PositiveIntegerField()  # in which the group's financial year ends
    amount_pence = models.BigIntegerField(null=True)  # empty: known to give, not how much
    currency = models.CharField(max_length=3, default="GBP")
    source = models.CharField(max_length=300)
    is_from_group = models.BooleanField(default=False)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_other_funder"
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "name"], name="partnership_other_funder_once_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_pence=None) | models.Q(amount_pence__gt=0),
                name="partnership_other_funder_gives_something",
            ),
        ]

    class Privacy:
        personal = ("added_by_id",)
        plain = (
            "id", "organisation", "name", "year", "amount_pence", "currency", "source", "is_from_group", "added_at"
        )  # fmt: skip
