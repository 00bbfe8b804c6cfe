"""What cannot wait: the machine's proposals, and the concerns that people look at against a deadline."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ConcernKind(models.TextChoices):
    """What a concern is about. `unsure` is for people who raise one; rules never propose it."""

    ADVERSE_EVENT = "adverse_event", _("possible adverse event")
    PRODUCT_COMPLAINT = "product_complaint", _("possible product complaint")
    SAFEGUARDING = "safeguarding", _("safeguarding")
    URGENT_HARM = "urgent_harm", _("urgent harm")
    COMPLAINT = "complaint", _("formal complaint")
    UNSURE = "unsure", _("not sure which")


class Urgency(models.TextChoices):
    """How soon somebody must look."""

    NOW = "now", _("at once")
    TODAY = "today", _("today")
    SOON = "soon", _("within the deadline")


class ConcernProposal(models.Model):
    """A sentence in which a rule heard something that cannot wait; never changed, and gone only with its voice.

    `start` and `end` are code points in the voice's text as it stood, half open; `evidence_sha256` is the digest
    of what stood there, so that a text corrected since is never marked in the wrong place. A voice is named by
    its id alone: what rests on a proposal must outlive words that are taken back or erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    concern = models.ForeignKey("engagement.Concern", on_delete=models.PROTECT, related_name="proposals")
    voice_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=ConcernKind.choices)
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    rule = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence_sha256 = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_concern_proposal"
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["voice_id", "kind", "start", "end"], name="engagement_concern_proposal_once"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="engagement_concern_evidence_is_some"
            ),
        ]

    class Privacy:
        personal = ("voice_id", "evidence_sha256")
        plain = ("id", "concern", "kind", "urgency", "rule", "start", "end", "found_at")


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns a viewer may see: those who look after them see all, others what they raised themselves."""

    def for_viewer(self, viewer: Viewer) -> "ConcernQuerySet":
        if viewer.may("see_concerns"):
            return self
        return self.filter(raised_by_id=viewer.own_id)

    def that_wait(self) -> "ConcernQuerySet":
        """Return those nobody has decided about yet."""
        return self.filter(state__in=(Concern.State.WAITING, Concern.State.TAKEN))

    def still_open(self) -> "ConcernQuerySet":
        """Return those that are neither closed nor found to be none."""
        return self.exclude(state__in=(Concern.State.CLOSED, Concern.State.NONE))


class Concern(models.Model):
    """Something that cannot wait, from the moment it arrived until a person closed it.

    Rules open one for each voice and kind; anybody may raise one. What a raiser wrote and how to reach them are
    locked under the concern's own key. `first_due_at` is fixed when it arrives; `first_seen_at` is when somebody who
    triages first took it on.
    """

    class Origin(models.TextChoices):
        RULES = "rules", _("heard by a rule")
        PERSON = "person", _("raised by a colleague or partner")
        PUBLIC = "public", _("raised on a public page")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a first look")
        TAKEN = "taken", _("being looked at")
        CONFIRMED = "confirmed", _("is one: to be forwarded or closed")
        FORWARDED = "forwarded", _("forwarded")
        NONE = "none", _("looked at: is none")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("forwarded, and they confirmed that they have it")
        HANDLED = "handled", _("dealt with here")
        CANNOT_FOLLOW = "cannot_follow", _("cannot be followed up: nobody can be reached")
        DUPLICATE = "duplicate", _("the same as another concern")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", null=True, on_delete=models.PROTECT, related_name="concerns"
    )
    voice_id = models.UUIDField(null=True, db_index=True)
    speaker_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=20, choices=ConcernKind.choices)
    urgency = models.CharField(max_length=8, choices=Urgency.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    about_page = models.CharField(max_length=80, blank=True)  # the name of a page of ours, never an address
    about_id = models.UUIDField(null=True)
    locked_words = models.BinaryField(null=True)
    locked_contact = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    raised_by_id = models.UUIDField(null=True, db_index=True)
    raised_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()  # moves only when a concern is opened again
    taken_by_id = models.UUIDField(null=True)
    first_seen_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    forwarded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    reminded_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    objects: ClassVar[ConcernQuerySet] = ConcernQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "engagement_concern"
        verbose_name_plural = "concerns"
        ordering = ["-raised_at", "-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="engagement_concern_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["voice_id", "kind"],
                condition=models.Q(origin="rules"),
                name="engagement_concern_once",
            ),
            models.CheckConstraint(
                condition=models.Q(origin="rules", voice_id__isnull=False) | ~models.Q(origin="rules"),
                name="engagement_concern_rules_name_a_voice",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at=None)),
                name="engagement_concern_closed_has_time",
            ),
        ]

    class Privacy:
        subject = "speaker_id"
        personal = ("voice_id", "speaker_id", "locked_words", "locked_contact", "raised_by_id", "taken_by_id")
        plain = (
            "id", "engagement", "kind", "urgency", "origin", "about_page", "about_id", "state", "raised_at",
            "first_due_at", "due_at", "first_seen_at", "decided_at", "forwarded_at", "closed_at", "outcome",
            "reminded_on", "escalated_on",
        )  # fmt: skip


class ConcernEvent(models.Model):
    """One thing that happened to a concern. Rows are added and never changed; an erasure empties their reasons.

    A forwarding names the desk it went to, how, its reference there, and describes what was sent.
    """

    class Kind(models.TextChoices):
        RAISED = "raised", _("raised")
        SEEN = "seen", _("opened")
        TAKEN = "taken", _("taken on")
        HANDED_BACK = "handed_back", _("handed back")
        CONFIRMED = "confirmed", _("decided: it is one")
        NONE = "none", _("decided: it is none")
        FORWARDED = "forwarded", _("forwarded")
        CONTACT_OPENED = "contact_opened", _("contact opened")
        PRINTED = "printed", _("sheet for forwarding opened")
        REMINDED = "reminded", _("reminder sent")
        ESCALATED = "escalated", _("administrators told that it is late")
        REOPENED = "reopened", _("opened again")
        CLOSED = "closed", _("closed")
        WORDS_ERASED = "words_erased", _("words erased")

    class Channel(models.TextChoices):
        PHONE = "phone", _("by phone")
        EMAIL = "email", _("by secure e-mail")
        PORTAL = "portal", _("on their own form or portal")
        POST = "post", _("by post")
        IN_PERSON = "in_person", _("in person")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    forwarded_to = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    forwarded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_concern_event"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="forwarded")
                | (models.Q(forwarded_at__isnull=False) & ~models.Q(forwarded_to="") & ~models.Q(channel="")),
                name="engagement_concern_forwarding_is_whole",
            )
        ]

    class Privacy:
        subject = "by_person_id"
        personal = ("by_person_id", "reason")
        plain = ("id", "concern", "kind", "at", "forwarded_to", "channel", "reference", "forwarded_at")
