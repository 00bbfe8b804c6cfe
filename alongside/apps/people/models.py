"""People, organisations, and what a voice may be used for."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.apps.base.models import new_id


class PersonManager(BaseUserManager["Person"]):
    """Find people by e-mail, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Organisation(models.Model):
    """A partner, or the organisation that runs this installation."""

    class Kind(models.TextChoices):
        OWN = "own", "our own organisation"
        PATIENT_GROUP = "patient_group", "patient group"
        NHS_BODY = "nhs_body", "NHS body"
        CHARITY = "charity", "charity"
        COMPANY = "company", "company"
        RESEARCH = "research", "research group"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.TextField(blank=True)
    reach = models.CharField(max_length=200, blank=True)
    nation = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation"
        ordering = ["name"]

    class Privacy:
        personal = ()
        plain = ("id", "name", "kind", "purpose", "reach", "nation", "website", "created_at")


class Person(AbstractBaseUser):
    """Somebody with an account, who signs in with an e-mail address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    demo_purpose = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "people_person"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_person_email_once")]

    class Privacy:
        personal = ("email", "name", "organisation", "password", "last_login")
        plain = ("id", "is_active", "demo_purpose", "created_at")

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role somebody was given, by whom and when; taken away by ending it, never by deleting it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=40)
    granted_by_id = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_role_grant"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(ended_at=None), name="people_role_once"
            )
        ]

    class Privacy:
        personal = ("person", "granted_by_id")
        plain = ("id", "role", "granted_at", "ended_at")


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
