"""Two years of payments for the demonstration: asked for by one, approved by another, paid by a third."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from alongside.apps.agreements.operations import AgreementPlan
from alongside.apps.base.rules import acting
from alongside.apps.partnership.operations.payments import (
    PaymentPlan,
    approve_payment,
    ask_for_payment,
    record_failed,
    record_paid,
    send_back,
)
from alongside.apps.partnership.operations.reconciling import choose_ledger_columns, upload_ledger
from alongside.apps.partnership.queries.payments import get_payment
from alongside.apps.partnership.rules.reconciling import LedgerChoice
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import make_paper
from alongside.demo.words import as_day, at_noon, read_yaml

KEYS = UUID(
    "6f0d1b1e-54b5-4b2e-9d0b-0a2f6a9d3c11"
)  # so that a payment of the demonstration has one request key
COLUMNS = ("Batch", "Our reference", "Date paid", "Amount", "Supplier")
CHOICE = LedgerChoice("Our reference", "Date paid", "Amount", "Supplier", "Batch")
FINANCE_DAYS = 2  # from asking to the first approval


@dataclass(frozen=True)
class Spent:
    """The last payment of each state, by which a ledger names it."""

    by_state: Mapping[str, UUID]


def spend(cast: Cast) -> Spent:
    """Make the agreements, and walk every payment under them as far as it got; then bring in finance's ledger."""
    content = read_yaml("partnering/money.yaml")
    asked = []
    for number, one in enumerate(content["agreements"]):
        agreement_id = _make_agreement(cast, one)
        asked += [
            (as_day(payment["asked"]), number, place, agreement_id, payment)
            for place, payment in enumerate(one["payments"])
        ]
    by_state: dict[str, UUID] = {}
    # In the order of their days, so that references count up as they would have.
    for day, number, place, agreement_id, payment in sorted(asked, key=lambda row: row[:3]):
        lead = "ruth" if number % 3 else "gareth"
        key = uuid5(KEYS, f"{number}/{place}")
        state, payment_id = _pay(cast, lead, agreement_id, key, day, payment)
        by_state[state] = payment_id
    spent = Spent(by_state)
    for one in content["ledgers"]:
        _bring_ledger(cast, one, spent)
    return spent


def _make_agreement(cast: Cast, one: Mapping[str, Any]) -> UUID:
    plan = AgreementPlan(
        kind=one["kind"],
        capacity=one.get("capacity", "organisation"),
        title=one["title"],
        starts_on=as_day(one["starts_on"]),
        ends_on=as_day(one["ends_on"]),
        amount_pence=_pence(one["amount"]),
        in_kind_description=one.get("in_kind", ""),
        in_kind_value_pence=_pence(one.get("in_kind_value")),
    )
    return make_paper(cast, one["key"], plan, at_noon(one["signed"], 9), until="active")


def _pay(
    cast: Cast, lead: str, agreement_id: UUID, key: UUID, day: date, one: Mapping[str, Any]
) -> tuple[str, UUID]:
    """Walk one payment as far as it got, and return its state and id."""
    state, at = one.get("state", "paid"), at_noon(day, 10)
    vat = _pence(one.get("vat")) or 0
    plan = PaymentPlan(
        agreement_id=agreement_id,
        category=one["category"],
        description=one["words"],
        due_on=day + timedelta(days=14),
        amount_pence=_pence(one.get("amount")),
        is_in_kind=bool(one.get("in_kind")),
        vat="included" if vat else "none",
        vat_pence=vat,
        is_event_related=bool(one.get("event")),
        claimed_on=day - timedelta(days=one["claimed"]) if "claimed" in one else None,
    )
    with acting(cast[lead], why="alongside demo: payments"):
        payment_id = ask_for_payment(plan=plan, request_key=key, by=cast[lead], at=at)
    if state == "queried":
        with acting(cast["lionel"], why="alongside demo: payments"):
            later = at + timedelta(days=FINANCE_DAYS)
            send_back(payment_id=payment_id, question=one["question"], by=cast["lionel"], at=later)
    elif state != "asked":
        _approve_and_pay(cast, payment_id, state, at, one)
    return state, payment_id


def _approve_and_pay(cast: Cast, payment_id: UUID, state: str, at: datetime, one: Mapping[str, Any]) -> None:
    soon = at + timedelta(days=min(FINANCE_DAYS, one.get("paid_after", FINANCE_DAYS)))
    with acting(cast["lionel"], why="alongside demo: payments"):
        became = approve_payment(payment_id=payment_id, by=cast["lionel"], at=soon)
    with acting(cast["usha"], why="alongside demo: payments"):
        usha = cast["usha"]
        if became == "approved_once":
            approve_payment(payment_id=payment_id, by=usha, at=soon + timedelta(hours=3))
        if state == "failed":
            record_failed(payment_id=payment_id, reason=one["reason"], by=usha, at=soon + timedelta(days=5))
        elif state == "paid":
            paid = at + timedelta(days=one["paid_after"], hours=4)
            reference = f"BP{paid:%y%m%d}"
            record_paid(
                payment_id=payment_id, paid_on=paid.date(), finance_reference=reference, by=usha, at=paid
            )


def _bring_ledger(cast: Cast, one: Mapping[str, Any], spent: Spent) -> None:
    """Let finance upload a ledger and say what its columns mean; it waits for a yes."""
    usha, at = cast["usha"], at_noon(one["uploaded"], 15)
    references = {
        state: found.reference
        for state, payment_id in spent.by_state.items()
        if (found := get_payment(usha, payment_id)) is not None
    }
    rows = [[cell.format(**references) for cell in row] for row in one["rows"]]
    lines = [",".join(f'"{cell}"' for cell in row) for row in (COLUMNS, *rows)]
    content = "\n".join(lines).encode()
    with acting(usha, why="alongside demo: ledger"):
        file_id = upload_ledger(
            file_name=one["name"], size_bytes=len(content), parts=[content], by=usha, at=at
        )
        choose_ledger_columns(file_id=file_id, choice=CHOICE, by=usha, at=at)


def _pence(pounds: float | None) -> int | None:
    return None if pounds is None else round(pounds * 100)
