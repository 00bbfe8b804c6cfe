"""What a team needs from people, written down and approved before anybody is chosen."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ServiceNeedQuerySet(models.QuerySet["ServiceNeed"]):
    """Needs a viewer may see: those who deal with paid work, and nobody else."""

    def for_viewer(self, viewer: Viewer) -> "ServiceNeedQuerySet":
        return self if viewer.may("see_payments") else self.none()


class ServiceNeed(models.Model):
    """One legitimate need: what, why, by which criteria people are chosen, by whom, and how many at most."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        APPROVED = "approved", _("approved")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # such as "NE-2026-0003"
    title = models.CharField(max_length=200)
    what = models.TextField()
    why = models.TextField()
    criteria = models.TextField()
    selector = models.TextField()  # who chooses, and why they can
    most_people = models.PositiveSmallIntegerField()
    engagement_id = models.UUIDField(null=True)  # the engagement it is for, if any
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    author_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    approved_by_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    use_made = models.TextField(blank=True)  # what the work was used for, written when it closes
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[ServiceNeedQuerySet] = ServiceNeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_service_need"
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_people__gt=0), name="partnership_need_is_for_somebody"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="partnership_approved_need_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None) | ~models.Q(approved_by_id=models.F("author_id")),
                name="partnership_nobody_approves_their_own_need",
            ),
        ]
        indexes = [models.Index(fields=["-written_at", "-id"], name="partnership_need_order")]

    class Privacy:
        personal = ("selector", "author_id", "approved_by_id")
        plain = (
            "id", "reference", "title", "what", "why", "criteria", "most_people", "engagement_id", "state",
            "written_at", "approved_at", "use_made", "closed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ServiceNumber(models.Model):
    """The last number drawn for references that begin alike; its row is held while one is drawn."""

    prefix = models.CharField(max_length=12, primary_key=True)  # such as "OF-2026"
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "partnership_service_number"

    class Privacy:
        personal = ()
        plain = ("prefix", "last")
