"""People at partner organisations: how to reach them, and who is mandated to speak for their organisation."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class ContactQuerySet(models.QuerySet["ContactPerson"]):
    """Contacts a viewer may see: the team's all, an organisation's own for those who speak for it."""

    def for_viewer(self, viewer: Viewer) -> "ContactQuerySet":
        here = self.filter(merged_into=None)
        if viewer.may("see_relations"):
            return here
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return here.filter(organisation_id=viewer.partner_id)
        return self.none()


class ContactPerson(models.Model):
    """Somebody at a partner organisation.

    A mandate says only who speaks for the organisation, and until when; in which capacity somebody is paid belongs to
    the agreement or engagement, never to the person.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("telephone")
        TEXT = "text", _("text message")
        LETTER = "letter", _("letter")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="contact_people"
    )
    name = models.CharField(max_length=120)
    role_words = models.CharField(max_length=120, blank=True)  # what they do there, in their own words
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    preferred_way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    language = models.CharField(max_length=10, blank=True)
    mandated_from = models.DateField(null=True)
    mandated_until = models.DateField(null=True)  # the last day; empty with a beginning: until further notice
    is_main = models.BooleanField(default=False)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="contact_people"
    )
    source = models.CharField(max_length=200, blank=True)  # where these details came from
    ended_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_contact_person"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_main=True, ended_on=None, merged_into=None),
                name="partnership_one_main_contact",
            ),
            models.CheckConstraint(
                condition=~models.Q(id=models.F("merged_into")), name="partnership_contact_not_into_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(mandated_until=None)
                | models.Q(mandated_from__isnull=False, mandated_until__gte=models.F("mandated_from")),
                name="partnership_mandate_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name"], name="partnership_contact_of"),
            models.Index(fields=["name", "id"], name="partnership_contact_name"),
            models.Index(Lower("email"), name="partnership_contact_email"),
        ]

    class Privacy:
        subject = "id"
        personal = (
            "name", "role_words", "email", "phone", "preferred_way", "language", "person", "source", "created_by_id",
        )  # fmt: skip
        plain = (
            "id", "organisation", "mandated_from", "mandated_until", "is_main", "ended_on", "merged_into", "created_at",
            "changed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name
