"""What was covered in a voice: the locked original, what a machine proposed, what a person decided, how it stands."""

from django.db import models

from alongside.apps.base.models import new_id


class StaffName(models.Model):
    """A name of staff to look for, in one engagement or (without one) everywhere; kept when it is no longer wanted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", null=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=120)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_staff_name"
        ordering = ["name"]

    class Privacy:
        personal = ("name", "added_by_id")
        plain = ("id", "engagement", "added_at", "ended_at")


class VoiceOriginal(models.Model):
    """The words of a voice as they were said, locked with the key of `subject_id`: the speaker, or else the voice.

    `locked` is empty once the original was destroyed; what was covered then stays covered for good.
    """

    voice = models.OneToOneField(
        "engagement.Voice", primary_key=True, on_delete=models.CASCADE, related_name="original"
    )
    source = models.ForeignKey("engagement.Source", on_delete=models.CASCADE, related_name="+")
    subject_id = models.UUIDField()
    locked = models.BinaryField(null=True)
    keep_until = models.DateField()
    kept_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_voice_original"
        indexes = [
            models.Index(
                fields=["keep_until"], condition=models.Q(destroyed_at=None), name="engagement_original_due"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(locked__isnull=True, destroyed_at__isnull=False)
                | models.Q(locked__isnull=False, destroyed_at=None),
                name="engagement_original_is_there_or_destroyed",
            )
        ]

    class Privacy:
        personal = ("subject_id", "locked")
        plain = ("voice", "source", "keep_until", "kept_at", "destroyed_at")
        subject = "subject_id"
        secret = ("locked",)
        batch = ("source_id", "engagement_source", "brought_in_at")


class RedactionProposal(models.Model):
    """What the finder found: its class, how certain, why, and where in the original. Never changed."""

    class Certainty(models.TextChoices):
        SURE = "sure", "sure"
        DOUBTFUL = "doubtful", "doubtful"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey(
        "engagement.Voice", on_delete=models.CASCADE, related_name="redaction_proposals"
    )
    source = models.ForeignKey("engagement.Source", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    reason = models.CharField(max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_redaction_proposal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="engagement_proposal_has_a_length"
            )
        ]

    class Privacy:
        personal = ()
        plain = ("id", "voice", "source", "kind", "certainty", "reason", "start", "end", "made_at")
        batch = ("source_id", "engagement_source", "brought_in_at")


class Redaction(models.Model):
    """One covered place as it stands now, in both texts (code points, half open).

    An undone one keeps its line; `start` and `end` are then where the uncovered words stand. Without a proposal a
    person covered it by hand.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        CONFIRMED = "confirmed", "confirmed"
        UNDONE = "undone", "not covered"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    voice = models.ForeignKey("engagement.Voice", on_delete=models.CASCADE, related_name="redactions")
    source = models.ForeignKey("engagement.Source", on_delete=models.CASCADE, related_name="+")
    proposal = models.OneToOneField(
        RedactionProposal, null=True, on_delete=models.CASCADE, related_name="redaction"
    )
    kind = models.CharField(max_length=20)
    certainty = models.CharField(max_length=10, choices=RedactionProposal.Certainty.choices)
    original_start = models.PositiveIntegerField()
    original_end = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_redaction"
        ordering = ["start", "id"]
        indexes = [
            models.Index(
                fields=["certainty", "voice"],
                condition=models.Q(state="proposed"),
                name="engagement_redaction_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(original_end__gt=models.F("original_start"), end__gt=models.F("start")),
                name="engagement_redaction_has_a_length",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at=None)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="engagement_redaction_decided_or_proposed",
            ),
        ]

    class Privacy:
        personal = ("decided_by_id",)
        plain = (
            "id", "voice", "source", "proposal", "kind", "certainty", "original_start", "original_end", "start", "end",
            "state", "decided_at",
        )  # fmt: skip
        batch = ("source_id", "engagement_source", "brought_in_at")


class RedactionDecision(models.Model):
    """What a person decided about one covered place; taken back by a later line, never changed."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "confirmed"
        UNDO = "undo", "uncovered"
        ADD = "add", "covered by hand"
        TAKE_BACK = "take_back", "took back"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    redaction = models.ForeignKey(Redaction, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state_before = models.CharField(max_length=10, choices=Redaction.State.choices, blank=True)
    takes_back = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="taken_back_by"
    )
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "engagement_redaction_decision"
        ordering = ["-at", "-id"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "redaction", "kind", "state_before", "takes_back", "at")
