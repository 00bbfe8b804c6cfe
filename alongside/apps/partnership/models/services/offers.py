"""Offers of paid work to people: what is asked, what it pays, what they answered, what they were told before."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models.services.needs import ServiceNeed
from alongside.apps.partnership.models.services.rates import RateLine


class ServiceOfferQuerySet(models.QuerySet["ServiceOffer"]):
    """Offers a viewer may see: those who deal with paid work all, everybody else those made to them."""

    def for_viewer(self, viewer: Viewer) -> "ServiceOfferQuerySet":
        if viewer.may("see_payments"):
            return self
        if viewer.is_known and (viewer.may("take_paid_work") or viewer.may("speak_for_organisation")):
            return self.filter(person_id=viewer.own_id)
        return self.none()


class ServiceOffer(models.Model):
    """One offer to one person, who speaks for themselves or was mandated by an organisation.

    The capacity belongs to the offer: it decides who signs and who is paid. `taken_pence` is the part of the fee
    that is paid to whom the agreement is with; `given_pence` the part the person asked us to give to a charity. What
    is neither stays with us, because somebody said they would rather not have it, and that needs no reason.
    """

    class Capacity(models.TextChoices):
        THEMSELVES = "themselves", _("speaking for themselves")
        REPRESENTING = "representing", _("representing an organisation")

    class Standing(models.TextChoices):
        PATIENT = "patient", _("a patient")
        CARER = "carer", _("a carer")
        PUBLIC = "public", _("a member of the public")
        JOURNALIST = "journalist", _("a journalist")

    class State(models.TextChoices):
        OFFERED = "offered", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("no, thank you")
        WITHDRAWN = "withdrawn", _("taken back")
        WORKING = "working", _("work under way")
        DONE = "done", _("work done")

    TAKEN = (State.ACCEPTED, State.WORKING, State.DONE)  # somebody said yes
    LIVE = (State.OFFERED, *TAKEN)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # such as "OF-2026-0012"
    need = models.ForeignKey(ServiceNeed, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="service_offers")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="service_offers"
    )
    capacity = models.CharField(max_length=14, choices=Capacity.choices)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    title = models.CharField(max_length=200)
    ask = models.TextField()  # in plain words, to the person
    time_words = models.CharField(max_length=200)  # such as "about two hours, at home"
    support = models.TextField(blank=True)
    expenses = models.TextField(blank=True)  # what is paid back, in words
    expenses_most_pence = models.BigIntegerField(null=True)
    fee_pence = models.BigIntegerField(null=True)  # empty where the work is asked for without pay
    currency = models.CharField(max_length=3, default="GBP")
    rate_line = models.ForeignKey(RateLine, null=True, on_delete=models.PROTECT, related_name="+")
    fee_reason = models.TextField(blank=True)  # why the fee is another than the line's, or why there is none
    starts_on = models.DateField()
    ends_on = models.DateField()
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    taken_pence = models.BigIntegerField(null=True)
    given_pence = models.BigIntegerField(default=0)
    charity = models.ForeignKey("people.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    charity_name = models.CharField(max_length=200, blank=True)
    gift_payment = models.ForeignKey(
        "partnership.Payment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    notice_version = models.CharField(max_length=40, blank=True)  # the benefits notice they had read
    answer_words = models.TextField(blank=True)
    offered_by_id = models.UUIDField(null=True)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreement = models.ForeignKey(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="service_offers"
    )
    done_on = models.DateField(null=True)

    objects: ClassVar[ServiceOfferQuerySet] = ServiceOfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "partnership_service_offer"
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity="themselves", organisation__isnull=True)
                | models.Q(capacity="representing", organisation__isnull=False),
                name="partnership_offer_parties_fit",
            ),
            models.CheckConstraint(
                condition=models.Q(fee_pence=None) | models.Q(fee_pence__gt=0),
                name="partnership_offer_fee_is_above_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(given_pence__gte=0)
                & (
                    models.Q(taken_pence=None, given_pence=0)
                    | models.Q(
                        taken_pence__gte=0,
                        fee_pence__gte=models.F("taken_pence") + models.F("given_pence"),
                    )
                ),
                name="partnership_offer_parts_fit_the_fee",
            ),
            models.CheckConstraint(
                condition=models.Q(given_pence=0)
                | models.Q(charity__isnull=False)
                | ~models.Q(charity_name=""),
                name="partnership_offer_gift_names_its_charity",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "working", "done"])
                | models.Q(capacity="representing")
                | ~models.Q(notice_version=""),
                name="partnership_offer_notice_before_yes",
            ),
            models.UniqueConstraint(
                fields=["need", "person"],
                condition=models.Q(state__in=["offered", "accepted", "working", "done"]),
                name="partnership_one_live_offer_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["-offered_at", "-id"], name="partnership_offer_order"),
            models.Index(fields=["person", "-offered_at"], name="partnership_offer_person"),
            models.Index(fields=["organisation", "-offered_at"], name="partnership_offer_group"),
            models.Index(fields=["state", "answer_by"], name="partnership_offer_state"),
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person", "standing", "ask", "support", "answer_words", "charity_name", "offered_by_id")
        plain = (
            "id", "reference", "need", "organisation", "capacity", "title", "time_words", "expenses",
            "expenses_most_pence", "fee_pence", "currency", "rate_line", "fee_reason", "starts_on", "ends_on",
            "answer_by", "state", "taken_pence", "given_pence", "charity", "gift_payment", "notice_version",
            "offered_at", "answered_at", "agreement", "done_on",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def payee_name(self) -> str:
        """Return who is paid: the organisation somebody represents, else the person."""
        return self.organisation.name if self.organisation else self.person.name

    @property
    def gift_name(self) -> str:
        """Return the charity they named."""
        return self.charity.name if self.charity else self.charity_name


class NoticeReading(models.Model):
    """That a person was shown one version of a notice before answering an offer: the first time of each version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(ServiceOffer, on_delete=models.PROTECT, related_name="readings")
    person_id = models.UUIDField()
    notice = models.CharField(max_length=40)  # name and version, such as "benefits/1"
    text_sha256 = models.CharField(max_length=64)
    shown_at = models.DateTimeField()

    class Meta:
        db_table = "partnership_notice_reading"
        ordering = ["shown_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person_id", "notice", "text_sha256"], name="partnership_notice_shown_once"
            )
        ]

    class Privacy:
        subject = "person_id"
        personal = ("person_id",)
        plain = ("id", "offer", "notice", "text_sha256", "shown_at")


class ServiceEvent(models.Model):
    """One step in an offer's life, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(ServiceOffer, on_delete=models.PROTECT, related_name="events")
    became = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "partnership_service_event"
        ordering = ["at", "id"]

    class Privacy:
        personal = ("words", "by_id")
        plain = ("id", "offer", "became", "at")
