"""What somebody needs to take part and to understand: said by them, seen by whom they choose, met or not each time."""

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.people.models.persons import Person


class AccessNeed(models.Model):
    """One thing that must be there, or would help, for one person.

    `subject_id` is the id of an account, a speaker or a member, as `subject_kind` says. `visible_to` is the
    person's own choice: everybody who runs engagements, named colleagues, or only the one who arranges.
    """

    class Subject(models.TextChoices):
        PERSON = "person", "person with an account"
        SPEAKER = "speaker", "person who spoke"
        MEMBER = "member", "member of the programme"

    class Kind(models.TextChoices):
        LARGE_PRINT = "large_print", "large print"
        EASY_READ = "easy_read", "easy read"
        AUDIO = "audio", "audio"
        BRAILLE = "braille", "braille"
        BSL = "bsl", "British Sign Language"
        SCREEN_READER = "screen_reader", "a file that a screen reader can read"
        LANGUAGE = "language", "another language"
        INTERPRETER = "interpreter", "an interpreter"
        STEP_FREE = "step_free", "step-free access"
        BREAKS = "breaks", "breaks"
        QUIET_ROOM = "quiet_room", "a quiet room"
        HEARING_LOOP = "hearing_loop", "a hearing loop"
        CARER = "carer", "somebody with me"
        TRAVEL = "travel", "help with travel"
        TIMING = "timing", "a time of day that suits"
        CONTACT = "contact", "how to contact me"
        OTHER = "other", "something else"

    class Strength(models.TextChoices):
        MUST = "must", "I cannot take part without it"
        WOULD_HELP = "would_help", "it would help"

    class Visibility(models.TextChoices):
        TEAM = "team", "people who run engagements"
        NAMED = "named", "colleagues I name"
        ARRANGER = "arranger", "only the person who arranges"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=10, choices=Subject.choices)
    subject_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    words = models.TextField(blank=True)
    strength = models.CharField(max_length=10, choices=Strength.choices)
    visible_to = models.CharField(max_length=10, choices=Visibility.choices)
    since_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_access_need"
        ordering = ["strength", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review_on__gte=models.F("since_on")),
                name="people_need_is_reviewed_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["language", "interpreter", "other"]) | ~models.Q(words=""),
                name="people_need_says_which",
            ),
        ]

    class Privacy:
        subject = "subject_id"
        personal = (
            "subject_id", "kind", "words", "strength", "visible_to", "since_on", "review_on", "ended_on",
            "recorded_by_id",
        )  # fmt: skip
        plain = ("id", "subject_kind", "created_at")


class NeedReader(models.Model):
    """A colleague somebody named to see one need."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    need = models.ForeignKey(AccessNeed, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "people_need_reader"
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="people_need_reader_once")]

    class Privacy:
        subject = "person_id"
        personal = ("person",)
        plain = ("id", "need")


class NeedOccasion(models.Model):
    """One occasion on which a need was met or not, and why not. `next_step` is empty once nothing is left to do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    need = models.ForeignKey(AccessNeed, on_delete=models.CASCADE, related_name="occasions")
    subject_id = models.UUIDField()
    engagement_id = models.UUIDField(null=True, db_index=True)
    happened_on = models.DateField()
    is_met = models.BooleanField()
    why = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "people_need_occasion"
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_met=True) | (~models.Q(why="") & ~models.Q(next_step="")),
                name="people_unmet_need_says_why_and_what_next",
            )
        ]

    class Privacy:
        subject = "subject_id"
        personal = ("subject_id", "is_met", "why", "next_step", "by_id")
        plain = ("id", "need", "engagement_id", "happened_on", "settled_at", "at")
