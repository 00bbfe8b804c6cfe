"""Funding of groups' programmes, at arm's length: the request, its reviews, the decision, the report."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer


class FundingCriteria(models.Model):
    """One published edition of what we fund and how we judge; never changed, only followed by another.

    `criteria` is a list of [key, title, words]. `warn_from_percent` is the share of a group's income from which its
    independence is looked at again; it is published with the criteria, so that groups know it too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField()
    intro = models.TextField()
    criteria = models.JSONField()
    warn_from_percent = models.PositiveIntegerField()
    source = models.TextField()  # where the level and the criteria come from
    published_by_id = models.UUIDField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_funding_criteria"
        ordering = ["-edition"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(warn_from_percent__gte=1, warn_from_percent__lte=100),
                name="partnership_warning_level_is_a_share",
            )
        ]

    class Privacy:
        personal = ("published_by_id",)
        plain = (
            "id", "edition", "valid_from", "intro", "criteria", "warn_from_percent", "source", "published_at"
        )  # fmt: skip


class FundingRequestQuerySet(models.QuerySet["FundingRequest"]):
    """Requests a viewer may see: the team all, a group its own."""

    def for_viewer(self, viewer: Viewer) -> "FundingRequestQuerySet":
        if viewer.may("see_funding"):
            return self
        if viewer.partner_id is not None and viewer.may("see_own_organisation"):
            return self.filter(organisation_id=viewer.partner_id)
        return self.none()


