"""Corrections of a published year: new entries beside the old, with a reason, public once a second person agrees."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.openness import digest_text, route_year, write_canonical
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCorrection,
    DisclosureRow,
    DisclosureSnapshot,
)
from alongside.apps.partnership.operations.disclosures.collecting import make_rows
from alongside.apps.partnership.operations.disclosures.moving import lock_disclosure, move
from alongside.apps.partnership.operations.disclosures.publishing import store_totals
from alongside.apps.partnership.queries.disclosures.document import make_correction
from alongside.apps.partnership.queries.disclosures.paid import list_paid_facts
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.rules.disclosures import check_words

State, Kind = Disclosure.State, DisclosureCorrection.Kind
SAME = (
    "list", "number", "organisation_id", "organisation_name", "organisation_identifier", "country", "vat",
    "affiliate", "agreement_id", "agreement_reference", "agreement_title", "agreed_on", "payments",
)  # fmt: skip


@dataclass(frozen=True)
class RightEntry:
    """What an entry should say. `amount_pence` is None only for something in kind without a value."""

    category: str
    description: str
    amount_pence: int | None
    is_in_kind: bool
    is_event_related: bool
    paid_on: date


@transaction.atomic
def correct_row(*, row_id: UUID, right: RightEntry | None, reason: str, by: Viewer, at: datetime) -> UUID:
    """Propose what a published row should say, or with None that it should not be there; return the correction."""
    check_may(by, "prepare_disclosures")
    row = DisclosureRow.objects.standing().filter(id=row_id).first()
    if row is None:
        raise Refused("That entry is not there.", field="row")
    disclosure = _lock_published(row.disclosure_id)
    words = check_words(reason, field="reason", ask="Say what was wrong. The public reads it.")
    open_or_public = DisclosureCorrection.objects.filter(corrects=row, refused_because="")
    check(
        not open_or_public.exists(),
        "This entry is corrected already, or a correction waits for approval. Correct the later entry instead.",
    )
    if right is not None:
        _check_right(row, right, get_rules(disclosure.rules).category_words)
    made = DisclosureCorrection.objects.create(
        disclosure=disclosure,
        kind=Kind.WITHDRAWN if right is None else Kind.CHANGED,
        corrects=row,
        reason=words,
        made_by_id=_person_of(by),
        made_at=at,
    )
    if right is not None:
        DisclosureRow.objects.create(
            disclosure=disclosure,
            correction=made,
            source_key=f"{row.source_key[:80]}+{made.id}",
            category=right.category,
            description=right.description.strip(),
            amount_pence=right.amount_pence,
            currency=row.currency,
            is_in_kind=right.is_in_kind,
            is_event_related=right.is_event_related,
            paid_on=right.paid_on,
            **{name: getattr(row, name) for name in SAME},
        )
    record_audit(by=by, at=at, operation="correct_disclosure", on=made, detail={"kind": made.kind})
    return made.id


def _check_right(row: DisclosureRow, right: RightEntry, categories: object) -> None:
    check(right.category in categories, "Choose one of the categories.", field="category")  # type: ignore[operator]
    check_words(right.description, field="description", ask="Say what it was for.")
    check(
        right.is_in_kind or right.amount_pence is not None,
        "Enter the amount. Only something in kind can stand without one.",
        field="amount",
    )
    check(
        right.amount_pence is None or right.amount_pence > 0,
        "An amount is above nought. Withdraw the entry if nothing was paid.",
        field="amount",
    )
    check(
        right.paid_on.year == row.disclosure.year,
        f"It stands in {row.disclosure.year}. Withdraw it here if it was paid in another year.",
        field="paid_on",
    )
    is_same = (
        right.category, right.description.strip(), right.amount_pence, right.is_in_kind, right.is_event_related,
        right.paid_on,
    ) == (
        row.category, row.description, row.amount_pence, row.is_in_kind, row.is_event_related, row.paid_on
    )  # fmt: skip
    check(not is_same, "This says the same as the entry it should correct.")


@transaction.atomic
def add_missing(*, disclosure_id: UUID, payment_id: UUID, reason: str, by: Viewer, at: datetime) -> UUID:
    """Propose an entry for a payment of the year that was left behind; computed from the payment, never typed."""
    check_may(by, "prepare_disclosures")
    disclosure = _lock_published(disclosure_id)
    words = check_words(reason, field="reason", ask="Say why it was missing. The public reads it.")
    facts = [one for one in list_paid_facts(disclosure.year) if one.id == payment_id]
    rows = make_rows(disclosure, route_year(facts, get_rules(disclosure.rules).routing).rows)
    check(bool(rows), "That is no payment of this year that stands in a list.", field="payment")
    (row,) = rows
    held = DisclosureRow.objects.filter(disclosure=disclosure, source_key__startswith=row.source_key)
    check(
        not held.exclude(correction__refused_because__gt="").exists(),
        "That payment stands in the year already.",
        field="payment",
    )
    made = DisclosureCorrection.objects.create(
        disclosure=disclosure, kind=Kind.ADDED, reason=words, made_by_id=_person_of(by), made_at=at
    )
    last = DisclosureRow.objects.filter(disclosure=disclosure).order_by("-number").first()
    row.number = last.number + 1 if last else 1
    row.correction = made
    row.save(force_insert=True)
    record_audit(by=by, at=at, operation="add_missing_to_disclosure", on=made)
    return made.id


@transaction.atomic
def approve_correction(*, correction_id: UUID, by: Viewer, at: datetime) -> None:
    """Make a correction public, as another person than who made it; the year's sums are kept anew."""
    check_may(by, "approve_disclosures")
    disclosure, made = _lock_waiting(correction_id)
    check(made.made_by_id != by.person_id, "You made this correction, so another person approves it.")
    public = DisclosureCorrection.objects.filter(disclosure=disclosure, published_at__isnull=False)
    before = public.order_by("-number").first()
    snapshot = DisclosureSnapshot.objects.get(disclosure=disclosure)
    made.number, made.published_at = (before.number or 0) + 1 if before else 1, at
    made.approved_by_id = (
        by.person_id or made.id
    )  # the system itself stands in for a person in what it restores
    said = write_canonical(make_correction(made, made.rows.first()))
    made.sha256 = digest_text(said, after=before.sha256 if before else snapshot.sha256)
    made.save(update_fields=["number", "published_at", "approved_by_id", "sha256"])
    store_totals(disclosure, after=made.number)
    move(disclosure, State.CORRECTED, operation="approve_correction", by=by, at=at, words=made.reason)


