"""People with an account and the roles they hold."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

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
        subject = "person_id"
        personal = ("person", "granted_by_id")
        plain = ("id", "role", "granted_at", "ended_at")
