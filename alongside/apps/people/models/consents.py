"""The consent ledger: one line for each time somebody gave, changed, refused or took back what they allow."""

from typing import ClassVar, NoReturn

from django.db import models

from alongside.apps.base.models import new_id
from alongside.apps.people.models.bases import Basis, ConsentText


class ConsentLineQuerySet(models.QuerySet["ConsentLine"]):
    """Lines of the ledger; they are added and read, nothing else. The database refuses the rest as well."""

    def update(self, **_values: object) -> NoReturn:
        raise TypeError("The consent ledger is append-only: write a new line.")

    def delete(self) -> NoReturn:
        raise TypeError("The consent ledger is append-only: no line is deleted.")


class ConsentLine(models.Model):
    """What one person, or a file of people, allowed from then on, to which exact words, and how we know.

    The five uses say what is allowed after the event. `text_sha256` is the digest of the exact words, so that the
    line proves itself. A note is locked under the person's own key; it dies with the key, the line stays.
    `published` says, for a withdrawal, where the words had gone by then.
    """

    class Subject(models.TextChoices):
        PERSON = "person", "person with an account"
        SPEAKER = "speaker", "person who spoke"
        MEMBER = "member", "member of the programme"
        SOURCE = "source", "everybody in a file"

    class Event(models.TextChoices):
        GIVEN = "given", "given"
        CHANGED = "changed", "changed"
        WITHDRAWN = "withdrawn", "withdrawn"
        REFUSED = "refused", "refused"
        OTHER_BASIS = "other_basis", "another basis recorded"

    class How(models.TextChoices):
        PUBLIC_FORM = "public_form", "on the public page"
        RECEIPT = "receipt", "with a receipt code"
        PRIVATE_LINK = "private_link", "through a private link"
        ACCOUNT = "account", "signed in"
        PHONE = "phone", "by phone"
        PAPER = "paper", "on paper"
        IN_PERSON = "in_person", "in person"
        IMPORT = "import", "with a file"
        TEAM = "team", "put right by a colleague"
        CARRIED_OVER = "carried_over", "recorded from what was here"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=10, choices=Subject.choices)
    subject_id = models.UUIDField()
    engagement_id = models.UUIDField(null=True)
    event = models.CharField(max_length=12, choices=Event.choices)
    how = models.CharField(max_length=14, choices=How.choices)
    consent_text = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT, related_name="+")
    text_sha256 = models.CharField(max_length=64, blank=True)
    basis = models.ForeignKey(Basis, null=True, on_delete=models.PROTECT, related_name="+")
    analyse = models.BooleanField()
    quote_inside = models.BooleanField()
    quote_public = models.BooleanField()
    share_partners = models.BooleanField()
    contact_again = models.BooleanField()
    people = models.PositiveIntegerField(null=True)
    published = models.JSONField(default=list)
    note_locked = models.BinaryField(null=True)
    recorded_by_id = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager["ConsentLine"]] = models.Manager.from_queryset(ConsentLineQuerySet)()

    class Meta:
        db_table = "people_consent_line"
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["subject_id", "id"], name="people_consent_of_subject"),
            models.Index(fields=["engagement_id", "recorded_at"], name="people_consent_of_engagement"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__in=["given", "changed", "withdrawn", "refused", "other_basis"]),
                name="people_consent_event_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(event="given") | models.Q(consent_text__isnull=False),
                name="people_consent_given_names_its_text",
            ),
            models.CheckConstraint(
                condition=models.Q(consent_text__isnull=True, text_sha256="")
                | models.Q(consent_text__isnull=False) & ~models.Q(text_sha256=""),
                name="people_consent_text_has_its_digest",
            ),
            models.CheckConstraint(
                condition=~models.Q(event__in=["withdrawn", "refused"])
                | models.Q(
                    analyse=False,
                    quote_inside=False,
                    quote_public=False,
                    share_partners=False,
                    contact_again=False,
                ),
                name="people_consent_withdrawn_allows_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_kind="source", people__isnull=False)
                | ~models.Q(subject_kind="source") & models.Q(people__isnull=True),
                name="people_consent_of_a_file_counts_people",
            ),
        ]

    class Privacy:
        subject = "subject_id"
        personal = ("subject_id", "recorded_by_id", "note_locked")
        plain = (
            "id", "subject_kind", "engagement_id", "event", "how", "consent_text", "text_sha256", "basis", "analyse",
            "quote_inside", "quote_public", "share_partners", "contact_again", "people", "published", "given_at",
            "recorded_at",
        )  # fmt: skip

    def save(self, *_args: object, **_kwargs: object) -> None:
        """Keep a new line; refuse to change one."""
        if not self._state.adding:
            raise TypeError("The consent ledger is append-only: write a new line.")
        super().save(force_insert=True)

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse."""
        raise TypeError("The consent ledger is append-only: no line is deleted.")
