"""A voice: one thing one person said or wrote, verbatim, with its exact place."""

from typing import ClassVar

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class Source(models.Model):
    """Where voices came from: a file, the public form, somebody typing, a reply to feedback."""

    class Kind(models.TextChoices):
        TABLE = "table", "table (CSV or XLSX)"
        TRANSCRIPT = "transcript", "transcript"
        TYPED = "typed", "typed in"
        PUBLIC_FORM = "public_form", "Have your say"
        REPLY = "reply", "reply to feedback"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    brought_in_at = models.DateTimeField(null=True)  # empty: its voices wait in staging, and nobody sees them

    class Meta:
        db_table = "engagement_source"

    class Privacy:
        personal = ("created_by_id", "file_name")
        plain = ("id", "engagement", "kind", "sha256", "created_at", "brought_in_at")


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Voices a viewer may read, and voices that count."""

    def for_viewer(self, viewer: Viewer) -> "VoiceQuerySet":
        """Let staff read all, and a patient partner those they were invited to where quoting is allowed."""
        if not viewer.may("see_voices"):
            return self.none()
        if not viewer.sees_only_invited:
            return self
        return self.filter(engagement__access__person_id=viewer.own_id, basis__may_quote_inside=True)

    def that_count(self) -> "VoiceQuerySet":
        """Leave out moderators' turns, blanks, corrected voices, and words whose speaker took them back."""
        return self.filter(is_moderator=False, is_blank=False, replaced_by=None, basis__may_analyse=True)


class HeldVoiceManager(models.Manager["Voice"]):
    """Voices that were brought in, those held back for a reviewer among them.

    For those who must not wait (concerns, a person who takes their words back) and for the review itself; their
    text is redacted like any other.
    """

    def get_queryset(self) -> VoiceQuerySet:
        return VoiceQuerySet(self.model, using=self._db).filter(source__brought_in_at__isnull=False)

    def for_viewer(self, viewer: Viewer) -> VoiceQuerySet:
        """Return the voices this viewer may read."""
        return self.get_queryset().for_viewer(viewer)

    def that_count(self) -> VoiceQuerySet:
        """Return the voices that count."""
        return self.get_queryset().that_count()


class VoiceManager(HeldVoiceManager):
    """Voices that were brought in; rows of a file that waits for a person's yes, and words held back, are not."""

    def get_queryset(self) -> VoiceQuerySet:
        return super().get_queryset().filter(held_for_review=False)


class Voice(models.Model):
    """The words, who said them (by pseudonym), where they stand, and what they may be used for.

    `text` holds visible marks where something that points to a person was covered; the words as they were lie
    locked in `VoiceOriginal`, and `words_digest` is a keyed digest of them. A voice with a doubtful place is
    held for review: nobody sees or counts it until a person decided.
    `place_row` is the 1-based data row of a table; `place_start` and `place_end` are code points in a
    transcript's text, half open; `starts_ms` and `ends_ms` are milliseconds of a recording.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey(
        "engagement.Engagement", on_delete=models.PROTECT, related_name="voices", db_index=False
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="voices")
    speaker = models.ForeignKey(
        "engagement.Speaker", null=True, on_delete=models.PROTECT, related_name="voices"
    )
    basis = models.ForeignKey("people.Basis", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    question = models.CharField(max_length=300, blank=True)
    service = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    said_on = models.DateField(null=True)
    words_digest = models.CharField(max_length=32, blank=True)
    held_for_review = models.BooleanField(default=False, db_default=False)
    is_blank = models.BooleanField(default=False)
    is_moderator = models.BooleanField(default=False)
    external_id = models.CharField(max_length=200, blank=True)
    import_key = models.CharField(max_length=64)
    place_row = models.PositiveIntegerField(null=True)
    place_column = models.CharField(max_length=200, blank=True)
    place_turn = models.PositiveIntegerField(null=True)
    place_start = models.PositiveIntegerField(null=True)
    place_end = models.PositiveIntegerField(null=True)
    starts_ms = models.PositiveIntegerField(null=True)
    ends_ms = models.PositiveIntegerField(null=True)
    replies_to_round_id = models.UUIDField(null=True)
    replaced_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces", db_index=False
    )
    created_at = models.DateTimeField()

    objects: ClassVar[VoiceManager] = VoiceManager()
    with_held: ClassVar[HeldVoiceManager] = HeldVoiceManager()
    with_staged: ClassVar[models.Manager["Voice"]] = models.Manager()

    class Meta:
        db_table = "engagement_voice"
        indexes = [
            models.Index(fields=["engagement", "id"], name="engagement_voice_in_order"),
            models.Index(
                fields=["replaced_by"],
                condition=models.Q(replaced_by__isnull=False),
                name="engagement_voice_replaced",
            ),
            models.Index(
                fields=["engagement"],
                condition=models.Q(held_for_review=True),
                name="engagement_voice_held",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "import_key"],
                condition=models.Q(replaced_by=None),
                name="engagement_voice_once",
            )
        ]

    class Privacy:
        subject = "speaker_id"
        batch = ("source_id", "engagement_source", "brought_in_at")
        personal = ("speaker", "text", "words_digest", "external_id", "said_on", "service")
        plain = (
            "id", "engagement", "source", "basis", "question", "language", "held_for_review", "is_blank",
            "is_moderator", "import_key", "place_row", "place_column", "place_turn", "place_start", "place_end",
            "starts_ms", "ends_ms",
            "replies_to_round_id", "replaced_by", "created_at",
        )  # fmt: skip
