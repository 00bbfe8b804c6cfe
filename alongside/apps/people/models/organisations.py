"""Organisations: partners, and the one that runs this installation."""

from django.db import models

from alongside.apps.base.models import new_id


class Organisation(models.Model):
    """A partner, or the organisation that runs this installation."""

    class Kind(models.TextChoices):
        OWN = "own", "our own organisation"
        PATIENT_GROUP = "patient_group", "patient group"
        NHS_BODY = "nhs_body", "NHS body"
        CHARITY = "charity", "charity"
        COMPANY = "company", "company"
        RESEARCH = "research", "research group"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.TextField(blank=True)
    reach = models.CharField(max_length=200, blank=True)
    nation = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation"
        ordering = ["name"]

    class Privacy:
        personal = ()
        plain = ("id", "name", "kind", "purpose", "reach", "nation", "website", "created_at")
