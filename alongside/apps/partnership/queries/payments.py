"""Payments as a viewer may see them: lists, one payment with its history, a person's own, a group's own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.payment_terms import get_payment_terms
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.rules.payments import MAY_BE_PAID, OPEN, WAITS_FOR_APPROVAL
from alongside.apps.people.queries import get_names

State = Payment.State


@dataclass(frozen=True)
class PaymentFilters:
    """What a list of payments is narrowed to; empty means everything. `payee` and `agreement` are ids or words."""

    words: str = ""
    scope: str = ""  # mine, late
    state: str = ""
    payee: str = ""
    agreement: str = ""
    year: str = ""
    category: str = ""


@dataclass(frozen=True)
class PaymentStep:
    """One step in a payment's life: when, by whom, what it became, in which words."""

    at: datetime
    who: str
    label: str
    words: str


@dataclass(frozen=True)
class OwnPayment:
    """A payment as the person sees it who is paid: no names of staff, no approvals."""

    id: UUID
    reference: str
    description: str
    category_words: str
    amount_pence: int | None
    currency: str
    state: str
    state_words: str
    asked_on: date
    due_on: date
    paid_on: date | None
    source_kind: str
    source_id: UUID | None


def list_payments(viewer: Viewer, filters: PaymentFilters, on: date) -> "QuerySet[Payment]":
    """Return the payments a viewer may see, narrowed, those due last first."""
    found = Payment.objects.for_viewer(viewer).filter(_narrow(viewer, filters, on))
    return found.select_related("organisation", "person", "agreement").order_by("-due_on", "-id")


def _narrow(viewer: Viewer, filters: PaymentFilters, on: date) -> Q:
    narrowed = _of_words(filters.words)
    if filters.scope == "mine":
        narrowed &= _waits_for(viewer)
    elif filters.scope == "late":
        narrowed &= _is_late(on)
    if filters.state in State.values:
        narrowed &= Q(state=filters.state)
    if filters.category in Payment.Category.values:
        narrowed &= Q(category=filters.category)
    if filters.year.isascii() and filters.year.isdigit() and 1 <= int(filters.year) < 9999:
        year = int(filters.year)
        narrowed &= Q(due_on__gte=date(year, 1, 1), due_on__lt=date(year + 1, 1, 1))
    if filters.payee:
        narrowed &= _of_payee(filters.payee)
    if filters.agreement:
        narrowed &= _of_agreement(filters.agreement)
    return narrowed


def _of_words(words: str) -> Q:
    if not words:
        return Q()
    if words.upper().startswith("PAY-"):
        return Q(reference__startswith=words.upper())
    return (
        Q(reference__contains=words.upper())
        | Q(finance_reference__icontains=words)
        | Q(description__icontains=words)
        | _of_payee(words)
    )


def _of_payee(words: str) -> Q:
    if key := read_id(words):
        return Q(organisation_id=key) | Q(person_id=key)
    organisations = Payment.organisation.field.related_model._default_manager.filter(name__icontains=words)
    people = Payment.person.field.related_model._default_manager.filter(name__icontains=words)
    return Q(organisation_id__in=organisations.order_by().values("id")) | Q(
        person_id__in=people.order_by().values("id")
    )


def _of_agreement(words: str) -> Q:
    if key := read_id(words):
        return Q(agreement_id=key)
    return Q(agreement__reference__istartswith=words)


def _waits_for(viewer: Viewer) -> Q:
    """Return what this viewer can move on: to approve, to pay, or to answer."""
    waits = Q(pk__in=[])
    if viewer.may("approve_payments"):
        mine = Q(asked_by_id=viewer.own_id) | Q(first_approved_by_id=viewer.own_id)
        waits |= Q(state__in=WAITS_FOR_APPROVAL) & ~mine
    if viewer.may("pay"):
        alone = Q(first_approved_by_id=viewer.own_id, second_approved_at=None)
        waits |= Q(state__in=MAY_BE_PAID) & ~Q(asked_by_id=viewer.own_id) & ~alone
    if viewer.may("ask_for_payments"):
        waits |= Q(state=State.QUERIED, asked_by_id=viewer.own_id)
    return waits


