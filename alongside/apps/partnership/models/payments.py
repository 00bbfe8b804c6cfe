"""Payments: what was paid or given to whom, under which agreement, asked for by one and approved by another."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments a viewer may see: those who deal with money all, a group its own, a person their own."""

    def for_viewer(self, viewer: Viewer) -> "PaymentQuerySet":
        if viewer.may("see_payments"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        if viewer.is_known and viewer.may("take_paid_work"):
            return self.filter(person_id=viewer.own_id)
        return self.none()


class Payment(models.Model):
    """One payment or one thing given in kind, to exactly one organisation or one person.

    Fee and expenses are different payments. Something in kind may have no value; then its description says what it
    was, and nobody writes £0. `source_kind` and `source_id` name what it came from: a funding request, an offer, a
    claim, an event. `request_key` is drawn when the form is shown, so that a form sent twice pays once. No bank
    details, ever: finance holds them; `finance_reference` is theirs.
    """

    class Category(models.TextChoices):
        DONATION = "donation", _("donation")
        GRANT = "grant", _("grant")
        SPONSORSHIP = "sponsorship", _("sponsorship")
        FEE = "fee", _("fee for a service")
        EXPENSE = "expense", _("expenses")
        MEMBERSHIP = "membership", _("membership")
        JOINT = "joint", _("joint working")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED_ONCE = "approved_once", _("approved, waiting for a second person")
        APPROVED = "approved", _("approved")
        PAID = "paid", _("paid")
        QUERIED = "queried", _("sent back with a question")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    class Vat(models.TextChoices):
        NONE = "none", _("no VAT")
        INCLUDED = "included", _("VAT included")
        EXCLUDED = "excluded", _("VAT on top")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # such as "PAY-2026-00042"; finance quotes it
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="payments")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="payments"
    )
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="payments")
    category = models.CharField(max_length=12, choices=Category.choices)
    is_in_kind = models.BooleanField(default=False)
    amount_pence = models.BigIntegerField(null=True)  # what is paid in all, or the value of what is given
    currency = models.CharField(max_length=3, default="GBP")
    vat = models.CharField(max_length=8, choices=Vat.choices, default=Vat.NONE)
    vat_pence = models.BigIntegerField(default=0)
    description = models.TextField()
    is_event_related = models.BooleanField(default=False)
    affiliate = models.CharField(max_length=200, blank=True)  # the part of our organisation abroad that paid
    # What was disclosed about it is chosen by how somebody spoke, so it is kept here as it was then.
    capacity = models.CharField(max_length=14)
    source_kind = models.CharField(max_length=20, blank=True)
    source_id = models.UUIDField(null=True)
    request_key = models.UUIDField(unique=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.ASKED)
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    finance_reference = models.CharField(max_length=60, blank=True)
    asked_by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    claimed_on = models.DateField(null=True)  # when the payee asked for it, where they did before us
    first_approved_by_id = models.UUIDField(null=True)
    first_approved_at = models.DateTimeField(null=True)
    second_approved_by_id = models.UUIDField(null=True)
    second_approved_at = models.DateTimeField(null=True)
    paid_by_id = models.UUIDField(null=True)
    # From the claim, or else from asking, to the day it was paid; kept so that a year's pace is one quick count.
    days_to_pay = models.PositiveIntegerField(null=True)

    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_payment"
        ordering = ["-due_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(organisation__isnull=True, person__isnull=False),
                name="partnership_one_payee",
            ),
            models.CheckConstraint(
                condition=~models.Q(person__isnull=False)
                | (
                    models.Q(capacity="themselves")
                    & models.Q(category__in=["fee", "expense"])
                    & models.Q(is_in_kind=False)
                ),
                name="partnership_people_get_fees_and_expenses_only",
            ),
            models.CheckConstraint(
                condition=models.Q(is_in_kind=True) | models.Q(amount_pence__isnull=False),
                name="partnership_money_has_its_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_pence=None) | models.Q(amount_pence__gt=0),
                name="partnership_amount_is_above_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(description=""), name="partnership_payment_says_what_for"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="paid") | models.Q(paid_on__isnull=False),
                name="partnership_paid_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(first_approved_by_id=None)
                | ~models.Q(first_approved_by_id=models.F("second_approved_by_id")),
                name="partnership_two_people_approve",
            ),
            models.CheckConstraint(
                condition=models.Q(first_approved_by_id=None)
                | ~models.Q(first_approved_by_id=models.F("asked_by_id")),
                name="partnership_nobody_approves_what_they_asked_for",
            ),
            models.CheckConstraint(
                condition=models.Q(second_approved_by_id=None)
                | ~models.Q(second_approved_by_id=models.F("asked_by_id")),
                name="partnership_nobody_seconds_what_they_asked_for",
            ),
            models.CheckConstraint(
                condition=models.Q(vat_pence__gte=0), name="partnership_vat_is_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-paid_on"], name="partnership_pay_organisation"),
            models.Index(fields=["organisation", "state", "paid_on"], name="partnership_pay_given"),
            # What everybody was given and how fast is summed from the index alone.
            models.Index(
                fields=["state", "paid_on", "organisation", "currency", "amount_pence", "days_to_pay"],
                name="partnership_pay_sums",
            ),
            models.Index(fields=["state", "due_on"], name="partnership_pay_state"),
            models.Index(fields=["paid_on"], name="partnership_pay_day"),
            models.Index(fields=["-due_on", "-id"], name="partnership_pay_due"),
            models.Index(fields=["finance_reference"], name="partnership_pay_finance_ref"),
            models.Index(fields=["source_kind", "source_id"], name="partnership_pay_source"),
        ]

    class Privacy:
        subject = "person_id"
        personal = (
            "person", "description", "asked_by_id", "first_approved_by_id", "second_approved_by_id", "paid_by_id",
        )  # fmt: skip
        plain = (
            "id", "reference", "agreement", "organisation", "category", "is_in_kind", "amount_pence", "currency",
            "vat", "vat_pence", "is_event_related", "affiliate", "capacity", "source_kind", "source_id",
            "request_key", "state", "due_on", "paid_on", "finance_reference", "asked_at", "claimed_on",
            "first_approved_at", "second_approved_at", "days_to_pay",
        )  # fmt: skip


class PaymentEvent(models.Model):
    """One step in a payment's life, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    was = models.CharField(max_length=14, blank=True)
    became = models.CharField(max_length=14)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_payment_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("words", "by_id")
        plain = ("id", "payment", "was", "became", "at")


class PaymentNumber(models.Model):
    """The last number drawn in a year; the row is held while one is drawn, so that none is lost or drawn twice."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "partnership_payment_number"

    class Privacy:
        personal = ()
        plain = ("year", "last")
