"""What a partner asks us to change in what we hold about it, and what came of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Requests a viewer may see: the team all, an organisation its own."""

    def for_viewer(self, viewer: Viewer) -> "ChangeRequestQuerySet":
        if viewer.may("see_relations"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        return self.none()


class ChangeRequest(models.Model):
    """One thing a partner wants changed in its record, and our answer."""

    class About(models.TextChoices):
        ORGANISATION = "organisation", _("the organisation’s page")
        CONTACTS = "contacts", _("the people held as contacts")
        RECORD = "record", _("a shared record")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        DONE = "done", _("changed")
        DECLINED = "declined", _("not changed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="change_requests"
    )
    about = models.CharField(max_length=12, choices=About.choices)
    words = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    asked_by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    answered_by_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[ChangeRequestQuerySet] = ChangeRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_change_request"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", answered_at=None)
                | (~models.Q(state="waiting") & models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="partnership_an_answer_has_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(what_changed=""),
                name="partnership_a_change_says_what",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="partnership_change_of"),
            models.Index(fields=["state", "asked_at"], name="partnership_change_waiting"),
        ]

    class Privacy:
        subject = "asked_by_id"
        personal = ("words", "answer", "what_changed", "asked_by_id", "answered_by_id")
        plain = ("id", "organisation", "about", "state", "asked_at", "answered_at")
