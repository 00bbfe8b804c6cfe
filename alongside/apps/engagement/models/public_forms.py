"""*Have your say*: a public page by link or QR code, its questions, and the receipts it gave."""

from django.db import models

from alongside.apps.base.models import new_id


class PublicForm(models.Model):
    """*Have your say*: a public page by link or QR code, without an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engagement = models.OneToOneField(
        "engagement.Engagement", on_delete=models.CASCADE, related_name="public_form"
    )
    slug = models.SlugField(max_length=40, unique=True)
    welcome = models.TextField()
    consent_text = models.ForeignKey("people.ConsentText", on_delete=models.PROTECT)
    asks_facts = models.BooleanField(default=True)
    asks_contact = models.BooleanField(default=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_public_form"

    class Privacy:
        personal = ()
        plain = (
            "id", "engagement", "slug", "welcome", "consent_text", "asks_facts", "asks_contact", "opens_on",
            "closes_on", "created_at",
        )  # fmt: skip


class PublicQuestion(models.Model):
    """One of one to five open questions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(PublicForm, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    help_words = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "engagement_public_question"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="engagement_question_position_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=5), name="engagement_one_to_five_questions"
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "form", "position", "words", "help_words")


class Receipt(models.Model):
    """What somebody holds after sending their words: a code they can quote; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(PublicForm, on_delete=models.CASCADE, related_name="receipts")
    speaker = models.ForeignKey("engagement.Speaker", on_delete=models.PROTECT, related_name="receipts")
    code_sha256 = models.CharField(max_length=64, unique=True)
    # Digest of what was sent together with the code itself, so that nobody without the code can try words on it.
    sent_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "engagement_receipt"
        indexes = [models.Index(fields=["form", "created_at"], name="engagement_receipt_rate")]

    class Privacy:
        subject = "speaker_id"
        secret = ("code_sha256",)
        personal = ("speaker",)
        plain = ("id", "form", "code_sha256", "sent_sha256", "created_at", "withdrawn_at")
