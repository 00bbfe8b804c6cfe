"""Something somebody will do because of an insight, a promise, a rule or a request, alone or with others."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions a viewer may see: staff all, a patient partner those that came from their insights."""

    def for_viewer(self, viewer: Viewer) -> "ActionQuerySet":
        if not viewer.may("see_actions"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(
            models.Q(insights__themes__engagement__access__person_id=viewer.own_id)
            | models.Q(insights__vouchers__person_id=viewer.own_id)
        ).distinct()


class Action(models.Model):
    """What will be done, by whom, by when, with whom, and what came of it."""

    class Origin(models.TextChoices):
        INSIGHT = "insight", "an insight"
        PROMISE = "promise", "a promise"
        RULE = "rule", "a rule"
        REQUEST = "request", "a request"

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        IN_PROGRESS = "in_progress", "in progress"
        DONE = "done", "done"
        NOT_DOING = "not_doing", "we will not do this"
        CLOSED = "closed", "closed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    origin_note = models.TextField(blank=True)
    insights = models.ManyToManyField(
        "insight.Insight", related_name="actions", db_table="actions_action_insight"
    )
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="owned_actions")
    partners = models.ManyToManyField("people.Organisation", db_table="actions_action_partner")
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    what_came_of_it = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    published_by_id = models.UUIDField(null=True)
    public_quotes = models.ManyToManyField(
        "insight.Evidence", related_name="+", db_table="actions_action_public_quote"
    )
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[ActionQuerySet] = ActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "actions_action"
        ordering = ["due_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "not_doing", "closed"])
                | ~models.Q(what_came_of_it=""),
                name="actions_an_end_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "in_progress"]) | models.Q(done_at__isnull=False),
                name="actions_an_end_has_its_time",
            ),
        ]

    class Privacy:
        personal = ("owner", "created_by_id", "published_by_id", "public_quotes")
        plain = (
            "id", "title", "description", "origin", "origin_note", "insights", "partners", "due_on", "state",
            "what_came_of_it", "is_public", "published_at", "created_at", "done_at", "closed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class ActionNote(models.Model):
    """A line in an action's history: a change of state, owner or date, or a note."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    state = models.CharField(max_length=12, blank=True)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "actions_note"
        ordering = ["at"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "action", "state", "words", "at")


class PublicStory(models.Model):
    """What the public reads about one action, in one language: its own words, never those of the inside page."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        WELSH = "cy", "Cymraeg"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="stories")
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=160)
    heard = models.TextField()
    did = models.TextField()
    came_of_it = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "actions_public_story"
        constraints = [
            models.UniqueConstraint(fields=["action", "language"], name="actions_one_story_a_language")
        ]

    class Privacy:
        personal = ()
        plain = ("id", "action", "language", "title", "heard", "did", "came_of_it", "changed_at")
