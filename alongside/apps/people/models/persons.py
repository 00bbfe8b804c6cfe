"""People with an account and the roles they hold."""

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside.apps.base.models import new_id
from alongside.apps.people.models.organisations import Organisation


class PersonManager(BaseUserManager["Person"]):
    """Find people by e-mail, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody with an account, who signs in with an e-mail address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    demo_purpose = models.CharField(max_length=200, blank=True)
    # Counted up when password, factors, roles or is_active change; every session carries the count it began with.
    rights_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "people_person"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_person_email_once")]

    class Privacy:
        subject = "id"
        personal = ("email", "name", "organisation", "password", "last_login")
        plain = ("id", "is_active", "demo_purpose", "rights_version", "created_at")

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay valid: it ends with a change of password or rights."""
        return self._hash_session()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return the same under each former secret key."""
        return (self._hash_session(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _hash_session(self, secret: str | bytes | None = None) -> str:
        words = f"{self.rights_version}:{self.password}"
        return salted_hmac("people.session", words, secret=secret, algorithm="sha256").hexdigest()


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
        subject = "person_id"
        personal = ("person", "granted_by_id")
        plain = ("id", "role", "granted_at", "ended_at")