class FundingRequest(models.Model):
    """One request of one organisation for something it does itself; never of a person.

    Money has an amount. Something in kind has a description, and a value only where it can be valued.
    """

    class Kind(models.TextChoices):
        DONATION = "donation", _("donation")
        GRANT = "grant", _("grant")
        SPONSORSHIP = "sponsorship", _("sponsorship")

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        REVIEW = "review", _("in review")
        DECISION = "decision", _("waiting for a decision")
        AGREEMENT = "agreement", _("granted, agreement being made")
        FUNDED = "funded", _("agreed and under way")
        REPORTED = "reported", _("report received")
        CLOSED = "closed", _("closed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Way(models.TextChoices):
        OWN_SIDE = "own_side", _("the group’s own page")
        LETTER = "letter", _("a letter")
        MAIL = "mail", _("an e-mail")
        MEETING = "meeting", _("a meeting or a call")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # such as "FR-2026-0007"
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="funding_requests"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    benefit = models.TextField()
    other_funders = models.TextField(blank=True)  # who else gives to this programme, in the group's own words
    is_in_kind = models.BooleanField(default=False)
    amount_pence = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="GBP")
    in_kind_description = models.TextField(blank=True)
    in_kind_value_pence = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    way = models.CharField(max_length=10, choices=Way.choices)
    received_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.REQUESTED)
    criteria = models.ForeignKey(FundingCriteria, on_delete=models.PROTECT, related_name="requests")
    request_key = models.UUIDField(unique=True)  # drawn when the form is shown: a form sent twice asks once
    written_by_id = models.UUIDField(null=True)  # who wrote this record, and so does not decide on it
    written_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    granted_pence = models.BigIntegerField(
        null=True
    )  # may be less than was asked for; empty for things in kind
    agreement = models.ForeignKey(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="funding_requests"
    )
    report_due_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[FundingRequestQuerySet] = FundingRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_funding_request"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="partnership_funding_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(is_in_kind=False, amount_pence__gt=0, in_kind_value_pence=None)
                | (
                    models.Q(is_in_kind=True, amount_pence=None, granted_pence=None)
                    & ~models.Q(in_kind_description="")
                ),
                name="partnership_funding_is_money_or_described",
            ),
            models.CheckConstraint(
                condition=models.Q(in_kind_value_pence=None) | models.Q(in_kind_value_pence__gt=0),
                name="partnership_funding_value_is_never_invented",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_pence=None)
                | models.Q(granted_pence__gt=0, granted_pence__lte=models.F("amount_pence")),
                name="partnership_granted_is_at_most_what_was_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["requested", "review", "decision", "withdrawn"])
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision_reason="")),
                name="partnership_a_decision_has_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("written_by_id")),
                name="partnership_nobody_decides_what_they_wrote",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="partnership_fund_received"),
            models.Index(fields=["organisation", "-received_on"], name="partnership_fund_of_group"),
            models.Index(fields=["state", "-received_on"], name="partnership_fund_state"),
            models.Index(fields=["state", "report_due_on"], name="partnership_fund_report_due"),
        ]

    class Privacy:
        personal = ("written_by_id", "decided_by_id")
        plain = (
            "id", "reference", "organisation", "kind", "title", "purpose", "benefit", "other_funders", "is_in_kind",
            "amount_pence", "currency", "in_kind_description", "in_kind_value_pence", "starts_on", "ends_on", "way",
            "received_on", "state", "criteria", "request_key", "written_at", "decided_at", "decision_reason",
            "granted_pence", "agreement", "report_due_on", "reminded_at", "closed_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class FundingEvent(models.Model):
    """One step in a request's life, never changed: from which state to which, by whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="events")
    was = models.CharField(max_length=12, blank=True)
    became = models.CharField(max_length=12)
    words = models.TextField()
    is_from_group = models.BooleanField(default=False)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_funding_event"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["at"], name="partnership_fund_event_at")]

    class Privacy:
        personal = ("by_id",)
        plain = ("id", "request", "was", "became", "words", "is_from_group", "at")


class FundingReview(models.Model):
    """One colleague's review: what ties them to the group, said first, and then how each criterion is met."""

    class Advice(models.TextChoices):
        FUND = "fund", _("fund it")
        PART = "part", _("fund a part of it")
        DECLINE = "decline", _("do not fund it")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="reviews")
    reviewer_id = models.UUIDField()
    has_conflict = models.BooleanField()
    conflict_words = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    advice = models.CharField(max_length=8, choices=Advice.choices, blank=True)
    words = models.TextField(blank=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "partnership_funding_review"
        ordering = ["declared_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "reviewer_id"], name="partnership_one_review_each"),
            models.CheckConstraint(
                condition=models.Q(has_conflict=False) | models.Q(scored_at=None),
                name="partnership_nobody_scores_with_a_conflict",
            ),
            models.CheckConstraint(
                condition=models.Q(scored_at=None) | ~models.Q(advice=""),
                name="partnership_a_review_ends_with_advice",
            ),
        ]

    class Privacy:
        subject = "reviewer_id"
        personal = ("reviewer_id", "has_conflict", "conflict_words", "words")
        plain = ("id", "request", "declared_at", "advice", "scored_at")


class FundingScore(models.Model):
    """How one reviewer found one criterion met."""

    class Answer(models.TextChoices):
        MET = "met", _("met")
        PARTLY = "partly", _("partly met")
        NOT = "not", _("not met")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(FundingReview, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=60)
    answer = models.CharField(max_length=6, choices=Answer.choices)
    words = models.TextField()

    class Meta:
        db_table = "partnership_funding_score"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="partnership_one_score_a_criterion")
        ]

    class Privacy:
        personal = ()
        plain = ("id", "review", "criterion", "answer", "words")


class FundingReport(models.Model):
    """The light report a group sends: one page, what it did and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(FundingRequest, on_delete=models.PROTECT, related_name="report")
    did = models.TextField()
    difference = models.TextField()
    hard = models.TextField(blank=True)  # what did not work; negative results belong here
    spent = models.TextField()  # whether it went where it was meant to
    people_reached = models.PositiveIntegerField(null=True)
    is_from_group = models.BooleanField()
    received_on = models.DateField()
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_funding_report"

    class Privacy:
        personal = ("written_by_id",)
        plain = (
            "id", "request", "did", "difference", "hard", "spent", "people_reached", "is_from_group", "received_on",
            "written_at",
        )  # fmt: skip
