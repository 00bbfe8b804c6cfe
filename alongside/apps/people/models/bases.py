"""Consent texts, and on what basis words may be used."""

from django.db import models

from alongside.apps.base.models import new_id


class ConsentText(models.Model):
    """The exact words somebody agreed to; a new wording is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=10, default="en")
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_consent_text"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version", "language"], name="people_consent_text_version_once"
            )
        ]

    class Privacy:
        personal = ()
        plain = ("id", "key", "version", "language", "body", "created_at")


class Basis(models.Model):
    """Why a voice may be used, and for what. Many voices may rest on one basis.

    Uses default to analysis only: unknown means analyse only.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent", "consent to a text"
        PUBLIC_TASK = "public_task", "public task (Article 6(1)(e))"
        LEGITIMATE_INTERESTS = "legitimate_interests", "legitimate interests (Article 6(1)(f))"
        LEGAL_OBLIGATION = "legal_obligation", "legal obligation (Article 6(1)(c))"
        UNKNOWN = "unknown", "not known: analysis only"

    class Article9(models.TextChoices):
        EXPLICIT_CONSENT = "explicit_consent", "explicit consent (9(2)(a))"
        HEALTH_CARE = "health_care", "health or social care (9(2)(h))"
        PUBLIC_HEALTH = "public_health", "public health (9(2)(i))"
        RESEARCH = "research", "research or statistics (9(2)(j))"
        NONE = "", "none recorded"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    article9 = models.CharField(max_length=24, choices=Article9.choices, blank=True)
    consent_text = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=300, blank=True)
    may_analyse = models.BooleanField(default=True)
    may_quote_inside = models.BooleanField(default=False)
    may_quote_public = models.BooleanField(default=False)
    may_share_partners = models.BooleanField(default=False)
    may_contact_again = models.BooleanField(default=False)
    set_by_id = models.UUIDField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "people_basis"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="consent", consent_text__isnull=False) | ~models.Q(kind="consent"),
                name="people_basis_consent_names_its_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="unknown")
                | models.Q(
                    may_quote_inside=False,
                    may_quote_public=False,
                    may_share_partners=False,
                    may_contact_again=False,
                ),
                name="people_basis_unknown_means_analyse_only",
            ),
        ]

    class Privacy:
        personal = ("set_by_id", "note")
        plain = (
            "id", "kind", "article9", "consent_text", "may_analyse", "may_quote_inside", "may_quote_public",
            "may_share_partners", "may_contact_again", "set_at",
        )  # fmt: skip
