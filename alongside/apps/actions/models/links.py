"""Private links: a token that is only ever stored as a digest, and one-time codes."""

from django.db import models

from alongside.apps.base.models import new_id


class PrivateLink(models.Model):
    """A link for one person to what became of their words. Opening it changes nothing; a button exchanges it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.ForeignKey("actions.Digest", on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    exchanged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_private_link"

    class Privacy:
        secret = ("token_sha256",)
        personal = ("digest",)
        plain = ("id", "token_sha256", "created_at", "expires_at", "exchanged_at")


class OneTimeCode(models.Model):
    """A six-digit code sent by mail before a person's own words are shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(PrivateLink, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_one_time_code"

    class Privacy:
        secret = ("code_hash",)
        personal = ("link",)
        plain = ("id", "code_hash", "created_at", "expires_at", "tries_left", "used_at")
