"""What somebody claims for work they did: the fee once, expenses line by line, checked by another person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models.services.offers import ServiceOffer


class ServiceClaimQuerySet(models.QuerySet["ServiceClaim"]):
    """Claims a viewer may see: those who deal with payments all that were sent, everybody else their own."""

    def for_viewer(self, viewer: Viewer) -> "ServiceClaimQuerySet":
        if viewer.may("see_payments"):
            return self.exclude(state="draft")
        return self.filter(offer__in=ServiceOffer.objects.for_viewer(viewer))


class ServiceClaim(models.Model):
    """One claim under one offer; several may follow each other, one at a time, and only one holds the fee."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being filled in")
        SENT = "sent", _("waiting to be checked")
        QUERIED = "queried", _("sent back with a question")
        CHECKED = "checked", _("checked")

    OPEN = (State.DRAFT, State.SENT, State.QUERIED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(ServiceOffer, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    fee_pence = models.BigIntegerField(null=True)  # the part of the fee they chose to be paid
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # when it was first sent: the days to pay count from here
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)
    question = models.TextField(blank=True)

    objects: ClassVar[ServiceClaimQuerySet] = ServiceClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_service_claim"
        ordering = ["begun_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=models.Q(state__in=["draft", "sent", "queried"]),
                name="partnership_one_open_claim",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=models.Q(fee_pence__isnull=False),
                name="partnership_fee_claimed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(fee_pence=None) | models.Q(fee_pence__gt=0),
                name="partnership_claimed_fee_is_above_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(sent_at__isnull=False),
                name="partnership_sent_claim_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="checked")
                | models.Q(checked_at__isnull=False, checked_by_id__isnull=False),
                name="partnership_checked_claim_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["state", "sent_at"], name="partnership_claim_state")]

    class Privacy:
        personal = ("checked_by_id", "question")
        plain = ("id", "offer", "state", "fee_pence", "begun_at", "sent_at", "checked_at")


class ExpenseLine(models.Model):
    """One thing somebody paid so that they could take part. Never a fee."""

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("travel")
        CARER = "carer", _("a carer, a sitter or child care")
        ACCESS = "access", _("support to take part, such as an interpreter")
        FOOD = "food", _("food and drink")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(ServiceClaim, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    happened_on = models.DateField()
    words = models.CharField(max_length=300)
    miles = models.PositiveIntegerField(null=True)  # where the amount is miles at a rate
    amount_pence = models.BigIntegerField()
    need_words = models.CharField(max_length=300, blank=True)  # which need a carer's cost was for
    is_need_withheld = models.BooleanField(default=False)  # they would rather not say
    has_receipt = models.BooleanField(default=False)
    is_receipt_seen = models.BooleanField(default=False)  # by whoever checked the claim
    added_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_expense_line"
        ordering = ["happened_on", "added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_pence__gt=0), name="partnership_expense_is_above_nothing"
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="partnership_expense_says_what_for"),
        ]

    class Privacy:
        personal = ("words", "need_words", "happened_on", "miles")
        plain = (
            "id", "claim", "kind", "amount_pence", "is_need_withheld", "has_receipt", "is_receipt_seen", "added_at",
        )  # fmt: skip
