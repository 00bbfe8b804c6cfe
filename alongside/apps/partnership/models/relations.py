"""Relationships with partners: who looks after them, what was said when, what they want, what we promised."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Relationships a viewer may see: those who see relations all; nobody outside."""

    def for_viewer(self, viewer: Viewer) -> "RelationshipQuerySet":
        return self if viewer.may("see_relations") else self.none()


class Relationship(models.Model):
    """How we keep in touch with one organisation: who of us leads, why, how often, when we look at it again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.PROTECT, related_name="relationship"
    )
    lead = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="led_relationships"
    )
    purpose = models.TextField(blank=True)
    contact_every_days = models.PositiveSmallIntegerField(default=90)
    review_on = models.DateField(null=True)
    remind_from = models.DateField(null=True)  # until then the start page says nothing about it
    # How it stood when it was last looked at, each hour: thousands cannot be judged while somebody waits for a list.
    level = models.CharField(max_length=10, default="good")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[RelationshipQuerySet] = RelationshipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_relationship"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact_every_days__gte=1), name="partnership_contact_every_some_days"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | ~models.Q(ended_because=""),
                name="partnership_an_ended_relationship_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["level"], name="partnership_stands"),
            models.Index(fields=["lead", "level"], name="partnership_stands_for_lead"),
        ]

    class Privacy:
        personal = ("lead",)
        plain = (
            "id", "organisation", "purpose", "contact_every_days", "review_on", "remind_from", "level", "began_on",
            "ended_on", "ended_because", "created_at",
        )  # fmt: skip


class InteractionQuerySet(models.QuerySet["Interaction"]):
    """Meetings and the like a viewer may see: colleagues who see relations all, a partner what is shared with it."""

    def for_viewer(self, viewer: Viewer) -> "InteractionQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id).exclude(
                note_state=Interaction.NoteState.DRAFT
            )
        return self.none()


class Interaction(models.Model):
    """One meeting, call, letter, visit or thanks: who was there, what may be read by both sides and what only by us.

    The private notes never leave this organisation. `notes_version` counts what was shared, so that nobody confirms
    words they did not read.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        CALL = "call", _("call")
        LETTER = "letter", _("letter")
        EMAIL = "email", _("e-mail")
        VISIT = "visit", _("visit")
        EVENT = "event", _("event")
        THANKS = "thanks", _("thanks")
        OTHER = "other", _("something else")

    class NoteState(models.TextChoices):
        DRAFT = "draft", _("not shared")
        SHARED = "shared", _("shared, waits for an answer")
        CONFIRMED = "confirmed", _("confirmed by the partner")
        CORRECTED = "corrected", _("corrected by the partner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="interactions"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    happened_on = models.DateField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)  # where, or by what means
    our_people = models.ManyToManyField(
        "people.Person", related_name="+", db_table="partnership_interaction_colleague"
    )
    their_people = models.CharField(max_length=400, blank=True)
    shared_notes = models.TextField(blank=True)
    private_notes = models.TextField(blank=True)
    materials = models.TextField(blank=True)  # what was handed over, and why
    promotional_staff_present = models.BooleanField(default=False)
    note_state = models.CharField(max_length=10, choices=NoteState.choices, default=NoteState.DRAFT)
    notes_version = models.PositiveIntegerField(default=0)
    shared_at = models.DateTimeField(null=True)
    recorded_by_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    objects: ClassVar[InteractionQuerySet] = InteractionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_interaction"
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(note_state="draft")
                | (~models.Q(shared_notes="") & models.Q(shared_at__isnull=False)),
                name="partnership_shared_notes_have_words",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-happened_on"], name="partnership_met_organisation"),
            models.Index(fields=["note_state", "shared_at"], name="partnership_met_unanswered"),
            models.Index(fields=["organisation", "note_state", "shared_at"], name="partnership_met_waiting"),
        ]

    class Privacy:
        personal = ("our_people", "their_people", "shared_notes", "private_notes", "recorded_by_id")
        plain = (
            "id", "organisation", "kind", "happened_on", "title", "place", "materials", "promotional_staff_present",
            "note_state", "notes_version", "shared_at", "recorded_at",
        )  # fmt: skip


