"""Events: our own, a partner's that we sponsor, or held together, with what is planned and what came of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer

# Since an event was opened it may be shown to those it is for, whatever became of it.
SHOWN = ("open", "full", "held", "reported", "closed", "cancelled")


class EventQuerySet(models.QuerySet["Event"]):
    """Events a viewer may see: colleagues all, a group its own once open, anybody what is public and open."""

    def for_viewer(self, viewer: Viewer) -> "EventQuerySet":
        if viewer.may("see_events"):
            return self
        return self.filter(_is_meant_for(viewer), opened_at__isnull=False)

    def for_partner(self, viewer: Viewer) -> "EventQuerySet":
        """Return the events of the organisation this viewer speaks for, and of no other."""
        if viewer.partner_id is None or not viewer.may("see_own_organisation"):
            return self.none()
        return self.filter(partners=viewer.partner_id, opened_at__isnull=False)


def _is_meant_for(viewer: Viewer) -> models.Q:
    meant = models.Q(visibility="public")
    if viewer.partner_id is not None and viewer.may("see_own_organisation"):
        mine = Event.partners.through.objects.filter(organisation_id=viewer.partner_id).values("event_id")
        meant |= models.Q(id__in=mine)
    elif viewer.is_known and viewer.may("take_paid_work"):
        meant |= models.Q(visibility="invited")
    return meant


class Event(models.Model):
    """One event, from an idea to its report.

    `title` stands on our own pages; `neutral_title` is all a calendar ever says of it. Times are kept in UTC and
    shown in the zone of the place. `sequence` rises with every change somebody's calendar must follow. Visibility
    never changes once somebody has registered: they registered with whom the page was for.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("our own")
        SPONSORED = "sponsored", _("a partner’s, sponsored by us")
        JOINT = "joint", _("held together with partners")

    class Place(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("anybody")
        INVITED = "invited", _("the partners of the event and patient partners")
        TEAM = "team", _("our own team only")

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        APPROVED = "approved", _("approved")
        OPEN = "open", _("open for registration")
        FULL = "full", _("full")
        HELD = "held", _("held, report due")
        REPORTED = "reported", _("reported")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    # People may ask for a place, or for one on the waiting list.
    TAKES_PEOPLE = (State.OPEN, State.FULL)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    neutral_title = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IDEA)
    purpose = models.TextField()  # what people learn or work on there
    about = models.TextField(blank=True)  # what those who might come read
    place = models.CharField(max_length=10, choices=Place.choices)
    venue = models.CharField(max_length=300, blank=True)
    has_neutral_venue = models.BooleanField(default=False)  # whether the venue may stand in a calendar
    venue_reason = models.TextField(blank=True)
    joining = models.TextField(blank=True)  # how to join online; shown to those who have a place
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=40, default="Europe/London")
    access_plan = models.TextField(blank=True)
    carer_places = models.PositiveIntegerField(default=0)
    carer_need = models.TextField(blank=True)  # why carers come along
    acknowledgement = models.TextField(blank=True)  # who supports it and how, as it is said from the start
    acknowledged_where = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveIntegerField()
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    partners = models.ManyToManyField(
        "people.Organisation", related_name="+", db_table="partnership_event_partner"
    )
    lead_id = models.UUIDField()  # who runs it
    consent_text_id = models.UUIDField(null=True)  # what somebody without an account agrees to
    sequence = models.PositiveIntegerField(default=0)
    created_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)  # when the first person registered
    held_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(blank=True)  # what those who registered read

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_event"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="partnership_event_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="partnership_event_has_a_place"),
            models.CheckConstraint(
                condition=~models.Q(neutral_title=""), name="partnership_event_has_a_neutral_title"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["open", "full", "held", "reported", "closed"])
                | models.Q(opened_at__isnull=False),
                name="partnership_open_event_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(cancelled_because=""),
                name="partnership_cancelled_event_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="partnership_event_order"),
            models.Index(fields=["state", "starts_at"], name="partnership_event_state"),
            models.Index(fields=["visibility", "starts_at"], name="partnership_event_public"),
        ]

    class Privacy:
        personal = ("lead_id", "created_by_id")
        plain = (
            "id", "title", "neutral_title", "kind", "state", "purpose", "about", "place", "venue",
            "has_neutral_venue", "venue_reason", "joining", "starts_at", "ends_at", "time_zone", "access_plan",
            "carer_places", "carer_need", "acknowledgement", "acknowledged_where", "capacity", "visibility",
            "partners", "consent_text_id", "sequence", "created_at", "changed_at", "opened_at",
            "registered_at", "held_at", "cancelled_because",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One part of an event, with its times; `is_educational` marks what people come for, not a meal or a pause."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    is_educational = models.BooleanField(default=True)

    class Meta:
        db_table = "partnership_event_agenda"
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="partnership_agenda_ends_after_start",
            )
        ]

    class Privacy:
        personal = ()
        plain = ("id", "event", "starts_at", "ends_at", "title", "is_educational")


class EventCost(models.Model):
    """One line of what an event costs for each person, as it was agreed and as it was in the end."""

    class Category(models.TextChoices):
        FOOD = "food", _("food and drink")
        TRAVEL = "travel", _("travel")
        ROOM = "room", _("room and equipment")
        STAY = "stay", _("a night’s stay")
        SPEAKER = "speaker", _("speakers")
        ACCESS = "access", _("access: interpreters, captions, materials")
        CARER = "carer", _("carers and personal assistants")
        OTHER = "other", _("something else")

    # What somebody is given beside what they come to learn.
    HOSPITALITY = (Category.FOOD, Category.TRAVEL, Category.STAY)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="costs")
    category = models.CharField(max_length=8, choices=Category.choices)
    words = models.CharField(max_length=200)
    per_head_pence = models.BigIntegerField()
    actual_per_head_pence = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="GBP")

    class Meta:
        db_table = "partnership_event_cost"
        ordering = ["category", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(per_head_pence__gt=0), name="partnership_event_cost_above_nothing"
            ),
            models.CheckConstraint(
                condition=models.Q(actual_per_head_pence=None) | models.Q(actual_per_head_pence__gte=0),
                name="partnership_event_cost_not_negative",
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "event", "category", "words", "per_head_pence", "actual_per_head_pence", "currency")


class EventChange(models.Model):
    """One step in an event's life, never changed: its state, or what was changed, why, and how many it concerned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes")
    was = models.CharField(max_length=10, blank=True)
    became = models.CharField(max_length=10, blank=True)
    fields = models.CharField(max_length=300, blank=True)  # which fields were changed, with commas
    words = models.TextField(blank=True)
    registered = models.PositiveIntegerField(default=0)  # how many people held a place then
    sequence = models.PositiveIntegerField(default=0)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_event_change"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "event", "was", "became", "fields", "words", "registered", "sequence", "at")


class EventReport(models.Model):
    """What happened at an event, what people said of it, and why anything cost more than was agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="report")
    what_happened = models.TextField()
    what_people_said = models.TextField(blank=True)
    costs_because = models.TextField(blank=True)
    attended = models.PositiveIntegerField()
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_event_report"

    class Privacy:
        personal = ("what_people_said", "written_by_id")
        plain = ("id", "event", "what_happened", "costs_because", "attended", "written_at")
