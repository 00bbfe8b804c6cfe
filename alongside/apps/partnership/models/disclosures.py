"""A year's disclosure: how far it is, what each organisation said to its rows, how it was counted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Disclosures a viewer may see: the team all, everybody those that are published."""

    def for_viewer(self, viewer: Viewer) -> "DisclosureQuerySet":
        if viewer.may("see_disclosures"):
            return self
        return self.published()

    def published(self) -> "DisclosureQuerySet":
        return self.filter(state__in=Disclosure.PUBLIC)


class Disclosure(models.Model):
    """What we paid and gave in one calendar year, on its way from the payments to the public register.

    `rules` names the dated content it is made after. The days come from there and are kept as they were then.
    """

    class State(models.TextChoices):
        COLLECTING = "collecting", _("collecting")
        RECONCILING = "reconciling", _("reconciling")
        CHECKING = "checking", _("with the partners")
        TO_APPROVE = "to_approve", _("waiting for approval")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("published and corrected")

    PUBLIC = (State.PUBLISHED, State.CORRECTED)
    # In these, rows may still be computed anew.
    OPEN = (State.COLLECTING, State.RECONCILING, State.CHECKING)

    class Showing(models.TextChoices):
        PROTECTED = "protected", _("small numbers protected")
        EXACT = "exact", _("exact numbers")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField(unique=True)
    rules = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.COLLECTING)
    due_on = models.DateField()
    collected_at = models.DateTimeField(null=True)
    checks_asked_at = models.DateTimeField(null=True)
    checks_due_on = models.DateField(null=True)
    # How many people there were is shown protected, unless a certifier decided otherwise, with a reason.
    people_shown = models.CharField(max_length=9, choices=Showing.choices, default=Showing.PROTECTED)
    people_shown_because = models.TextField(blank=True)
    people_shown_by_id = models.UUIDField(null=True)
    people_shown_at = models.DateTimeField(null=True)
    begun_by_id = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    prepared_by_id = models.UUIDField(null=True)
    prepared_at = models.DateTimeField(null=True)
    approved_by_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    published_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    public_until = models.DateField(null=True)
    retain_until = models.DateField(null=True)
    # What the last look at the snapshot found; empty before the first.
    verified_at = models.DateTimeField(null=True)
    is_intact = models.BooleanField(null=True)

    objects: ClassVar[DisclosureQuerySet] = DisclosureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_disclosure"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None)
                | ~models.Q(approved_by_id=models.F("prepared_by_id")),
                name="partnership_another_person_approves",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "published", "corrected"])
                | (models.Q(approved_at__isnull=False) & ~models.Q(approved_sha256="")),
                name="partnership_approved_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "corrected"])
                | models.Q(published_at__isnull=False),
                name="partnership_published_has_its_time",
            ),
        ]

    class Privacy:
        passing = ("verified_at",)
        personal = (
            "people_shown_by_id", "begun_by_id", "prepared_by_id", "approved_by_id", "published_by_id"
        )  # fmt: skip
        plain = (
            "id", "year", "rules", "state", "due_on", "collected_at", "checks_asked_at", "checks_due_on",
            "people_shown", "people_shown_because", "people_shown_at", "begun_at", "prepared_at", "approved_at",
            "approved_sha256", "published_at", "public_until", "retain_until", "verified_at", "is_intact",
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.year)


class DisclosureEvent(models.Model):
    """One step of a year's disclosure, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="events")
    was = models.CharField(max_length=12, blank=True)
    became = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_disclosure_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "disclosure", "was", "became", "words", "at")


class MethodNote(models.Model):
    """How a year was counted, in the team's words; a change is another version, and every version is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    sections = models.JSONField(default=dict)  # key of the content's section → words
    why = models.CharField(max_length=300, blank=True)
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_method_note"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="partnership_note_version_once")
        ]

    class Privacy:
        personal = ("written_by_id",)
        plain = ("id", "disclosure", "number", "sections", "why", "written_at")


class CheckQuerySet(models.QuerySet["DisclosureCheck"]):
    """Checks a viewer may see: the team all, an organisation its own."""

    def for_viewer(self, viewer: Viewer) -> "CheckQuerySet":
        if viewer.may("see_disclosures"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        return self.none()


class DisclosureCheck(models.Model):
    """One organisation was asked to look at its rows before they are public: what it said, and our answer.

    `rows_sha256` is of the rows it was shown. Where rows change afterwards, it is asked again in a new line; silence
    stays silence.
    """

    class Answer(models.TextChoices):
        RIGHT = "right", _("this is right")
        LOOK = "look", _("please look at this")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="checks")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    rows_sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    words = models.TextField(blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_by_id = models.UUIDField(null=True)
    replied_at = models.DateTimeField(null=True)

    objects: ClassVar[CheckQuerySet] = CheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_disclosure_check"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "organisation"],
                condition=models.Q(is_current=True),
                name="partnership_one_check_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="look") | ~models.Q(words=""), name="partnership_look_says_at_what"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="") | models.Q(answered_at__isnull=False),
                name="partnership_answer_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-asked_at"], name="partnership_check_of"),
            models.Index(fields=["disclosure", "answer"], name="partnership_check_answer"),
        ]

    class Privacy:
        subject = "answered_by_id"
        personal = ("words", "answered_by_id", "reply", "replied_by_id")
        plain = (
            "id", "disclosure", "organisation", "rows_sha256", "is_current", "asked_at", "reminded_at", "answer",
            "answered_at", "replied_at",
        )  # fmt: skip
