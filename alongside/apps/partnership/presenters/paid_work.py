"""Paid work in words: how far an offer is, filters and chips, rows for a spreadsheet, each step of a payment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.partnership.models import ExpenseLine, Payment, ServiceNeed, ServiceOffer
from alongside.apps.partnership.queries.services.offers import ClaimView, OfferView
from alongside.apps.partnership.rules.services import read_choice

STAGE_WORDS = {
    "unanswered": gettext_lazy("waiting for an answer"),
    "agreement": gettext_lazy("waiting for the agreement"),
    "ready": gettext_lazy("ready to begin"),
    "working": gettext_lazy("work under way"),
    "unclaimed": gettext_lazy("done, not claimed"),
    "to_check": gettext_lazy("claim to check"),
    "paying": gettext_lazy("being paid"),
    "paid": gettext_lazy("done and paid"),
    "declined": gettext_lazy("ended"),
}
STAGE_TONES = {
    "unanswered": "waiting",
    "agreement": "waiting",
    "ready": "info",
    "working": "info",
    "unclaimed": "waiting",
    "to_check": "waiting",
    "paying": "info",
    "paid": "good",
    "declined": "neutral",
}
CHOICE_WORDS = {
    "all": gettext_lazy("the whole fee"),
    "part": gettext_lazy("a part of the fee"),
    "part_charity": gettext_lazy("a part, and the rest to a charity"),
    "charity": gettext_lazy("all of it to a charity"),
    "nothing": gettext_lazy("no payment, by their own choice"),
}
STEP_WORDS = {
    "offered": gettext_lazy("Offered"),
    "accepted": gettext_lazy("Accepted"),
    "declined": gettext_lazy("No, thank you"),
    "withdrawn": gettext_lazy("Taken back"),
    "working": gettext_lazy("Work began"),
    "done": gettext_lazy("Work done"),
    "claimed": gettext_lazy("Claimed"),
    "queried": gettext_lazy("Claim sent back with a question"),
    "checked": gettext_lazy("Claim checked, payment asked for"),
    "gift": gettext_lazy("Gift to the charity asked for"),
}
NEED_TONES = {"draft": "waiting", "approved": "good", "closed": "neutral"}


@dataclass(frozen=True)
class Filters:
    """The drop-downs of the list of offers, and the chips of what is chosen."""

    stages: list[dict[str, object]]
    capacities: list[dict[str, object]]
    standings: list[dict[str, object]]
    chips: list[Chip]


@dataclass(frozen=True)
class OfferLine:
    """One offer in a list: the view of it, with its stage in words."""

    view: OfferView
    stage: str
    tone: str

    @property
    def offer(self) -> ServiceOffer:
        """Return the offer itself."""
        return self.view.offer


@dataclass(frozen=True)
class PaymentStep:
    """One step of a payment as its person reads it; without a day it is still to come."""

    words: str
    on: date | None
    is_late: bool = False


@dataclass(frozen=True)
class OwnPayment:
    """One payment somebody waits for or got: what for, how much, its steps."""

    title: str
    what: str
    amount_pence: int
    currency: str
    steps: tuple[PaymentStep, ...]
    days: int | None

    @property
    def is_paid(self) -> bool:
        """Return whether the money left."""
        return self.days is not None


def as_line(view: OfferView) -> OfferLine:
    """Return an offer with its stage in words."""
    stage = view.stage
    words = str(STAGE_WORDS[stage])
    if view.offer.state in ("declined", "withdrawn"):
        words = str(view.offer.get_state_display())
    elif stage == "paid" and not view.claims:
        words = _("done")  # nothing was to be paid, because they chose so or there was no fee
    return OfferLine(view, words, STAGE_TONES[stage])


def choice_words(offer: ServiceOffer) -> str:
    """Return how somebody chose to be paid, in words; "" before they answered."""
    chosen = read_choice(offer.fee_pence, offer.taken_pence, offer.given_pence)
    return str(CHOICE_WORDS[chosen]) if chosen else ""


def draw_filters(query: QueryDict) -> Filters:
    """Return the filters with what is chosen marked."""
    stages = {key: str(words) for key, words in STAGE_WORDS.items() if key != "ready"}
    stages["gifts"] = _("gift still to be made")
    capacities = {value: str(label) for value, label in ServiceOffer.Capacity.choices}
    standings = {value: str(label) for value, label in ServiceOffer.Standing.choices}
    return Filters(
        stages=_options(stages, query.get("stage", "")),
        capacities=_options(capacities, query.get("capacity", "")),
        standings=_options(standings, query.get("standing", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "stage": (_("How far"), stages),
                "capacity": (_("Speaking"), capacities),
                "standing": (_("As"), standings),
            },
        ),
    )


def draw_need_filters(query: QueryDict) -> tuple[list[dict[str, object]], list[Chip]]:
    """Return the states of needs to choose from, and the chips of what is chosen."""
    states = {value: str(label) for value, label in ServiceNeed.State.choices}
    chips = make_chips(query, {"words": (_("Words"), {}), "state": (_("State"), states)})
    return _options(states, query.get("state", "")), chips


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def standing_choices() -> list[tuple[str, str]]:
    """Return as whom somebody can be asked."""
    return [(value, str(label)) for value, label in ServiceOffer.Standing.choices]


def capacity_choices() -> list[tuple[str, str]]:
    """Return for whom somebody can speak."""
    return [
        ("themselves", _("Themselves: the agreement is with the person, who is paid")),
        ("representing", _("An organisation that mandated them: the agreement and the payment are with it")),
    ]


def kind_choices() -> list[tuple[str, str]]:
    """Return what an expense can be for."""
    return [(value, str(label).capitalize()) for value, label in ExpenseLine.Kind.choices]


EXPORT_COLUMNS = (
    "reference", "need", "title", "person", "capacity", "organisation", "standing", "state", "fee_gbp", "taken_gbp",
    "given_gbp", "starts_on", "ends_on", "offered_on", "answered_on", "done_on",
)  # fmt: skip


def export_rows(offers: Iterable[ServiceOffer]) -> Iterator[list[str]]:
    """Yield a row for each offer, as text; an amount nobody chose yet stays empty."""
    for one in offers:
        yield [
            one.reference,
            one.need.reference,
            one.title,
            one.person.name,
            str(one.get_capacity_display()),
            one.organisation.name if one.organisation else "",
            str(one.get_standing_display()),
            str(one.get_state_display()),
            _pounds(one.fee_pence),
            _pounds(one.taken_pence),
            _pounds(one.given_pence or None),
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            timezone.localdate(one.offered_at).isoformat(),
            timezone.localdate(one.answered_at).isoformat() if one.answered_at else "",
            one.done_on.isoformat() if one.done_on else "",
        ]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:.2f}"


def list_own_payments(views: Iterable[OfferView], on: date) -> list[OwnPayment]:
    """Return what one person waits for or got, what waits first, each step with its day."""
    found = [one for view in views for claim in view.claims for one in _payments_of(view, claim, on)]
    return sorted(found, key=lambda one: one.is_paid)


def _payments_of(view: OfferView, claim: ClaimView, on: date) -> Iterator[OwnPayment]:
    if claim.claim.state == "draft" or claim.claim.sent_at is None:
        return
    offer, sent_on = view.offer, timezone.localdate(claim.claim.sent_at)
    if not claim.payments:
        steps = (PaymentStep(_("You sent your claim"), sent_on), PaymentStep(_("We check it"), None))
        what = _("Fee and expenses") if claim.claim.fee_pence and claim.expenses_pence else _("Your claim")
        yield OwnPayment(offer.title, what, claim.total_pence, offer.currency, steps, None)
    for payment in claim.payments:
        yield OwnPayment(
            offer.title,
            str(payment.get_category_display()).capitalize(),
            payment.amount_pence or 0,
            payment.currency,
            tuple(_steps(claim, payment, sent_on, on)),
            (payment.paid_on - sent_on).days if payment.paid_on else None,
        )


def _steps(claim: ClaimView, payment: Payment, sent_on: date, on: date) -> Iterator[PaymentStep]:
    checked = claim.claim.checked_at
    approved = payment.second_approved_at or payment.first_approved_at
    is_approved = payment.state in (Payment.State.APPROVED, Payment.State.PAID, Payment.State.FAILED)
    yield PaymentStep(_("You sent your claim"), sent_on)
    yield PaymentStep(_("Checked by our team"), timezone.localdate(checked) if checked else None)
    approved_on = timezone.localdate(approved) if approved and is_approved else None
    yield PaymentStep(_("Approved by finance"), approved_on)
    if payment.paid_on:
        yield PaymentStep(_("Paid"), payment.paid_on)
    else:
        until = _("Paid, at the latest on %(day)s") % {"day": date_format(payment.due_on, "j F Y")}
        yield PaymentStep(until, None, is_late=payment.due_on < on)


def next_step(viewer: Viewer, view: OfferView) -> tuple[str, str]:
    """Return what the team does next with an offer: a word for the page, and why in one sentence."""
    may_offer, may_check = viewer.may("offer_paid_work"), viewer.may("ask_for_payments")
    steps = {
        "unanswered": ("", _("They choose in their own time, after a notice about benefits.")),
        "agreement": _agreement_step(view, may_offer),
        "ready": ("start" if may_offer else "", _("The agreement is in force, so work may begin.")),
        "working": ("finish" if may_offer else "", _("When the work is done, say so: then it can be claimed.")),
        "unclaimed": ("", _("They can claim their fee and what they spent.")),
        "to_check": ("check" if may_check else "", _("Check the claim; finance then approves and pays.")),
        "paying": ("", _("Finance approves and pays. The days are counted from the claim.")),
        "paid": ("", _("All is done and paid.")),
        "declined": ("", _("Nothing more is to be done.")),
    }  # fmt: skip
    return steps[view.stage]


def _agreement_step(view: OfferView, may_offer: bool) -> tuple[str, str]:
    if view.offer.agreement_id is None:
        return "draft" if may_offer else "", _("They said yes. The agreement comes before the work.")
    return "agreement", _("The agreement must be certified by somebody else and signed before work begins.")


def describe_fee(offer: ServiceOffer) -> str:
    """Return the fee in words."""
    return write_money(offer.fee_pence, offer.currency) if offer.fee_pence else _("no fee")
