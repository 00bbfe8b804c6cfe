"""Places at events: who asked for one, who holds one, who waits; and feeds of a person's own calendar."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models.events import Event


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations a viewer may see: who runs events all, a person their own."""

    def for_viewer(self, viewer: Viewer) -> "RegistrationQuerySet":
        if viewer.may("run_events"):
            return self
        return self.filter(person_id=viewer.own_id) if viewer.is_known else self.none()


class Registration(models.Model):
    """One person's place at an event, or their turn on the waiting list.

    Whoever has an account is known by it; anybody else by a name and an address, and holds a receipt code, of which
    only the digest is kept. `subject_id` is the account's id, or this row's own. `request_key` is drawn when the form
    is shown, so that a form sent twice keeps one place.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a place")
        REGISTERED = "registered", _("registered")
        ATTENDED = "attended", _("came")
        NO_SHOW = "no_show", _("did not come")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", _("did not answer an offer")

    # These hold a place, so nobody else can have it.
    HOLD = (State.OFFERED, State.REGISTERED, State.ATTENDED, State.NO_SHOW)
    # These still stand; a person has one of them at most for one event.
    STAND = (*HOLD, State.WAITING)

    class Side(models.TextChoices):
        PUBLIC = "public", _("the public")
        PARTNER = "partner", _("a partner organisation")
        PATIENT = "patient", _("a patient partner")
        TEAM = "team", _("our team")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    subject_id = models.UUIDField()
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    side = models.CharField(max_length=8, choices=Side.choices)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    needs_words = models.TextField(blank=True)
    dietary = models.CharField(max_length=300, blank=True)
    brings_carer = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices)
    consent_text_id = models.UUIDField(null=True)
    consented_at = models.DateTimeField(null=True)
    code_sha256 = models.CharField(max_length=64, blank=True)
    request_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    offer_ends_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[RegistrationQuerySet] = RegistrationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_registration"
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(state__in=["waiting", "offered", "registered", "attended", "no_show"]),
                name="partnership_one_place_a_person",
            ),
            models.UniqueConstraint(
                fields=["code_sha256"],
                condition=~models.Q(code_sha256=""),
                name="partnership_registration_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | ~models.Q(name="")
                | models.Q(erased_at__isnull=False),
                name="partnership_registration_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(offer_ends_at__isnull=False),
                name="partnership_offer_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "created_at"], name="partnership_places_of_event"),
            models.Index(fields=["person", "-created_at"], name="partnership_places_of_person"),
            models.Index(fields=["state", "offer_ends_at"], name="partnership_offers"),
            models.Index(fields=["subject_id"], name="partnership_place_subject"),
        ]

    class Privacy:
        subject = "subject_id"
        secret = ("code_sha256",)
        personal = (
            "subject_id", "person", "name", "email", "needs_words", "dietary", "brings_carer",
        )  # fmt: skip
        plain = (
            "id", "event", "organisation", "side", "state", "consent_text_id", "consented_at", "code_sha256",
            "request_key", "created_at", "changed_at", "offer_ends_at", "erased_at",
        )  # fmt: skip


class CalendarFeed(models.Model):
    """A private address under which one person's calendar program reads their own events; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_calendar_feed"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="partnership_one_feed_a_person"
            )
        ]

    class Privacy:
        subject = "person_id"
        secret = ("token_sha256",)
        personal = ("person",)
        plain = ("id", "token_sha256", "created_at", "ended_at")
