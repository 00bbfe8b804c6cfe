"""Joint projects: what partners and we do together, who brings what, what came of it, and what the public reads."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ProjectQuerySet(models.QuerySet["JointProject"]):
    """Projects a viewer may see: the team all, a group its own from co-design on."""

    def for_viewer(self, viewer: Viewer) -> "ProjectQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            mine = JointProject.partners.through.objects.filter(organisation_id=viewer.partner_id)
            return self.filter(id__in=mine.values("jointproject_id")).exclude(state="idea")
        return self.none()

    def that_are_public(self) -> "ProjectQuerySet":
        """Return the projects whose summary anybody may read."""
        return self.filter(published_at__isnull=False)


class JointProject(models.Model):
    """One joint project. Its public summary has its own words; it stays public once it was."""

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        CO_DESIGN = "co_design", _("designed together")
        AGREED = "agreed", _("agreed")
        PUBLISHED = "published", _("summary published")
        RUNNING = "running", _("running")
        EVALUATING = "evaluating", _("evaluating")
        SHARED = "shared", _("results shared")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IDEA)
    about = models.TextField(blank=True)
    patient_benefit = models.TextField()
    risks = models.TextField(blank=True)
    way_out = models.TextField(blank=True)  # how either side can end it
    starts_on = models.DateField()
    ends_on = models.DateField()
    partners = models.ManyToManyField(
        "people.Organisation", related_name="+", db_table="partnership_project_partner"
    )
    insights = models.ManyToManyField(
        "insight.Insight", related_name="+", db_table="partnership_project_insight"
    )
    actions = models.ManyToManyField(
        "actions.Action", related_name="+", db_table="partnership_project_action"
    )
    lead_id = models.UUIDField()
    summary = models.TextField(blank=True)  # what the public reads
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_project"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="partnership_project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "running", "evaluating", "shared"])
                | models.Q(published_at__isnull=False),
                name="partnership_project_runs_in_the_open",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | ~models.Q(summary=""),
                name="partnership_public_summary_has_words",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="partnership_project_state"),
            models.Index(fields=["-published_at"], name="partnership_project_public"),
        ]

    class Privacy:
        personal = ("lead_id", "published_by_id", "created_by_id")
        plain = (
            "id", "title", "state", "about", "patient_benefit", "risks", "way_out", "starts_on", "ends_on",
            "partners", "insights", "actions", "summary", "published_at", "created_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class ProjectAim(models.Model):
    """One shared aim; it is shared once each side has agreed to these words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="aims")
    words = models.CharField(max_length=500)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_project_aim"
        ordering = ["added_at", "id"]

    class Privacy:
        personal = ()
        plain = ("id", "project", "words", "added_at")


class AimAgreement(models.Model):
    """One side agreed to one aim: a partner, or we, where no organisation is named."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aim = models.ForeignKey(ProjectAim, on_delete=models.CASCADE, related_name="agreements")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_aim_agreement"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aim", "organisation"], name="partnership_partner_agrees_once"),
            models.UniqueConstraint(
                fields=["aim"], condition=models.Q(organisation=None), name="partnership_we_agree_once"
            ),
        ]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "aim", "organisation", "at")


class ProjectContribution(models.Model):
    """What one side brings: money, time or something in kind. What has no value stays without one."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        TIME = "time", _("time")
        IN_KIND = "in_kind", _("in kind")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="contributions")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.CharField(max_length=300)
    amount_pence = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="GBP")
    hours = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "partnership_project_contribution"
        ordering = ["organisation_id", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_pence=None) | models.Q(amount_pence__gt=0),
                name="partnership_contribution_never_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="money") | models.Q(amount_pence__isnull=False),
                name="partnership_money_says_how_much",
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "project", "organisation", "kind", "words", "amount_pence", "currency", "hours")


class ProjectMeasure(models.Model):
    """One outcome and how it is measured: where it stood, where it should go, where it came out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="measures")
    outcome = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    baseline = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200)
    result = models.CharField(max_length=300, blank=True)
    result_on = models.DateField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_project_measure"
        ordering = ["added_at", "id"]

    class Privacy:
        personal = ()
        plain = (
            "id",
            "project",
            "outcome",
            "measure",
            "baseline",
            "target",
            "result",
            "result_on",
            "added_at",
        )


class ProjectMeeting(models.Model):
    """One meeting of those who steer a project."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(JointProject, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    notes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_project_meeting"
        ordering = ["-held_on", "-id"]

    class Privacy:
        personal = ("notes", "decisions", "written_by_id")
        plain = ("id", "project", "held_on", "written_at")


class ProjectEvaluation(models.Model):
    """What working together did, under the five headings of the short form of GRIPP2."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.OneToOneField(JointProject, on_delete=models.PROTECT, related_name="evaluation")
    aim = models.TextField(blank=True)
    methods = models.TextField(blank=True)
    results = models.TextField(blank=True)
    negative_results = models.TextField(blank=True)
    influence = models.TextField(blank=True)
    reflections = models.TextField(blank=True)
    written_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_project_evaluation"

    class Privacy:
        personal = ("written_by_id",)
        plain = (
            "id", "project", "aim", "methods", "results", "negative_results", "influence", "reflections",
            "changed_at",
        )  # fmt: skip


class ProjectChange(models.Model):
    """One step in a project's life, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(JointProject, on_delete=models.PROTECT, related_name="changes")
    was = models.CharField(max_length=10, blank=True)
    became = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_project_change"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "project", "was", "became", "words", "at")
