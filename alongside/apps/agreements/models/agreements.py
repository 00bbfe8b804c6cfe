"""Agreements: the written, certified, signed paper that must exist first."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.agreements.models.rule_sets import RuleSet
from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements a viewer may see: the team all, a group its own once shown to it, a person their own."""

    def for_viewer(self, viewer: Viewer) -> "AgreementQuerySet":
        if viewer.may("see_agreements"):
            return self
        shown = models.Q(shown_at__isnull=False)
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(shown, organisation_id=viewer.partner_id)
        if viewer.is_known and viewer.may("take_paid_work"):
            return self.filter(shown, person_id=viewer.own_id)
        return self.none()


class Agreement(models.Model):
    """One agreement with one partner, or with a person who speaks for themselves.

    What it says lies in its versions; which one is in force is `version_number`. `capacity` belongs to this
    agreement, never to the person: it decides who is paid and how the money is disclosed.
    """

    class Kind(models.TextChoices):
        DONATION = "donation", _("donation")
        GRANT = "grant", _("grant")
        SPONSORSHIP = "sponsorship", _("sponsorship")
        SERVICE = "service", _("contracted service")
        JOINT = "joint", _("joint working")
        MEMBERSHIP = "membership", _("membership")
        CONFIDENTIALITY = "confidentiality", _("confidentiality")

    class Capacity(models.TextChoices):
        ORGANISATION = "organisation", _("the organisation itself")
        REPRESENTING = "representing", _("somebody mandated by the organisation")
        THEMSELVES = "themselves", _("a person speaking for themselves")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PARTNER_REVIEW = "partner_review", _("with the partner")
        CERTIFIED = "certified", _("certified")
        SIGNED = "signed", _("signed")
        ACTIVE = "active", _("active")
        COMPLETED = "completed", _("completed")
        CLOSED = "closed", _("closed")
        REJECTED = "rejected", _("rejected")
        TERMINATED = "terminated", _("terminated")

    # An agreement in one of these was certified and signed.
    IN_FORCE = (State.SIGNED, State.ACTIVE, State.COMPLETED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # such as "AG-2026-0007"
    kind = models.CharField(max_length=16, choices=Kind.choices)
    capacity = models.CharField(max_length=14, choices=Capacity.choices)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="agreements"
    )
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="agreements"
    )
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=14, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # The most that may be paid under it; empty where nothing is, or where what is given is not money.
    amount_pence = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="GBP")
    in_kind_description = models.TextField(blank=True)
    in_kind_value_pence = models.BigIntegerField(null=True)
    version_number = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    author_id = models.UUIDField()
    review_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)  # since when the partner sees it
    partner_agreed_version = models.PositiveIntegerField(null=True)  # which one the partner said is right
    certified_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "agreements_agreement"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="agreements_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(capacity="themselves", person__isnull=False, organisation__isnull=True)
                | models.Q(capacity="representing", person__isnull=False, organisation__isnull=False)
                | models.Q(capacity="organisation", organisation__isnull=False, person__isnull=True),
                name="agreements_parties_fit_the_capacity",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_pence=None) | models.Q(amount_pence__gt=0),
                name="agreements_amount_is_above_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(in_kind_value_pence=None) | models.Q(in_kind_value_pence__gt=0),
                name="agreements_in_kind_value_is_never_invented",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["certified", "signed", "active", "completed"])
                | models.Q(certified_at__isnull=False),
                name="agreements_certified_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["signed", "active", "completed"])
                | models.Q(signed_on__isnull=False),
                name="agreements_signed_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="agreements_of_organisation"),
            models.Index(fields=["state", "ends_on"], name="agreements_by_state"),
            models.Index(fields=["-created_at", "-id"], name="agreements_newest"),
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person", "author_id")
        plain = (
            "id", "reference", "kind", "capacity", "organisation", "title", "state", "starts_on", "ends_on",
            "amount_pence", "currency", "in_kind_description", "in_kind_value_pence", "version_number", "replaces",
            "review_on", "created_at", "shown_at", "partner_agreed_version", "certified_at", "signed_on",
            "ended_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class AgreementVersion(models.Model):
    """What an agreement says: the answers by field of its rule set, and the document made of them. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=60)  # name and version of the template, such as "grant/2"
    fields = models.JSONField(default=dict)  # field key of the rule set → words
    document = models.TextField()  # the text both sides sign
    document_sha256 = models.CharField(max_length=64)
    why = models.TextField(blank=True)  # what changed, and why
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "agreements_version"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_once")
        ]

    class Privacy:
        append_only = True  # what both sides signed stays word for word, or its hash would no longer hold
        personal = ("fields", "document", "written_by_id")
        plain = (
            "id", "agreement", "number", "rule_set", "template", "document_sha256", "why", "written_at"
        )  # fmt: skip


class AgreementEvent(models.Model):
    """One step in an agreement's life, never changed: from which state to which, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="events")
    was = models.CharField(max_length=14, blank=True)
    became = models.CharField(max_length=14)
    version_number = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "agreements_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "agreement", "was", "became", "version_number", "words", "at")


class Certification(models.Model):
    """A second person stands behind one version: that it keeps the rules, before anything begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.OneToOneField(AgreementVersion, on_delete=models.PROTECT, related_name="certification")
    document_sha256 = models.CharField(max_length=64)
    statement = models.TextField()
    certified_by_id = models.UUIDField()
    certified_at = models.DateTimeField()

    class Meta:
        db_table = "agreements_certification"

    class Privacy:
        personal = ("certified_by_id",)
        plain = ("id", "version", "document_sha256", "statement", "certified_at")


class Signature(models.Model):
    """One side signed one version, on screen or on paper."""

    class Side(models.TextChoices):
        OURS = "ours", _("our side")
        THEIRS = "theirs", _("the partner’s side")

    class Way(models.TextChoices):
        SCREEN = "screen", _("on screen")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side.choices)
    way = models.CharField(max_length=6, choices=Way.choices)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    document_sha256 = models.CharField(max_length=64)
    signed_on = models.DateField()
    person_id = models.UUIDField(null=True)  # whoever signed on screen
    recorded_by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "agreements_signature"
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="agreements_a_side_signs_once")
        ]

    class Privacy:
        append_only = True  # who signed stays on the paper for as long as the law keeps it
        subject = "person_id"
        personal = ("name", "role", "person_id", "recorded_by_id")
        plain = ("id", "version", "side", "way", "document_sha256", "signed_on", "at")


class AgreementComment(models.Model):
    """What a partner or the team says about one field of an agreement, and the answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="comments")
    version_number = models.PositiveIntegerField()
    field_key = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    is_from_partner = models.BooleanField()
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agreements_comment"
        ordering = ["at", "id"]

    class Privacy:
        subject = "by_id"
        personal = ("words", "by_id", "answer", "answered_by_id")
        plain = ("id", "agreement", "version_number", "field_key", "is_from_partner", "at", "answered_at")


class NeededPaper(models.Model):
    """Something that must not begin before a paper is certified and signed: which kinds would do, and which one is it.

    `subject_kind` and `subject_id` are those of a Starting. With `agreement` empty, nothing has been found yet and
    the thing may not start.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    kinds = models.CharField(
        max_length=200, blank=True
    )  # kinds of agreement that would do, with commas; empty: any
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="papers_for")
    why = models.CharField(max_length=300)
    asked_by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "agreements_needed_paper"
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="agreements_paper_of_subject")]

    class Privacy:
        personal = ("asked_by_id",)
        plain = ("id", "subject_kind", "subject_id", "kinds", "agreement", "why", "asked_at")
