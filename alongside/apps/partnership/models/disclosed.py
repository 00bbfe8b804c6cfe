"""What a disclosure says: rows by organisation, sums for people, totals, the snapshot, corrections beside it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models.disclosures import Disclosure


class DisclosureCorrection(models.Model):
    """Something published was wrong: what is right stands in a row beside the old one, and here is why.

    Public once a second person approved it. `sha256` is over the correction and the one before it.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", _("an entry was wrong")
        ADDED = "added", _("an entry was missing")
        WITHDRAWN = "withdrawn", _("an entry should not be here")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveIntegerField(null=True)  # in the order they became public
    kind = models.CharField(max_length=9, choices=Kind.choices)
    corrects = models.ForeignKey(
        "partnership.DisclosureRow", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.TextField()
    made_by_id = models.UUIDField()
    made_at = models.DateTimeField()
    approved_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    refused_because = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "partnership_disclosure_correction"
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="partnership_correction_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="partnership_correction_says_why"),
            models.CheckConstraint(
                condition=models.Q(kind="added", corrects__isnull=True)
                | models.Q(kind__in=["changed", "withdrawn"], corrects__isnull=False),
                name="partnership_correction_names_its_row",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None) | ~models.Q(approved_by_id=models.F("made_by_id")),
                name="partnership_another_approves_correction",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | (models.Q(number__isnull=False) & models.Q(approved_by_id__isnull=False)),
                name="partnership_public_correction_is_whole",
            ),
        ]

    class Privacy:
        personal = ("made_by_id", "approved_by_id")
        plain = (
            "id", "disclosure", "number", "kind", "corrects", "reason", "made_at", "published_at", "refused_because",
            "sha256",
        )  # fmt: skip


class RowQuerySet(models.QuerySet["DisclosureRow"]):
    """Rows a viewer may see: the team all, an organisation its own once asked, everybody what is published."""

    def for_viewer(self, viewer: Viewer) -> "RowQuerySet":
        if viewer.may("see_disclosures"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            asked = models.Q(disclosure__checks_asked_at__isnull=False) | models.Q(
                disclosure__state__in=Disclosure.PUBLIC
            )
            return self.filter(asked, organisation_id=viewer.partner_id).standing()
        return self.public()

    def standing(self) -> "RowQuerySet":
        """Return rows without those of corrections that wait or were refused."""
        return self.filter(
            models.Q(correction=None)
            | models.Q(correction__number__isnull=False, correction__published_at__isnull=False)
        )

    def public(self) -> "RowQuerySet":
        """Return what everybody may read."""
        return self.filter(disclosure__state__in=Disclosure.PUBLIC).standing()


class DisclosureRow(models.Model):
    """One line about one organisation, as it is published; computed from payments, never typed.

    Once the year is published no row changes: a correction adds a row beside the old one. Something in kind
    without a value has no amount, never nought.
    """

    class List(models.TextChoices):
        ORGANISATIONS = "organisations", _("organisations")
        JOINT = "joint", _("joint working")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="rows")
    list = models.CharField(max_length=13, choices=List.choices)
    number = models.PositiveIntegerField()
    source_key = models.CharField(
        max_length=120
    )  # what it was computed from: a payment, or parts of an agreement
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=200)
    organisation_identifier = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=20)
    description = models.TextField()
    is_event_related = models.BooleanField()
    is_in_kind = models.BooleanField()
    amount_pence = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    vat = models.CharField(max_length=8)
    affiliate = models.CharField(max_length=200, blank=True)
    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    agreement_reference = models.CharField(max_length=20)
    agreement_title = models.CharField(max_length=200)
    agreed_on = models.DateField(null=True)
    paid_on = models.DateField()
    payments = models.PositiveIntegerField(default=1)
    correction = models.ForeignKey(
        DisclosureCorrection, null=True, on_delete=models.PROTECT, related_name="rows"
    )

    objects: ClassVar[RowQuerySet] = RowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_disclosure_row"
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "source_key"],
                condition=models.Q(correction=None),
                name="partnership_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(is_in_kind=True) | models.Q(amount_pence__isnull=False),
                name="partnership_row_has_its_amount",
            ),
            models.CheckConstraint(condition=~models.Q(description=""), name="partnership_row_says_what_for"),
        ]
        indexes = [
            models.Index(fields=["disclosure", "number", "id"], name="partnership_row_order"),
            models.Index(fields=["disclosure", "category", "number"], name="partnership_row_category"),
            models.Index(
                fields=["organisation", "disclosure", "number"], name="partnership_row_organisation"
            ),
        ]

    class Privacy:
        personal = ()
        plain = (
            "id", "disclosure", "list", "number", "source_key", "organisation", "organisation_name",
            "organisation_identifier", "country", "category", "description", "is_event_related", "is_in_kind",
            "amount_pence", "currency", "vat", "affiliate", "agreement", "agreement_reference", "agreement_title",
            "agreed_on", "paid_on", "payments", "correction",
        )  # fmt: skip


class DisclosurePeople(models.Model):
    """Fees and expenses of people who spoke for themselves, by broad group: exact here, protected as shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="people")
    group = models.CharField(max_length=40)
    individuals = models.PositiveIntegerField()
    fees_pence = models.BigIntegerField()
    expenses_pence = models.BigIntegerField()
    services = models.TextField(blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    shown_individuals = models.CharField(max_length=40)
    shown_fees_pence = models.BigIntegerField(null=True)
    shown_expenses_pence = models.BigIntegerField(null=True)

    class Meta:
        db_table = "partnership_disclosure_people"
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "group", "currency"], name="partnership_group_once")
        ]

    class Privacy:
        personal = ()
        plain = (
            "id", "disclosure", "group", "individuals", "fees_pence", "expenses_pence", "services", "currency",
            "shown_individuals", "shown_fees_pence", "shown_expenses_pence",
        )  # fmt: skip


class DisclosureTotal(models.Model):
    """A sum of a published year, kept so that nobody adds up the whole register to read one page of it.

    `after` is how many corrections it counts: 0 is the year as it was published.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="totals")
    after = models.PositiveIntegerField(default=0)
    list = models.CharField(max_length=13)
    category = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    rows = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    amount_pence = models.BigIntegerField()
    unvalued = models.PositiveIntegerField()

    class Meta:
        db_table = "partnership_disclosure_total"
        ordering = ["list", "category", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "after", "list", "category", "currency"],
                name="partnership_total_once",
            )
        ]

    class Privacy:
        personal = ()
        plain = (
            "id", "disclosure", "after", "list", "category", "currency", "rows", "organisations", "amount_pence",
            "unvalued",
        )  # fmt: skip


class DisclosureSnapshot(models.Model):
    """A year as it was published, as canonical JSON with its SHA-256: made once, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="snapshot")
    schema = models.CharField(max_length=40)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)  # what is in none of the lists: how many payments, and why
    made_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_disclosure_snapshot"

    class Privacy:
        personal = ()
        plain = (
            "id", "disclosure", "schema", "text", "sha256", "rows", "organisations", "left_out", "made_at"
        )  # fmt: skip
