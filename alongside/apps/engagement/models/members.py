"""The Patient Partnership Programme: who is in it and what they want to work on."""

from django.db import models

from alongside.apps.base.models import new_id


class Member(models.Model):
    """A person in the Patient Partnership Programme; may or may not have an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    wants = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "engagement_member"
        ordering = ["name"]

    class Privacy:
        subject = "id"
        personal = ("person", "name", "email", "conditions", "wants", "joined_on", "left_on")
        plain = ("id", "created_at")
