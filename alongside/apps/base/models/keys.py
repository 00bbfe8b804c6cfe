"""A key for each person: what is locked with it is gone for good once the key is destroyed."""

from django.db import models


class PersonKey(models.Model):
    """The key of one data subject (an account, a speaker, a member), itself locked with the installation's key.

    Destroying a key empties `locked_key` and keeps the line, so that no new key can take its place.
    """

    subject_id = models.UUIDField(primary_key=True, editable=False)
    locked_key = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "base_person_key"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(locked_key__isnull=True, destroyed_at__isnull=False)
                | models.Q(locked_key__isnull=False, destroyed_at=None),
                name="base_person_key_is_there_or_destroyed",
            )
        ]

    class Privacy:
        personal = ("subject_id",)
        plain = ("locked_key", "made_at", "destroyed_at")
