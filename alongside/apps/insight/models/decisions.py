"""What people decided about themes: the log of decisions, and the state that follows from it."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes of engagements the viewer may see."""

    def for_viewer(self, viewer: Viewer) -> "ThemeQuerySet":
        if not viewer.may("see_themes"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(engagement__access__person_id=viewer.own_id)


class Theme(models.Model):
    """A group of voices about the same thing, as a person decided; it stays itself as new voices arrive."""

    class State(models.TextChoices):
        STANDS = "stands", "stands"
        MERGED = "merged", "merged into another"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.PROTECT, related_name="themes")
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    proposed_theme = models.ForeignKey(
        "insight.ProposedTheme", null=True, on_delete=models.PROTECT, related_name="themes"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.STANDS)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[ThemeQuerySet] = ThemeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "insight_theme"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into=None)),
                name="insight_merged_names_its_target",
            ),
            models.UniqueConstraint(
                fields=["proposed_theme"],
                condition=~models.Q(state="withdrawn") & models.Q(proposed_theme__isnull=False),
                name="insight_a_proposal_is_accepted_once",
            ),
        ]

    class Privacy:
        personal = ("created_by_id",)
        plain = (
            "id", "engagement", "name", "description", "keywords", "proposed_theme", "state", "merged_into",
            "created_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ThemeDecision(models.Model):
    """One decision by one person about themes, with its reason; undone by a later line, never deleted.

    `before` holds the names and insight links to give back; `PlacementChange` holds where the voices lay.
    `voices` counts the voices it placed or moved.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", "accepted"
        REJECT = "reject", "rejected"
        RENAME = "rename", "renamed"
        MERGE = "merge", "merged"
        SPLIT = "split", "split"
        MOVE = "move", "moved voices"
        UNDO = "undo", "undid"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", on_delete=models.PROTECT, related_name="theme_decisions"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    run = models.ForeignKey("insight.ThemeRun", null=True, on_delete=models.PROTECT)
    proposed_theme = models.ForeignKey(
        "insight.ProposedTheme", null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="decisions")
    other_theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    voices = models.PositiveIntegerField(default=0)
    by_id = models.UUIDField(null=True)
    by_role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "insight_theme_decision"
        ordering = ["-at", "-id"]

    class Privacy:
        personal = ("by_id", "reason")
        plain = (
            "id", "engagement", "kind", "run", "proposed_theme", "theme", "other_theme", "undoes", "before", "voices",
            "by_role", "at",
        )  # fmt: skip


class Placement(models.Model):
    """Where a voice lies now, by a person's decision.

    `is_individual` is true where the voice itself was read and moved.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.OneToOneField("engagement.Voice", on_delete=models.PROTECT, related_name="placement")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="placements")
    decision = models.ForeignKey(ThemeDecision, on_delete=models.PROTECT, related_name="placements")
    is_individual = models.BooleanField(default=False)

    class Meta:
        db_table = "insight_placement"

    class Privacy:
        personal = ("voice",)
        plain = ("id", "theme", "decision", "is_individual")


class PlacementChange(models.Model):
    """Where one voice lay before one decision, so that the decision can be undone and each voice has its history.

    `from_theme` is empty where the voice lay in no theme, `to_theme` where it was taken out of all.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(ThemeDecision, on_delete=models.PROTECT, related_name="changes")
    voice = models.ForeignKey("engagement.Voice", on_delete=models.PROTECT, related_name="+")
    from_theme = models.ForeignKey(
        Theme, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    from_decision = models.ForeignKey(
        ThemeDecision, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    from_individual = models.BooleanField(default=False)
    to_theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "insight_placement_change"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "voice"], name="insight_one_change_a_voice_a_decision"
            )
        ]

    class Privacy:
        personal = ("voice",)
        plain = ("id", "decision", "from_theme", "from_decision", "from_individual", "to_theme")


class Dissent(models.Model):
    """Somebody does not agree with a theme or an insight, and says why; it stays beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="dissents")
    insight = models.ForeignKey(
        "insight.Insight", null=True, on_delete=models.PROTECT, related_name="dissents"
    )
    reason = models.TextField()
    by_id = models.UUIDField()
    by_role = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "insight_dissent"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(theme__isnull=False, insight=None)
                | models.Q(theme=None, insight__isnull=False),
                name="insight_dissent_is_about_one_thing",
            )
        ]

    class Privacy:
        personal = ("by_id", "reason")
        plain = ("id", "theme", "insight", "by_role", "at", "withdrawn_at")