class NoteAnswer(models.Model):
    """A partner's yes or correction to notes as they stood then; never changed."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    words = models.TextField(blank=True)
    notes_version = models.PositiveIntegerField()
    notes_then = models.TextField()
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_note_answer"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer="corrected") | ~models.Q(words=""),
                name="partnership_a_correction_has_words",
            )
        ]

    class Privacy:
        personal = ("words", "notes_then", "by_id")
        plain = ("id", "interaction", "answer", "notes_version", "at")


class PriorityQuerySet(models.QuerySet["Priority"]):
    """What partners want, as a viewer may see it: colleagues who see relations all, a partner its own."""

    def for_viewer(self, viewer: Viewer) -> "PriorityQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        return self.none()


class Priority(models.Model):
    """Something a partner wants, in its own words. `voice_id` is the same words as a voice: the chain begins there."""

    class Strength(models.TextChoices):
        MENTIONED = "mentioned", _("mentioned")
        IMPORTANT = "important", _("important")
        FIRST = "first", _("comes first")

    class State(models.TextChoices):
        HEARD = "heard", _("heard")
        CHECKED_BACK = "checked_back", _("checked back")
        ADOPTED = "adopted", _("adopted")
        DECLINED = "declined", _("declined")
        ACTED_ON = "acted_on", _("acted on")
        FED_BACK = "fed_back", _("fed back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="priorities"
    )
    interaction = models.ForeignKey(
        Interaction, null=True, on_delete=models.PROTECT, related_name="priorities"
    )
    words = models.TextField()
    said_by = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=10, choices=Strength.choices)
    state = models.CharField(max_length=14, choices=State.choices, default=State.HEARD)
    reason = models.TextField(blank=True)  # why it was declined, as the partner reads it
    heard_on = models.DateField()
    voice_id = models.UUIDField(null=True)
    recorded_by_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    objects: ClassVar[PriorityQuerySet] = PriorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_priority"
        ordering = ["-heard_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="partnership_priority_has_words"),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""),
                name="partnership_declined_says_why",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-heard_on"], name="partnership_wants_organisation")]

    class Privacy:
        personal = ("words", "said_by", "voice_id", "recorded_by_id")
        plain = (
            "id",
            "organisation",
            "interaction",
            "strength",
            "state",
            "reason",
            "heard_on",
            "recorded_at",
        )


class PriorityEvent(models.Model):
    """One step in a priority's life, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="events")
    was = models.CharField(max_length=14, blank=True)
    became = models.CharField(max_length=14)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_priority_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("words", "by_id")
        plain = ("id", "priority", "was", "became", "at")


class PromiseQuerySet(models.QuerySet["Promise"]):
    """What we promised, as a viewer may see it: colleagues who see relations all, a partner what it was promised."""

    def for_viewer(self, viewer: Viewer) -> "PromiseQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        return self.none()


class Promise(models.Model):
    """Something we told a partner we would do, in the words we said it; the action says what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="promises")
    interaction = models.ForeignKey(Interaction, null=True, on_delete=models.PROTECT, related_name="promises")
    action = models.OneToOneField("actions.Action", on_delete=models.PROTECT, related_name="promise")
    words = models.TextField()
    made_on = models.DateField()
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    objects: ClassVar[PromiseQuerySet] = PromiseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_promise"
        ordering = ["-made_on", "-id"]
        indexes = [models.Index(fields=["organisation", "-made_on"], name="partnership_promised_to")]

    class Privacy:
        personal = ("made_by_id",)
        plain = ("id", "organisation", "interaction", "action", "words", "made_on", "made_at")


class RegularContact(models.Model):
    """The engagement in which one organisation's priorities of one year are kept as voices."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    engagement = models.OneToOneField("engagement.Engagement", on_delete=models.PROTECT, related_name="+")
    basis = models.ForeignKey("people.Basis", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "partnership_regular_contact"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="partnership_one_engagement_a_year")
        ]

    class Privacy:
        personal = ()
        plain = ("id", "organisation", "year", "engagement", "basis")