def _is_late(on: date) -> Q:
    since = on - timedelta(days=get_payment_terms(on).late_after_days)
    asked_early = Q(claimed_on=None, asked_at__date__lt=since) | Q(claimed_on__lt=since)
    return Q(state__in=OPEN) & asked_early


def list_late_payments(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> "QuerySet[Payment]":
    """Return payments to these organisations that are not made and were asked for too long ago."""
    return Payment.objects.for_viewer(viewer).filter(_is_late(on), organisation_id__in=organisation_ids)


def count_waiting(viewer: Viewer) -> int:
    """Return how many payments wait for this viewer."""
    return Payment.objects.for_viewer(viewer).filter(_waits_for(viewer)).count()


def list_waiting(viewer: Viewer, most: int) -> list[Payment]:
    """Return the payments that wait for this viewer, those due first, no more than asked for."""
    found = Payment.objects.for_viewer(viewer).filter(_waits_for(viewer))
    return list(found.select_related("organisation", "person").order_by("due_on", "id")[:most])


def list_years(viewer: Viewer) -> list[int]:
    """Return the years in which payments are due, the latest first."""
    visible = Payment.objects.for_viewer(viewer).order_by()
    first, last = (
        visible.order_by(order).values_list("due_on", flat=True).first() for order in ("due_on", "-due_on")
    )
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def get_payment(viewer: Viewer, payment_id: UUID) -> Payment | None:
    """Return one payment the viewer may see."""
    found = Payment.objects.for_viewer(viewer).filter(id=payment_id)
    return found.select_related("organisation", "person", "agreement").first()


def list_payments_by_id(viewer: Viewer, payment_ids: Collection[UUID]) -> list[Payment]:
    """Return those of these payments that the viewer may see, those due first."""
    found = Payment.objects.for_viewer(viewer).filter(id__in=payment_ids)
    return list(found.select_related("organisation", "person", "agreement").order_by("due_on", "id"))


def list_steps(viewer: Viewer, payment: Payment) -> list[PaymentStep]:
    """Return what happened to a payment, the latest first, with the names of colleagues."""
    events = list(payment.events.all())
    names = get_names(viewer, {one.by_id for one in events if one.by_id})
    labels: dict[str, str] = {value: str(label) for value, label in State.choices}
    steps = [
        PaymentStep(one.at, names.get(one.by_id, "") if one.by_id else "", labels[one.became], one.words)
        for one in events
    ]
    return steps[::-1]


def get_payee_name(viewer: Viewer, words: str) -> str:
    """Return the name behind a payee's id in a filter, where the viewer sees a payment to them; else the words."""
    key = read_id(words)
    if key is None:
        return words
    found = (
        Payment.objects.for_viewer(viewer).filter(_of_payee(words)).select_related("organisation", "person")
    )
    first = found.first()
    payee = (first.organisation or first.person) if first else None
    return payee.name if payee else words


def list_own_payments(viewer: Viewer) -> list[OwnPayment]:
    """Return what a person is paid or waits for, the latest first; theirs alone."""
    if not viewer.is_known:
        return []
    own = Payment.objects.for_viewer(viewer).filter(person_id=viewer.own_id)
    return [_as_own(one) for one in own.order_by("-due_on", "-id")]


def list_payments_of_source(viewer: Viewer, kind: str, ids: Collection[UUID]) -> "QuerySet[Payment]":
    """Return the payments that came from these things, such as claims or funding requests, that the viewer sees."""
    found = Payment.objects.for_viewer(viewer).filter(source_kind=kind, source_id__in=ids)
    return found.order_by("due_on", "id")


def _as_own(one: Payment) -> OwnPayment:
    return OwnPayment(
        id=one.id,
        reference=one.reference,
        description=one.description,
        category_words=one.get_category_display(),
        amount_pence=one.amount_pence,
        currency=one.currency,
        state=one.state,
        state_words=one.get_state_display(),
        asked_on=one.claimed_on or one.asked_at.date(),
        due_on=one.due_on,
        paid_on=one.paid_on,
        source_kind=one.source_kind,
        source_id=one.source_id,
    )


def read_id(text: str) -> UUID | None:
    """Return the id a query string holds, or nothing where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None
