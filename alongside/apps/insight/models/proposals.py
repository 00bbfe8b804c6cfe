"""What the engine proposed. These rows are written once by a run and never changed."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


def counting(voice: str = "voice") -> models.Q:
    """Return the condition for voices that still count.

    Corrected ones, those whose speaker took them back, and rows of a file that was taken out do not.
    """
    conditions = {
        f"{voice}__replaced_by": None,
        f"{voice}__basis__may_analyse": True,
        f"{voice}__source__brought_in_at__isnull": False,
    }
    return models.Q(**conditions)


class ThemeRunQuerySet(models.QuerySet["ThemeRun"]):
    """Runs over engagements the viewer may see."""

    def for_viewer(self, viewer: Viewer) -> "ThemeRunQuerySet":
        if not viewer.may("see_themes"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(engagement__access__person_id=viewer.own_id)


class ThemeRun(models.Model):
    """One run of the engine over one engagement's voices: version, seed, what went in, what came out.

    A run counts once `finished_at` is set; until then its rows are being written and nobody sees them.
    `only_new` means that voices a person had already placed were left out.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", on_delete=models.PROTECT, related_name="theme_runs"
    )
    engine = models.CharField(max_length=60)
    engine_version = models.CharField(max_length=40)
    seed = models.IntegerField()
    themes_asked = models.PositiveIntegerField(null=True)
    only_new = models.BooleanField(default=False)
    input_sha256 = models.CharField(max_length=64, blank=True)
    job_id = models.UUIDField(null=True)
    voices_placed = models.PositiveIntegerField(default=0)
    voices_unplaced = models.PositiveIntegerField(default=0)
    voices_blank = models.PositiveIntegerField(default=0)
    asked_by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[ThemeRunQuerySet] = ThemeRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "insight_theme_run"
        ordering = ["-asked_at"]

    class Privacy:
        personal = ("asked_by_id",)
        plain = (
            "id", "engagement", "engine", "engine_version", "seed", "themes_asked", "only_new", "input_sha256",
            "job_id", "voices_placed", "voices_unplaced", "voices_blank", "asked_at", "finished_at",
        )  # fmt: skip


class ProposedTheme(models.Model):
    """A theme the engine proposes: keywords, a short name, its size."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ThemeRun, on_delete=models.CASCADE, related_name="proposed_themes")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    keywords = models.JSONField(default=list)
    voices = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        db_table = "insight_proposed_theme"
        ordering = ["position"]

    class Privacy:
        personal = ()
        plain = ("id", "run", "position", "name", "keywords", "voices", "people")


class ProposedPlacement(models.Model):
    """Where the engine would put a voice: in a proposed theme, in "unplaced: please read", or blank."""

    class Status(models.TextChoices):
        PLACED = "placed", "placed"
        UNPLACED = "unplaced", "unplaced: please read"
        BLANK = "blank", "did not answer"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ThemeRun, on_delete=models.CASCADE, related_name="placements")
    voice = models.ForeignKey("engagement.Voice", on_delete=models.PROTECT, related_name="+")
    proposed_theme = models.ForeignKey(
        ProposedTheme, null=True, on_delete=models.CASCADE, related_name="placements"
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    score = models.FloatField(null=True)

    class Meta:
        db_table = "insight_proposed_placement"
        constraints = [
            models.UniqueConstraint(fields=["run", "voice"], name="insight_one_proposal_a_voice_a_run"),
            models.CheckConstraint(
                condition=models.Q(status="placed", proposed_theme__isnull=False)
                | (~models.Q(status="placed") & models.Q(proposed_theme=None)),
                name="insight_placed_names_its_theme",
            ),
        ]

    class Privacy:
        batch = ("run_id", "insight_theme_run", "finished_at")
        personal = ("voice",)
        plain = ("id", "run", "proposed_theme", "status", "score")


class ProposedQuote(models.Model):
    """A telling place in a voice: code points, half open, of the unchanged text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposed_theme = models.ForeignKey(ProposedTheme, on_delete=models.CASCADE, related_name="quotes")
    voice = models.ForeignKey("engagement.Voice", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    score = models.FloatField()

    class Meta:
        db_table = "insight_proposed_quote"
        ordering = ["position"]

    class Privacy:
        personal = ("voice",)
        plain = ("id", "proposed_theme", "position", "start", "end", "score")
