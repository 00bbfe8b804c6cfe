"""Organisations: partners, and the one that runs this installation."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class Organisation(models.Model):
    """A partner, or the organisation that runs this installation."""

    class Kind(models.TextChoices):
        OWN = "own", _("our own organisation")
        PATIENT_GROUP = "patient_group", _("patient group")
        UMBRELLA = "umbrella", _("umbrella of patient groups")
        CARERS = "carers", _("carers’ organisation")
        NHS_BODY = "nhs_body", _("NHS body")
        CHARITY = "charity", _("charity")
        COMPANY = "company", _("company")
        PUBLIC_BODY = "public_body", _("public body")
        RESEARCH = "research", _("research group")

    # Whose funding is disclosed by name as a patient organisation's.
    PATIENT_KINDS = (Kind.PATIENT_GROUP, Kind.UMBRELLA, Kind.CARERS)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.TextField(blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    membership = models.PositiveIntegerField(null=True)
    nation = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, default="GB")
    website = models.URLField(blank=True)
    independence_policy_url = models.URLField(blank=True)
    assured_on = models.DateField(null=True)  # the day somebody last checked that all of this is right
    is_public = models.BooleanField(
        default=True
    )  # may be named where partners are listed; the register always may
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(id=models.F("merged_into")), name="people_organisation_not_into_itself"
            )
        ]
        indexes = [models.Index(Lower("name"), name="people_organisation_lower_name")]

    class Privacy:
        personal = ()
        plain = (
            "id", "name", "kind", "purpose", "conditions", "reach", "membership", "nation", "country", "website",
            "independence_policy_url", "assured_on", "is_public", "merged_into", "ended_on", "created_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class OrganisationIdentifier(models.Model):
    """What an official list calls an organisation: the list's code, such as GB-CHC, and the number there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation_identifier"
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "number"], name="people_identifier_once"
            )
        ]
        indexes = [models.Index(fields=["scheme", "number"], name="people_identifier_number")]

    class Privacy:
        personal = ()
        plain = ("id", "organisation", "scheme", "number", "added_at")


class OrganisationIncome(models.Model):
    """An organisation's whole income in one of its financial years, and where that figure was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incomes")
    year_ends_on = models.DateField()
    amount_pence = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    source = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation_income"
        ordering = ["-year_ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year_ends_on"], name="people_one_income_a_year"),
            models.CheckConstraint(
                condition=models.Q(amount_pence__gte=0), name="people_income_is_not_negative"
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "organisation", "year_ends_on", "amount_pence", "currency", "source", "added_at")
