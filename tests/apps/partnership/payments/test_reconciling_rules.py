"""Reading a ledger row, and what it says about a payment."""

from datetime import date
from uuid import uuid4

import pytest

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.rules.reconciling import (
    Finding,
    LedgerChoice,
    LedgerRow,
    check_ledger_choice,
    check_ledger_move,
    check_ledger_upload,
    compare_row,
    guess_ledger_columns,
    is_same_payee,
    list_hidden_columns,
    read_ledger_row,
)
from alongside.apps.people.models import Organisation
from tests.apps.partnership.payments.test_rules import make_line

HEADER = ("Batch", "Our reference", "Date paid", "Amount", "Payee", "Notes")
CHOICE = LedgerChoice("Our reference", "Date paid", "Amount", "Payee", "Batch")
PLACES = {"reference": 1, "paid_on": 2, "amount": 3, "payee": 4, "finance_reference": 0}
GOOD = ("B7", "BACS pay-2026-00012 x", "05/03/2026", "£1,250.50", "Side Door", "")
ON, BY = date(2026, 4, 1), Viewer(uuid4(), "Usha")


def read(*cells: str, order: str = "dmy") -> LedgerRow:
    choice = LedgerChoice(**{**CHOICE.as_json(), "date_order": order})
    return read_ledger_row(1, cells, choice, PLACES)


def test_a_row_is_read_whatever_the_order_of_its_date_and_the_signs_of_its_amount() -> None:
    wanted = LedgerRow(1, "PAY-2026-00012", date(2026, 3, 5), 125_050, "GBP", "Side Door", "B7")
    assert read(*GOOD) == wanted
    assert read(*GOOD[:2], "03/05/2026", *GOOD[3:], order="mdy") == wanted
    assert read(*GOOD[:2], "2026-03-05", *GOOD[3:], order="ymd") == wanted
    plain = read(*GOOD[:3], "eur 1 250.5", *GOOD[4:])
    assert (plain.amount_pence, plain.currency) == (125_050, "EUR")
    assert read(*GOOD[:3], "1250.50", *GOOD[4:]).currency == ""


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        (1, " ", "Write our reference"),
        (2, "", "Write the day"),
        (2, "31/02/2026", "Write the date as 31/12/2026"),
        (3, "1.250,50", "is not an amount"),
        (3, "-12.50", "above nothing"),
        (3, "", "is not an amount"),
        (1, "x" * 301, "Shorten it"),
    ],
)
def test_a_wrong_cell_says_its_column_and_what_would_do(place: int, cell: str, words: str) -> None:
    cells = [*GOOD[:place], cell, *GOOD[place + 1 :]]
    with pytest.raises(RowProblem, match=words) as problem:
        read(*cells)
    assert problem.value.column == HEADER[place]


def test_a_shifted_row_is_noticed_in_both_directions() -> None:
    with pytest.raises(RowProblem, match="one column to the right"):
        read("", *GOOD[:5])
    with pytest.raises(RowProblem, match="one column to the left"):
        read(*GOOD[1:], "")


def test_a_row_with_no_room_to_shift_says_what_is_wrong_itself() -> None:
    choice, places = LedgerChoice("a", "b", "c"), {"reference": 0, "paid_on": 1, "amount": 2}
    with pytest.raises(RowProblem, match="Write the date as"):
        read_ledger_row(1, ("PAY-2026-00012", "soon", "5"), choice, places)


def test_a_reference_of_finance_alone_is_kept_as_it_is() -> None:
    assert read(GOOD[0], "INV 77", *GOOD[2:]).reference == "INV 77"


