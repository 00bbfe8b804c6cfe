"""What somebody asks about the data we hold on them, what was done about it, and who they turned out to be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id


class DataRequest(models.Model):
    """One request: what is asked, by whom as far as they said, how it came, and how the time runs.

    `due_on` is kept beside what it follows from, so that the queue can be ordered. `paused_on` is set while the clock
    stands still, because we asked who they are or what they mean; `paused_days` counts the days it stood still before.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("everything you hold about me")
        CORRECTION = "correction", _("put something right")
        OBJECTION = "objection", _("stop using my words or my data")
        ERASURE = "erasure", _("erase what you hold about me")
        COMPLAINT = "complaint", _("complain about how you use my data")

    class Way(models.TextChoices):
        PUBLIC_PAGE = "public_page", _("the public page")
        SIGNED_IN = "signed_in", _("their own page, signed in")
        EMAIL = "email", _("e-mail")
        POST = "post", _("post")
        PHONE = "phone", _("telephone")
        IN_PERSON = "in_person", _("in person")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        WAITING = "waiting", _("waiting for the person")
        WORKING = "working", _("being worked on")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("refused, with the reason")
        WITHDRAWN = "withdrawn", _("taken back by the person")

    class Identity(models.TextChoices):
        NOT_ASKED = "not_asked", _("not asked yet")
        ASKED = "asked", _("asked")
        SHOWN = "shown", _("shown, not looked at yet")
        ENOUGH = "enough", _("we know who it is")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    came_by = models.CharField(max_length=12, choices=Way.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    receipt_code = models.CharField(
        max_length=40, blank=True
    )  # of words sent from "Have your say", if they have it
    code_sha256 = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    identity = models.CharField(max_length=10, choices=Identity.choices, default=Identity.NOT_ASKED)
    identity_note = models.CharField(max_length=300, blank=True)
    paused_on = models.DateField(null=True)
    paused_days = models.PositiveIntegerField(default=0)
    extended_on = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)
    acknowledged_on = models.DateField(null=True)
    due_on = models.DateField()
    outcome = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    recorded_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "people_data_request"
        ordering = ["due_on", "received_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "waiting", "working"], ended_at=None)
                | models.Q(state__in=["answered", "refused", "withdrawn"], ended_at__isnull=False),
                name="people_request_that_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", paused_on__isnull=False)
                | (~models.Q(state="waiting") & models.Q(paused_on=None)),
                name="people_request_waits_while_its_clock_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_on=None) | ~models.Q(extension_reason=""),
                name="people_request_longer_says_why",
            ),
        ]

    class Privacy:
        personal = (
            "person",
            "name",
            "email",
            "phone",
            "words",
            "receipt_code",
            "identity_note",
            "outcome",
            "recorded_by_id",
        )
        plain = (
            "id", "kind", "came_by", "state", "code_sha256", "received_at", "received_on", "identity", "paused_on",
            "paused_days", "extended_on", "extension_reason", "acknowledged_on", "due_on", "ended_at",
        )  # fmt: skip
        subject = "person_id"


class RequestEvent(models.Model):
    """One step of a request: what was done, by whom, when. Lines are added and never changed by anybody's hand."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "people_request_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("note", "by_id")
        plain = ("id", "request", "what", "at")


class RequestMatch(models.Model):
    """Somebody found who may be the person that asks; a handler says whether they are, so that two stay apart."""

    class Kind(models.TextChoices):
        PERSON = "person", _("account")
        SPEAKER = "speaker", _("somebody who spoke")
        MEMBER = "member", _("member of the programme")
        CONTACT = "contact", _("contact at a partner organisation")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject_id = models.UUIDField()
    words = models.CharField(max_length=300)
    place = models.CharField(max_length=200)
    is_this_person = models.BooleanField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_request_match"
        ordering = ["kind", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "subject_id"], name="people_request_match_once"
            )
        ]

    class Privacy:
        personal = ("subject_id", "words", "decided_by_id")
        plain = ("id", "request", "kind", "place", "is_this_person", "decided_at")
