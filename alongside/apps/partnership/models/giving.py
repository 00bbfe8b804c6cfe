"""Grants other funders published, brought in from their files, and what was wrong with the others."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class GivingFile(models.Model):
    """A file of published grants on its way: being read, kept, or refused."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        KEPT = "kept", _("kept")
        REFUSED = "refused", _("could not be read")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=300)  # where it was published, and under which licence
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    refusal = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    grants_read = models.PositiveIntegerField(default=0)
    grants_new = models.PositiveIntegerField(default=0)
    grants_changed = models.PositiveIntegerField(default=0)
    grants_same = models.PositiveIntegerField(default=0)
    grants_wrong = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_giving_file"
        ordering = ["-uploaded_at", "-id"]

    class Privacy:
        personal = ("uploaded_by_id",)
        plain = (
            "id", "file_name", "stored_name", "sha256", "source", "state", "refusal", "notes", "grants_read",
            "grants_new", "grants_changed", "grants_same", "grants_wrong", "errors", "job_id", "uploaded_at",
        )  # fmt: skip


class PublishedGrantQuerySet(models.QuerySet["PublishedGrant"]):
    """Published grants a viewer may see: those who see relationships all, a group those to itself."""

    def for_viewer(self, viewer: Viewer) -> "PublishedGrantQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(recipient_id=viewer.partner_id)
        return self.none()


class PublishedGrant(models.Model):
    """One grant of another funder, as it was published; to a person it has no recipient, and no name is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(GivingFile, on_delete=models.PROTECT, related_name="grants")
    grant_id = models.CharField(max_length=200, unique=True)  # the publisher's own, such as "360G-ALWF-1978"
    row = models.PositiveIntegerField()
    title = models.TextField()
    description = models.TextField()
    currency = models.CharField(max_length=3)
    amount_pence = models.BigIntegerField()
    awarded_on = models.DateField()
    funder_identifier = models.CharField(max_length=200)
    funder_name = models.CharField(max_length=300)
    recipient_identifier = models.CharField(max_length=200, blank=True)
    recipient_name = models.CharField(max_length=300, blank=True)
    programme = models.TextField(blank=True)
    # The partner of ours it went to, by the number in an official list.
    recipient = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="published_grants"
    )

    objects: ClassVar[PublishedGrantQuerySet] = PublishedGrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_published_grant"
        ordering = ["-awarded_on", "-id"]
        indexes = [
            models.Index(fields=["-awarded_on", "-id"], name="partnership_grant_day"),
            models.Index(fields=["recipient", "-awarded_on"], name="partnership_grant_recipient"),
            models.Index(fields=["recipient_identifier"], name="partnership_grant_org_id"),
            models.Index(fields=["funder_name"], name="partnership_grant_funder"),
        ]

    class Privacy:
        personal = ()
        plain = (
            "id", "file", "grant_id", "row", "title", "description", "currency", "amount_pence", "awarded_on",
            "funder_identifier", "funder_name", "recipient_identifier", "recipient_name", "programme", "recipient",
        )  # fmt: skip


class GivingProblem(models.Model):
    """One thing that is wrong with one grant of a file, by place and reason; the grant itself is not kept."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(GivingFile, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    grant_id = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    cure = models.CharField(max_length=300)

    class Meta:
        db_table = "partnership_giving_problem"
        ordering = ["row", "id"]
        indexes = [models.Index(fields=["file", "row"], name="partnership_giving_problem_row")]

    class Privacy:
        personal = ("value",)
        plain = ("id", "file", "row", "grant_id", "field", "cure")