def test_columns_are_guessed_and_checked() -> None:
    assert guess_ledger_columns(HEADER) == CHOICE
    check_ledger_choice(CHOICE, HEADER)
    for changes, words in (
        ({"amount": ""}, "Choose the column"), ({"payee": "Nobody"}, "no column “Nobody”"),
        ({"payee": "Amount"}, "chosen twice"), ({"date_order": "ydm"}, "Choose the order"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            check_ledger_choice(LedgerChoice(**{**CHOICE.as_json(), **changes}), HEADER)
    assert LedgerChoice.from_json({}).date_order == "dmy"
    assert list_hidden_columns(("Payee", "Sort code", "Account number", "IBAN")) == {1, 2, 3}


def test_what_is_no_table_is_refused() -> None:
    for name, size in (("ledger.pdf", 10), ("ledger.csv", 0), ("ledger.csv", 10**9)):
        with pytest.raises(Refused):
            check_ledger_upload(name, size)
    check_ledger_upload("Ledger.XLSX", 10)
    with pytest.raises(Refused, match="confirmed already"):
        check_ledger_move("confirmed", "reading")


def make_payment(**changes: object) -> Payment:
    values: dict[str, object] = {
        "state": "approved", "amount_pence": 125_050, "currency": "GBP", "asked_by_id": uuid4(),
        "first_approved_by_id": uuid4(), "organisation": Organisation(name="The Side Door CIC"),
    }  # fmt: skip
    return Payment(**{**values, **changes})


def compare(payment: Payment | None, *, line: dict[str, object] | None = None, **changes: object) -> Finding:
    values = {
        "row": 1, "reference": "PAY-2026-00012", "paid_on": date(2026, 3, 5), "amount_pence": 125_050,
        "currency": "GBP", "payee": "SIDE DOOR", "finance_reference": "",
    }  # fmt: skip
    row = LedgerRow(**{**values, **changes})  # type: ignore[arg-type]
    return compare_row(row, payment, make_line(**(line or {})), BY, ON)


def test_a_row_that_says_what_was_approved_matches() -> None:
    assert compare(make_payment()) == Finding("matched")
    assert compare(make_payment(state="failed"), payee="", currency="") == Finding("matched")


@pytest.mark.parametrize(
    ("payment", "row", "line", "outcome", "column"),
    [
        ({"state": "asked"}, {}, {}, "different", "reference"),
        ({"amount_pence": 1}, {}, {}, "different", "amount"),
        ({"is_in_kind": True}, {}, {}, "different", "amount"),
        ({}, {"currency": "EUR"}, {}, "different", "amount"),
        ({}, {"payee": "Plain Skin"}, {}, "different", "payee"),
        ({}, {"paid_on": date(2026, 4, 2)}, {}, "different", "date"),
        ({}, {"paid_on": date(2025, 12, 31)}, {}, "different", "date"),
        ({}, {}, {"state": "terminated"}, "different", "reference"),
        ({"asked_by_id": BY.person_id}, {}, {}, "different", "reference"),
        ({"state": "paid", "paid_on": date(2026, 3, 5)}, {}, {}, "already", ""),
        ({"state": "paid", "paid_on": date(2026, 3, 5), "amount_pence": 1}, {}, {}, "different", "amount"),
        ({"state": "paid", "paid_on": date(2026, 3, 6)}, {}, {}, "different", "date"),
    ],
)
def test_what_differs_says_where(
    payment: dict[str, object], row: dict[str, object], line: dict[str, object], outcome: str, column: str
) -> None:
    finding = compare(make_payment(**payment), line=line, **row)
    assert (finding.outcome, finding.column) == (outcome, column)
    assert bool(finding.words) == (outcome != "already")


def test_an_unknown_reference_is_unmatched() -> None:
    assert compare(None).outcome == "unmatched"


def test_a_payee_is_the_same_but_for_signs_endings_and_cutting() -> None:
    assert is_same_payee("SIDE DOOR LTD", "Side Door")
    assert is_same_payee("Larkmoor Hosp", "Larkmoor Hospital Trust")
    assert not is_same_payee("Side", "Side Door")
    assert not is_same_payee("", "Side Door")