@transaction.atomic
def refuse_correction(*, correction_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Say no to a correction, with the reason; it is kept and never public."""
    check_may(by, "approve_disclosures")
    _disclosure, made = _lock_waiting(correction_id)
    made.refused_because = check_words(words, field="words", ask="Say why not.")
    made.save(update_fields=["refused_because"])
    record_audit(by=by, at=at, operation="refuse_correction", on=made)


def _lock_published(disclosure_id: UUID) -> Disclosure:
    disclosure = lock_disclosure(disclosure_id)
    check(
        disclosure.state in Disclosure.PUBLIC,
        "Only what is published is corrected. Before that, mend the payment and collect again.",
    )
    return disclosure


def _lock_waiting(correction_id: UUID) -> tuple[Disclosure, DisclosureCorrection]:
    found = DisclosureCorrection.objects.filter(id=correction_id).first()
    if found is None:
        raise Refused("That correction is not there.", field="correction")
    disclosure = lock_disclosure(found.disclosure_id)
    found = DisclosureCorrection.objects.select_for_update(of=("self",)).get(id=correction_id)
    check(found.published_at is None and not found.refused_because, "That correction was decided already.")
    return disclosure, found


def _person_of(by: Viewer) -> UUID:
    if by.person_id is None:
        raise Refused("A correction is made by a person.")
    return by.person_id
