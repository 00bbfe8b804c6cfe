"""A list with its filters, kept under a name."""

from django.db import models

from alongside.apps.base.models.identifiers import new_id


class SavedView(models.Model):
    """A person's named query string for one list page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "base_saved_view"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "page", "name"], name="base_saved_view_name_once")
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person_id", "name", "query")
        plain = ("id", "page", "created_at")
