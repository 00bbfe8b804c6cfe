"""An engagement: whom we listened to, why, and what they were told."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class EngagementQuerySet(models.QuerySet["Engagement"]):
    """Engagements a viewer may see: staff see all, a patient partner those they were invited to."""

    def for_viewer(self, viewer: Viewer) -> "EngagementQuerySet":
        if not viewer.may("see_engagements"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(access__person_id=viewer.own_id)


class Engagement(models.Model):
    """A focus group, interview, survey, panel, review, co-design session or open listening."""

    class Kind(models.TextChoices):
        FOCUS_GROUP = "focus_group", "focus group"
        INTERVIEW = "interview", "interview"
        SURVEY = "survey", "survey"
        PANEL = "panel", "panel"
        REVIEW = "review", "review"
        CO_DESIGN = "co_design", "co-design session"
        HAVE_YOUR_SAY = "have_your_say", "Have your say"

    class Stage(models.TextChoices):
        PREVENTION = "prevention", _("prevention")
        FIRST_SIGNS = "first_signs", _("first signs and seeking help")
        DIAGNOSIS = "diagnosis", _("diagnosis")
        CHOOSING = "choosing", _("choosing a treatment")
        TREATMENT = "treatment", _("treatment")
        FOLLOW_UP = "follow_up", _("follow-up and living with it")
        RESEARCH = "research", _("taking part in research")
        END_OF_LIFE = "end_of_life", _("end of life")
        WHOLE = "whole", _("the whole pathway")

    class Nation(models.TextChoices):
        ENGLAND = "england", "England"
        SCOTLAND = "scotland", "Scotland"
        WALES = "wales", "Wales"
        NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
        UK = "uk", "the whole UK"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=160)
    purpose = models.TextField()
    condition = models.CharField(max_length=120, blank=True)
    pathway_stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    nation = models.CharField(max_length=20, choices=Nation.choices, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    run_by = models.CharField(max_length=160)
    told_participants = models.TextField()
    already_known = models.TextField(blank=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[EngagementQuerySet] = EngagementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "engagement_engagement"
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="engagement_ends_after_it_starts",
            )
        ]

    class Privacy:
        personal = ("created_by_id", "run_by")
        plain = (
            "id", "kind", "title", "purpose", "condition", "pathway_stage", "nation", "starts_on", "ends_on",
            "told_participants", "already_known", "created_at", "closed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class EngagementAccess(models.Model):
    """An invitation for a patient partner to see and decide in one engagement."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="access")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    given_by_id = models.UUIDField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_access"
        constraints = [
            models.UniqueConstraint(fields=["engagement", "person"], name="engagement_access_once")
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person", "given_by_id")
        plain = ("id", "engagement", "given_at")
