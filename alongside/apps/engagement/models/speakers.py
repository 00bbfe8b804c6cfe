"""Who spoke, by pseudonym, with the facts they chose to give; how to reach them is kept apart."""

from django.db import models

from alongside.apps.base.models import new_id


class Facts(models.Model):
    """What a person chose to say about themselves; empty means they did not say."""

    AGE_BANDS = (
        "under 16",
        "16 to 24",
        "25 to 34",
        "35 to 44",
        "45 to 54",
        "55 to 64",
        "65 to 74",
        "75 and over",
    )
    NAMES = (
        "age_band", "sex", "gender", "ethnicity", "disability", "deprivation_quintile", "region", "capacity",
    )  # fmt: skip

    age_band = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=40, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=80, blank=True)
    disability = models.CharField(max_length=60, blank=True)
    deprivation_quintile = models.CharField(max_length=10, blank=True)
    region = models.CharField(max_length=80, blank=True)
    capacity = models.CharField(max_length=40, blank=True)  # patient, carer, …

    class Meta:
        abstract = True


class Speaker(Facts):
    """One person in one engagement. `external_key` is the person column of their file, for counting people once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.ForeignKey("engagement.Engagement", on_delete=models.CASCADE, related_name="speakers")
    pseudonym = models.CharField(max_length=80)
    external_key = models.CharField(max_length=200, blank=True)
    is_moderator = models.BooleanField(default=False)
    source = models.ForeignKey(
        "engagement.Source", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_speaker"
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "external_key"],
                condition=~models.Q(external_key=""),
                name="engagement_speaker_key_once",
            )
        ]

    class Privacy:
        subject = "id"
        batch = ("source_id", "engagement_source", "brought_in_at")
        personal = ("pseudonym", "external_key", *Facts.NAMES)
        plain = ("id", "engagement", "is_moderator", "source", "created_at")


class Contact(models.Model):
    """How to reach somebody who asked to hear back; never shown beside their words in a list."""

    class Channel(models.TextChoices):
        EMAIL = "email", "e-mail"
        PHONE = "phone", "phone"
        POST = "post", "post"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    speaker = models.OneToOneField(Speaker, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    source = models.ForeignKey("engagement.Source", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_contact"

    class Privacy:
        subject = "speaker_id"
        batch = ("source_id", "engagement_source", "brought_in_at")
        personal = ("speaker", "name", "channel", "email", "phone", "address", "language")
        plain = ("id", "source", "created_at", "stopped_at")
