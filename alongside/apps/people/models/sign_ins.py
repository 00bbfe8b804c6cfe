"""Invitations, the places somebody is signed in, and wrong tries."""

from django.db import models
from django.db.models.functions import Lower

from alongside.apps.base.models import new_id
from alongside.apps.people.models.persons import Person


class Invitation(models.Model):
    """Somebody was asked to have an account. The secret of the link lies here as a digest only.

    `person_id` is the id the account will have. Name and address go once they are no longer needed: when it was
    taken, they stand in the account; when it was withdrawn, nowhere.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(unique=True, default=new_id, editable=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by_id = models.UUIDField(null=True)
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_invitation"
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(taken_at=None, withdrawn_at=None),
                name="people_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at=None) | models.Q(withdrawn_at=None),
                name="people_invitation_taken_or_withdrawn",
            ),
        ]

    class Privacy:
        subject = "person_id"
        secret = ("token_digest",)
        personal = ("person_id", "email", "name", "invited_by_id")
        plain = (
            "id", "roles", "token_digest", "invited_at", "sent_at", "expires_at", "taken_at", "withdrawn_at",
        )  # fmt: skip


class SignIn(models.Model):
    """One browser in which somebody is signed in now; the line goes when the session ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()

    class Meta:
        db_table = "people_sign_in"
        ordering = ["-began_at", "-id"]

    class Privacy:
        subject = "person_id"
        secret = ("session_key",)
        personal = ("person", "session_key", "device")
        plain = ("id", "began_at")


class WrongTries(models.Model):
    """How often signing in went wrong for one account from one place, or from anywhere.

    `digest` is keyed and tells neither the account nor the place.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_wrong_tries"

    class Privacy:
        personal = ()
        passing = ("tries", "began_at")
        plain = ("digest", "tries", "began_at", "locked_until")
